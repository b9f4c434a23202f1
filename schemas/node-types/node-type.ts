/**
 * What a node type is. Each lives in its own folder: `schema.json` says how a node of the type is defined, `<type>.ts` is its pure
 * behaviour, `examples.ts` is run by the contract suite. Adding one: the folder, a line in `index.ts`, a view in the studio's node-views.
 *
 * A node type only decides; the interpreter (`runtime/engine/flow`) moves tokens, forks, joins and keeps the books.
 */
import type { Assignee, Edge, Effect, FlowNode, Label } from '../generated/types'
import type { PeopleView, Slot } from '../people/person-kind'

export type { Directory } from '../people/directory'

/**
 * pending: its turn has not come. transferred: somebody else has it now. superseded: decided, but the flow was taken back behind it.
 */
export type TaskStatus = 'pending' | 'open' | 'approved' | 'rejected' | 'cancelled' | 'transferred' | 'superseded'

/** What waits for one person. The tasks of a round stand in the order in which the people are heard. */
export interface TaskView {
  key: string
  assignee: string
  status: TaskStatus
  /** In whose place the assignee decides, and by which out-of-office entry. */
  principal?: string
  proxy?: string
  /** How it came to the assignee, when not by the definition; and who gave it to them. */
  via?: 'transfer' | 'delegate' | 'addSign' | 'reassign'
  by?: string
  /** The task of whoever added this one, as signers; they decide together. */
  group?: string
  /** The task that waits for this one, or that this one waits for. */
  before?: string
  after?: string
  /** Its assignee took it, where one of many does. */
  claimed?: true
  /** Approved without asking: the approval it repeats. */
  cites?: string
  /** What was shown when it was approved: a digest of each field. */
  shown?: { [field: string]: string }
  /** When it was decided, among all decisions of the instance. */
  turn?: number
}

/** What a node may look at. */
export interface NodeView extends PeopleView {
  /** Ways out, in their order. */
  out: Edge[]
  /** How many ways lead in. */
  into: number
  /** Whether a condition holds for the record; throws when it cannot be evaluated. */
  holds(condition: string): boolean
  /** Tasks of this node in this round. */
  tasks: TaskView[]
}

/** What a node answers. */
export type Step =
  | { kind: 'move'; edges: Edge[] }
  /** Stay until all live tokens of the same fork are here, then go on by these ways. */
  | { kind: 'join'; edges: Edge[] }
  /** Ask these people and wait. `slots` says what more is known of them. */
  | { kind: 'ask'; assignees: string[]; slots?: Slot[] }
  /** It is the turn of these tasks. */
  | { kind: 'open'; keys: string[] }
  | { kind: 'wait' }
  /** A decision is reached. `automatic` says why nobody was asked. */
  | { kind: 'approved'; effects: Effect[]; edges: Edge[]; automatic?: string }
  | { kind: 'rejected'; effects: Effect[]; automatic?: string }
  | { kind: 'end'; result: 'approved' | 'rejected'; effects: Effect[] }
  | { kind: 'incident'; reason: string }

export interface NodeType<N extends FlowNode = FlowNode> {
  readonly isStart?: boolean
  readonly isEnd?: boolean
  /** A token may rest here until somebody acts. */
  readonly waits: boolean
  /** A token arrives. */
  enter(node: N, view: NodeView): Step
  /** A task of this node was decided. */
  decided?(node: N, view: NodeView): Step
  /** What is wrong with the ways in and out, if anything. */
  checkEdges(node: N, out: Edge[], into: Edge[]): Label | undefined
  assignees?(node: N): Assignee[]
  /** Effects by the member that holds them. */
  effects?(node: N): Record<string, Effect[] | undefined>
}

/** Run by the contract suite: a node, what it sees, what it answers. */
export interface NodeExamples<N extends FlowNode = FlowNode> {
  node: N
  cases: { name: string; view: Partial<NodeView>; on: 'enter' | 'decided'; step: Partial<Step> }[]
}

const ways = (count: number) => (count === 1 ? { en: 'one way', zh: '一条路径' } : { en: `${count} ways`, zh: `${count}条路径` })

/** Exactly so many ways out, and none with a condition (only exclusive nodes look at conditions). */
export function plainWays(out: Edge[], into: Edge[], expected: { out: number; into: boolean }): Label | undefined {
  if (out.length !== expected.out) return { en: `it needs exactly ${ways(expected.out).en} out`, zh: `必须恰有${ways(expected.out).zh}引出` }
  if (expected.into !== into.length > 0) return expected.into ? { en: 'no way leads to it', zh: '没有路径通向它' } : { en: 'no way may lead back to it', zh: '不能有路径返回它' }
  return noConditions(out)
}

export function noConditions(out: Edge[]): Label | undefined {
  return out.some((e) => e.when !== undefined) ? { en: 'conditions belong on the ways out of an exclusive node', zh: '条件只能设在排他节点引出的路径上' } : undefined
}
