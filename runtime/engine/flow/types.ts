/** The words of the flow interpreter. State is plain JSON: it can be stored and resumed after every step. */
import type { Reason } from '../../../schemas/errors'
import type { Effect, FlowNode } from '../../../schemas/generated/types'
import type { Answer, CallItem, Filling, ServiceRequest, TableAnswer, TaskStatus, TaskView } from '../../../schemas/node-types/node-type'
import type { Directory } from '../../../schemas/people'

/** What a token waits for beside people. `results` are those of the calls, in their order; null while they run. */
export type Wait = { for: 'timer' } | { for: 'calls'; results: (string | null)[] } | { for: 'answer'; answer: Answer | null }

export interface Token {
  id: number
  node: string
  /** Which entry to the node this is. */
  round: number
  /** Forks it came through, outermost first. */
  forks: number[]
  /** Waits at a join. */
  joining?: true
  waits?: Wait
  /** Timers of this round are set. */
  timed?: true
  /** The timer that was given up: it fires again when an administrator retries. */
  failedTimer?: string
  /** Why it stands still until an administrator acts. */
  incident?: Reason
  /** The node it comes straight back to when this one is decided. */
  back?: string
}
/** An entry to a node, and the way (its edge) that led there; none where nothing did. */
export interface Passage { node: string; round: number; way?: string }
export interface FlowTask extends TaskView {
  node: string
  round: number
  /** It was open once: the assignee knows of it. */
  opened?: true
  /** When it should be decided, UTC. */
  dueAt?: string
}
export type FlowResult = 'approved' | 'rejected' | 'withdrawn' | 'invalidated' | 'cancelled' | 'terminated'
export type FlowStatus = 'running' | 'incident' | FlowResult
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
  /** The node at which each fork began. */
  forks: { [fork: string]: string }
  /** A branch came to an end that approves. */
  approved?: true
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
  /** Fields become what an answer says. */
  fill: { at: string; fill: Filling }
  /** Another system is asked for a round; asked again when the round tries again. */
  request: { node: string; round: number; request: ServiceRequest }
  /** `person` approved by repeating an earlier approval (`cites`). */
  automatic: { node: string; decision: 'approved' | 'rejected'; reason: Reason; person?: string; cites?: string }
  /** Nobody decided in time, so that a task went to somebody else. */
  reassigned: { node: string; person: string; people: string[]; reason: Reason }
  returned: { node: string; to: string; superseded: string[] }
  /** For the trail. */
  noted: { node: string; reason: Reason }
  incident: { node: string; reason: Reason }
  remind: { node: string; round: number; keys: string[] }
  /** A timer of a round: at its time, UTC, now unless given, comes the event `timer` of the same name. */
  schedule: { node: string; round: number; name: string; at?: string }
  /** A round is over before all it waited for: timers and calls of it are void. */
  release: { node: string; round: number }
  call: { node: string; round: number; index: number; item: CallItem }
  ended: { result: FlowResult }
}
export type FlowEffect = { [K in keyof FlowEffects]: { kind: K } & FlowEffects[K] }[keyof FlowEffects]

/** What the interpreter is told of the world; all of it is known before it runs. */
export interface FlowContext {
  people: Directory
  initiator: string
  /** An expression's value for the record as it is now; throws when it cannot be evaluated. */
  evaluate(expression: string): unknown
  /** A field of the record as it is now. */
  value(field: string): unknown
  /** An approval a person gave before this instance or round, on what this node shows, that still counts. */
  reusable(node: string, person: string): string | undefined
  /** Whether a condition holds for the record as it is now; `result` is what the node before it found. Throws when it cannot be evaluated. */
  holds(condition: string, result?: unknown): boolean
  /** When a time span from now is over, UTC; by the flow's calendar. */
  due(duration: string): string
  /** When the moment of a timer node is, UTC; undefined when it is not known. */
  moment(node: FlowNode): string | undefined
  /** What a decision table says of the record. */
  lookup(node: FlowNode): TableAnswer
  /** Which flows a node calls on which records. */
  calls(node: FlowNode): CallItem[]
}

export const emptyState = (): FlowState => ({ status: 'running', tokens: [], rounds: {}, tasks: [], counter: 0, forks: {} })
/** An instance that has not ended. */
export const liveStatuses: FlowStatus[] = ['running', 'incident']
export const isLive = ({ status }: Pick<FlowState, 'status'>) => liveStatuses.includes(status)
