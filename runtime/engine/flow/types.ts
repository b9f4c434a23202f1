/** The words of the flow interpreter. State is plain JSON: it can be stored and resumed after every step. */
import type { Effect } from '../../../schemas/generated/types'
import type { Directory, TaskView } from '../../../schemas/node-types/node-type'

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
export interface FlowTask extends TaskView { node: string; round: number }
export type FlowStatus = 'running' | 'approved' | 'rejected' | 'withdrawn' | 'incident'
export interface FlowState {
  status: FlowStatus
  tokens: Token[]
  /** How often each node was entered. */
  rounds: { [node: string]: number }
  tasks: FlowTask[]
  /** Last number given to a token or fork. */
  counter: number
}

/** What the use-case has to do, by kind; each has its committer in `server/flows/committers`. */
export interface FlowEffects {
  openTask: { task: FlowTask }
  closeTask: { key: string; status: TaskView['status'] }
  /** Effects on the record. `at` makes each happen once: node, round and effect id are unique in an instance. */
  record: { at: string; effects: Effect[] }
  automatic: { node: string; decision: 'approved' | 'rejected'; reason: string }
  incident: { node: string; reason: string }
  ended: { result: 'approved' | 'rejected' | 'withdrawn' }
}
export type FlowEffect = { [K in keyof FlowEffects]: { kind: K } & FlowEffects[K] }[keyof FlowEffects]

export interface FlowContext {
  people: Directory
  initiator: string
  /** Whether a condition holds for the record as it is now; throws when it cannot be evaluated. */
  holds(condition: string): boolean
}

export const emptyState = (): FlowState => ({ status: 'running', tokens: [], rounds: {}, tasks: [], counter: 0 })
