/**
 * What a node type is. Each lives in its own folder: `schema.json` says how a node of the type is defined, `<type>.ts` is its pure
 * behaviour, `examples.ts` is run by the contract suite. Adding one: the folder, a line in `index.ts`, a view in the studio's node-views.
 *
 * A node type only decides; the interpreter (`runtime/engine/flow`) moves tokens, forks, joins and keeps the books.
 */
import type { Assignee, Edge, Effect, FlowNode, Label, NodeEffects } from '../generated/types'
import type { Reason } from '../errors'
import type { ExpressionValue } from '../expressions/types'
import type { PeopleView, Slot } from '../people/person-kind'

export type { Directory } from '../people/directory'

/**
 * pending: its turn has not come. transferred: somebody else has it now. returned: it was sent back from here. done: what was sent back
 * is corrected. superseded: decided, but the flow was taken back behind it.
 */
export type TaskStatus = 'pending' | 'open' | 'approved' | 'rejected' | 'returned' | 'done' | 'cancelled' | 'transferred' | 'superseded'

/** What waits for one person. The tasks of a round stand in the order in which the people are heard. */
export interface TaskView {
  key: string
  assignee: string
  status: TaskStatus
  /** In whose place the assignee decides, and by which out-of-office entry. */
  principal?: string
  proxy?: string
  /** How it came to the assignee, when not by the definition; and who gave it to them. */
  via?: 'transfer' | 'delegate' | 'addSign' | 'reassign' | 'escalate'
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

/** What a decision table says, and by which of its lines. Outputs are empty where no line fits. */
export interface TableAnswer { outputs: { [output: string]: unknown }; note: string }

/** A flow to be run on a record for a node: on the record itself when none is named, or on one row of it. */
export interface CallItem { flow: string; entity?: string; record?: string; row?: string }

/** What another system said; `error` says why it said nothing good. */
export interface Answer { ok: boolean; status: number | null; body: unknown; error: string | null }

/** What another system is asked: `body` is member to expression over the record, absent for the record's place. */
export interface ServiceRequest { url: string; method: string; body?: { [member: string]: string } | undefined; secret?: string | undefined; onError: 'retry' | 'fail' }

/** Fields that become what expressions over `result` say. */
export interface Filling { values: { [field: string]: string }; result: ExpressionValue }

/** What a node may look at. */
export interface NodeView extends PeopleView {
  /** Ways out, in their order. */
  out: Edge[]
  /** How many ways lead in. */
  into: number
  /** Which entry to the node this is. */
  round: number
  /** Whether a condition holds for the record, with what the node found as `result`; throws when it cannot be evaluated. */
  holds(condition: string, result?: unknown): boolean
  /** Tasks of this node in this round. */
  tasks: TaskView[]
  /** How the flows that this node called have ended; null while they run. */
  results: (string | null)[]
  /** What another system answered this node; null until it did. */
  answer: Answer | null
  /** When the moment of this node is, UTC. */
  moment(): string | undefined
  /** What the decision table of this node says. */
  lookup(): TableAnswer
  /** The flows this node calls. */
  calls(): CallItem[]
}

/** What a node answers. */
export type Step =
  /** `note` is for the trail. */
  | { kind: 'move'; edges: Edge[]; note?: string; fill?: Filling }
  /** Stay until all live tokens of the same fork are here, then go on by these ways. */
  | { kind: 'join'; edges: Edge[] }
  /** Ask these people and wait. `slots` says what more is known of them. */
  | { kind: 'ask'; assignees: string[]; slots?: Slot[] }
  /** It is the turn of these tasks. */
  | { kind: 'open'; keys: string[] }
  | { kind: 'wait' }
  /** Show these people the record and go on. */
  | { kind: 'tell'; people: string[]; edges: Edge[] }
  /** Wait for a moment (UTC). */
  | { kind: 'pause'; until: string }
  /** Run these flows and wait for them. */
  | { kind: 'call'; items: CallItem[] }
  /** Ask another system and wait for its answer. */
  | { kind: 'request'; request: ServiceRequest }
  /** A decision is reached. `automatic` says why nobody was asked. */
  | { kind: 'approved'; effects: Effect[]; edges: Edge[]; automatic?: Reason }
  | { kind: 'rejected'; effects: Effect[]; automatic?: Reason }
  | { kind: 'end'; result: 'approved' | 'rejected'; effects: Effect[] }
  | { kind: 'incident'; reason: Reason }

export interface NodeExpression { source: string; type: 'moment' | 'any' | { /** Of the rule table that the node asks. */ input: string } }
/** `field`: a reference, several, or lines (with `column`: the records it names); `entity` and `via`: records that refer to this one; else this record. */
export interface Calling { flow: string; field?: string; column?: string; entity?: string; via?: string }

export interface NodeType<N extends FlowNode = FlowNode> {
  readonly isStart?: boolean
  readonly isEnd?: boolean
  /** A token may rest here until something happens. */
  readonly waits: boolean
  /** What it waits for comes by itself and at once: a circle of such nodes would never stop. */
  readonly unattended?: boolean
  /** People act here; it can be sent back to. */
  readonly asks?: boolean
  /** What those asked here cannot decide. */
  readonly withheld?: readonly string[]
  /** A token arrives. */
  enter(node: N, view: NodeView): Step
  /** A task of this node was decided. */
  decided?(node: N, view: NodeView): Step
  /** A flow that this node called has ended. */
  called?(node: N, view: NodeView): Step
  /** Another system has answered, or failed. */
  answered?(node: N, view: NodeView): Step
  /** What is wrong with the ways in and out, if anything. */
  checkEdges(node: N, out: Edge[], into: Edge[]): Label | undefined
  assignees?(node: N): Assignee[]
  /** Conditions on its ways out may read what it found, as `result`. */
  readonly readsResult?: boolean
  /** Fields that it fills, by expressions that may read what it found as `result`. */
  fills?(node: N): { [field: string]: string } | undefined
  /** Expressions over the record that it needs, by the member that holds them. */
  expressions?(node: N): Record<string, NodeExpression>
  /** The rule table it asks. */
  ruleTable?(node: N): string
  /** The flow it runs, and what of the record it runs it on. */
  calling?(node: N): Calling
  /** Effects by the member that holds them. */
  effects?(node: N): Record<string, Effect[] | undefined>
}

/** Run by the contract suite: a node, what it sees, what it answers. */
export interface NodeExamples<N extends FlowNode = FlowNode> {
  node: N
  cases: { name: string; view: Partial<NodeView>; on: 'enter' | 'decided' | 'called' | 'answered'; step: Partial<Step> }[]
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

/** The effects of a node by the member that holds them. */
export const effectsOf = (effects: NodeEffects | undefined): Record<string, Effect[] | undefined> =>
  Object.fromEntries(Object.entries(effects ?? {}).map(([member, list]) => [`effects/${member}`, list]))

/** A result is known: by the ways that ask for it, or else on when approved. */
export function concluded({ out, holds }: NodeView, result: string): Step {
  if (out.length === 1) return result === 'approved' ? { kind: 'move', edges: out } : { kind: 'rejected', effects: [] }
  const way = out.find((edge) => edge.when !== undefined && holds(edge.when, result)) ?? out.find((edge) => edge.default)
  return way ? { kind: 'move', edges: [way] } : { kind: 'incident', reason: { code: 'noWayOut' } }
}

/** One way out, or several by conditions with a default. */
export function checkResultWays(out: Edge[], into: Edge[]): Label | undefined {
  return out.length === 1 ? plainWays(out, into, { out: 1, into: true }) : checkChoice(out, into)
}

export function checkChoice(out: Edge[], into: Edge[]): Label | undefined {
  if (into.length === 0) return { en: 'no way leads to it', zh: '没有路径通向它' }
  if (out.filter((e) => e.default).length !== 1) return { en: 'exactly one way out must be the default', zh: '必须恰有一条默认路径' }
  if (out.some((e) => !e.default && e.when === undefined)) return { en: 'every way out that is not the default needs a condition', zh: '非默认路径必须设置条件' }
  return undefined
}
