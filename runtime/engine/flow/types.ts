/** The words of the flow interpreter. State is plain JSON: it can be stored and resumed after every step. */
import type { Effect } from '../../../schemas/generated/types'
import type { TaskStatus, TaskView } from '../../../schemas/node-types/node-type'
import type { Directory } from '../../../schemas/people'

export interface Token {
  id: number
  node: string
  /** Which entry to the node this is. */
  round: number
  /** Forks it came through, outermost first. */
  forks: number[]
  /** Waits at a join. */
  joining?: true
}
/** An entry to a node, and the way (its edge) that led there; none where nothing did. */
export interface Passage { node: string; round: number; way?: string }
export interface FlowTask extends TaskView {
  node: string
  round: number
  /** It was open once: the assignee knows of it. */
  opened?: true
}
export type FlowStatus = 'running' | 'approved' | 'rejected' | 'withdrawn' | 'incident'
export interface FlowState {
  status: FlowStatus
  tokens: Token[]
  /** How often each node was entered. */
  rounds: { [node: string]: number }
  tasks: FlowTask[]
  /** Last number given to a token, a fork or a decision. */
  counter: number
  /** People whom somebody chose for nodes that leave it to them. */
  chosen?: { [node: string]: string[] }
}

/** What the use-case has to do, by kind; each has its committer in `server/flows/committers`. */
export interface FlowEffects {
  openTask: { task: FlowTask }
  /** `pending`: it will be opened again. */
  closeTask: { key: string; status: TaskStatus }
  /** A task went from somebody who left to somebody else. */
  rerouted: { node: string; round: number; from: string; to: string }
  /** These people are shown the record; nothing waits for them. */
  cc: { node: string; round: number; people: string[] }
  /** Effects on the record. `at` makes each happen once: node, round and effect id are unique in an instance. */
  record: { at: string; effects: Effect[] }
  /** `person` approved by repeating an earlier approval (`cites`). */
  automatic: { node: string; decision: 'approved' | 'rejected'; reason: string; person?: string; cites?: string }
  incident: { node: string; reason: string }
  ended: { result: 'approved' | 'rejected' | 'withdrawn' }
}
export type FlowEffect = { [K in keyof FlowEffects]: { kind: K } & FlowEffects[K] }[keyof FlowEffects]

export interface FlowContext {
  people: Directory
  initiator: string
  /** Whether a condition holds for the record as it is now; throws when it cannot be evaluated. */
  holds(condition: string): boolean
  /** An expression's value for the record as it is now; throws when it cannot be evaluated. */
  evaluate(expression: string): unknown
  /** A field of the record as it is now. */
  value(field: string): unknown
  /** An approval a person gave before this instance or round, on what this node shows, that still counts. */
  reusable(node: string, person: string): string | undefined
}

export const emptyState = (): FlowState => ({ status: 'running', tokens: [], rounds: {}, tasks: [], counter: 0 })
