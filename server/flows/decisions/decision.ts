/** What somebody does with a task of theirs. One file a kind; the registry in `index.ts` is the only place that knows them all. */
import type { FlowEvent, FlowTask } from '../../../runtime/engine'
import type { ApprovalNode, TaskAction } from '../../../schemas/generated/types'
import type { HistoryKind } from '../../records/history'
import type { WriteContext } from '../../use-cases/context'
import type { Subject } from '../apply'
import type { TrailEntry } from '../instances'

export type DecisionName = TaskAction | 'claim'

/** What a decision may carry. */
export interface DecisionInput {
  decision: DecisionName
  comment: string | null
  /** People (transfer, delegate, signers, copies) or the node it goes back to. */
  to: string[]
  /** Fields that the node lets those asked fill in. */
  fields: { [field: string]: unknown }
  /** Whom the person chose for later nodes that leave it to them. */
  people: { [node: string]: string[] }
  /** The revision of the record the decision is about. */
  rev?: number
  /** Ids of files: a drawn signature, documents. */
  signature?: string
  attachments: string[]
}

/** The part of a node that says what may be done with its tasks. */
export type Deciding = Pick<ApprovalNode, 'actions' | 'onReturn' | 'fields' | 'multi' | 'notSameAs' | 'onSelf' | 'assignees'>

export interface DecisionRun extends Subject { ctx: WriteContext; node: Deciding; task: FlowTask; input: DecisionInput }

export interface Outcome {
  event: FlowEvent
  /** What the trail tells, beside who, when and the comment. */
  entry: Pick<TrailEntry, 'kind'> & Partial<TrailEntry>
  history?: HistoryKind
}

export interface DecisionKind {
  /** On offer unless the node lists its own. */
  usual?(node: Deciding): boolean
  /** May fill in the fields that the node leaves to those asked. */
  fills?: true
  /** May be done while others are heard first. */
  meanwhile?: true
  /** May be done with what was delegated to one. */
  ofDelegates?: true
  /** Checks what is its own and says what happens. */
  happen(run: DecisionRun): Outcome | Promise<Outcome>
}
