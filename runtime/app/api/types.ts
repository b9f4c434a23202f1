/** What the API answers; see server/http/README.md. Definitions come from schemas/generated. */
import type { Filter, Flow, Label, View } from '../../../schemas/generated/types'
import type { Problem } from '../../../schemas/errors'

export type Id = string
/** Titles of the records that ids in an answer refer to, as far as the reader may see them. */
export type Titles = Record<Id, string>

export interface RecordDoc {
  id: Id
  rev: number
  $titles?: Titles
  [field: string]: unknown
}

export interface RecordPage {
  items: RecordDoc[]
  nextCursor: string | null
  count?: number
  titles?: Titles
}

export type Values = Record<string, unknown>

export interface EntityRights {
  create: boolean
  read: boolean
  update: boolean
  delete: boolean
  fields: Record<string, 'hidden' | 'mask' | 'read'>
  actions: string[]
  flows: string[]
}

export type Capability = 'studio' | 'users' | 'purge'

export interface User {
  id: Id
  username: string
  name: string
  language: string
  department: Id | null
  roles: string[]
}

/** What a list shows of its records. */
export interface ViewContent { filter?: Filter; sort?: string[]; columns?: NonNullable<View['columns']>; q?: string }
/** A view that the person saved. `leftOut`: what of it does not apply any more. */
export interface PersonalView extends ViewContent { id: Id; name: string; entity: string; default: boolean; leftOut: Problem[] }

export interface Me {
  user: User
  csrfToken: string
  /** The company's calendar day, YYYY-MM-DD. */
  today: string
  capabilities: Capability[]
  /** There may be approvals I may repair. */
  administers: boolean
  rights: Record<string, EntityRights>
  /** Open tasks. */
  tasks: number
  release: number
  /** Whether this installation sends mail. */
  mail: boolean
  views: PersonalView[]
  preferences: Record<string, unknown>
}

export interface ActionState { name: string; available: boolean; problem?: Problem; defaults?: Values }
export interface FlowState { name: string; available: boolean; problem?: Problem }
export interface Move { to: string; available: boolean; problems: Problem[] }

/** What this user can do with a record now. */
export interface Commands {
  update: boolean
  delete: boolean
  /** Open it to others. */
  share: boolean
  /** What waits for this person can be given to another. */
  handOver?: true
  /** The approval that holds the record. */
  locked?: Id
  fields: Record<string, 'locked'>
  actions: ActionState[]
  flows: FlowState[]
  moves: Move[]
  daysInStage?: number
  /** The stage it enters when the running approval is granted. */
  pendingStage?: string
  /** The approval it waits for: who asked, when and why. */
  pending?: { instance: Id; by: Id; name: string; at: string; comment: string | null; pipeline?: string }
  /** What of the present stage's checklist is done. */
  checklist?: Check[]
  /** The former version of its pipeline that it goes by, and the one in force. */
  version?: { goesBy: number; present: number }
}

export type ShareRight = 'read' | 'write'
/** A record opened to a person or a department. */
export interface Share { id: Id; kind: 'user' | 'department'; grantee: Id; name: string; right: ShareRight; until: string | null; by: Id; at: string; over: boolean }
/** One of user and department. */
export interface ShareWish { user?: Id; department?: Id; right: ShareRight; until: string | null }

export interface CreatedRecord { entity: string; id: Id; title: string }
export interface ActionResult { record: RecordDoc; created: CreatedRecord[]; instance?: Id }
export interface StageResult { record: RecordDoc; created: CreatedRecord[]; pending?: Id }
export interface StageMove { to: string; fields?: Values; comment?: string }
export interface PipelineSwitch { to: string; stage?: string; fields?: Values; comment?: string }
/** An item of a stage's checklist that is done. */
export interface Check { item: string; at: string; by: Id; name: string }

export interface BinItem {
  id: Id
  title: string
  deletedAt: string
  deletedBy: Id | null
  until: string
  mergedInto?: Id
  with: { entity: string; count: number }[]
  parent?: { entity: string; id: Id }
}
export interface BinPage { items: BinItem[]; count: number; nextCursor: string | null; titles: Titles }

export interface MergeRequest { into: Id; from: Id[]; fields: Record<string, Id>; revs: Record<Id, number> }
export interface Merged { record: RecordDoc; merge: Id; moved: number }
export interface Unmerged { record: RecordDoc; restored: Id[]; moved: number; kept: { entity: string; id: Id; field: string; title: string }[] }
export interface DuplicateGroup { fields: { name: string; label: Label }[]; records: { id: Id; title: string; createdAt: string; owner: Id | null }[] }

export interface Change { field: string; from: unknown; to: unknown }
export type TimelineKind = 'created' | 'changed' | 'reverted' | 'purged' | 'merged' | 'unmerged' | 'deleted' | 'restored' | 'stage' | 'version' | 'checklist' | 'action' | 'flow' | 'decision' | 'shared' | 'unshared'

/** What a kind of event says besides who and when. */
export interface EventData {
  /** reverted: when the change was made that was undone. */
  entryAt?: string
  /** deleted: the record it was merged into. */
  mergedInto?: Id
  /** merged, unmerged: the merge, and the records that went into this one. */
  merge?: Id
  merged?: Id[]
  /** Who decided, where it was done in another person's name. */
  decidedBy?: Id
  /** stage: labels as they were then. */
  fromLabel?: Label
  /** stage: the pipelines, where the record changed over. */
  fromPipeline?: Label
  toPipeline?: Label
  /** stage, version: between which versions of its pipeline it changed over. */
  pipeline?: Label
  fromVersion?: number
  toVersion?: number
  /** checklist: the item, and whether it is done now. */
  text?: Label
  done?: boolean
  toLabel?: Label
  days?: number
  /** action. */
  action?: string
  label?: Label
  created?: CreatedRecord[]
  /** flow, decision. */
  flow?: string
  instance?: Id
  event?: TrailKind
  /** To whom it was done. */
  people?: Id[]
  node?: string
  comment?: string | null
  /** shared, unshared: with whom. */
  grantee?: Id
  right?: ShareRight
  until?: string | null
}

export interface TimelineItem {
  id: Id
  at: string
  by: Id
  /** What made it: its origin, action:name, stage:id, flow:name, restore, merge, unmerge. */
  path: string
  /** screen, api, import, definition, system; null for what was kept without. */
  origin: string | null
  kind: TimelineKind
  rev: number
  changes: Change[]
  data: EventData
}
export interface Timeline { items: TimelineItem[]; titles: Titles }

export type Decision = 'approve' | 'reject' | 'return' | 'transfer' | 'delegate' | 'addSignBefore' | 'addSignAfter' | 'removeSign' | 'cc' | 'claim'
export type TaskStatus = 'open' | 'pending' | 'approved' | 'rejected' | 'cancelled' | 'transferred' | 'superseded' | 'copy'
export type InstanceStatus = 'running' | 'approved' | 'rejected' | 'withdrawn' | 'incident' | 'invalidated' | 'cancelled' | 'terminated'
export type TaskBox = 'todo' | 'done' | 'started' | 'cc' | 'stuck'

export interface Task {
  id: Id
  /** Its id within its instance. */
  key: string
  status: TaskStatus
  instance: Id
  flow: string
  node: string
  round: number
  entity: string
  record: Id
  title: string
  assignee: Id
  initiator: Id
  createdAt: string
  decidedAt: string | null
  decidedBy: Id | null
  comment: string | null
  /** In whose place the assignee is asked; how it came to them, and from whom. */
  principal: Id | null
  via: string | null
  givenBy: Id | null
  /** When a copy was read. */
  readAt: string | null
  /** What this person may do with it now, and the nodes it may be returned to, the nearest first. */
  offered?: Decision[]
  returnTo?: string[]
}
/** A line of the inbox. The box "started" lists instances in the same form: their status, no node. */
export interface TaskItem extends Omit<Task, 'status' | 'node' | 'round' | 'assignee'> {
  status: TaskStatus | InstanceStatus
  node: string | null
  assignee: Id | null
  purpose: Purpose | null
}
export interface TaskPage { items: TaskItem[]; count: number; nextCursor: string | null; titles: Titles }

export type TrailKind = 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'automatic' | 'incident' | 'ended' | 'transferred' | 'delegated' | 'signersAdded' | 'signersRemoved' | 'copied' | 'claimed' | 'commented' | 'urged' | 'reassigned' | 'called' | 'cancelled' | 'childEnded' | 'invalidated' | 'jumped' | 'migrated' | 'noted' | 'reminded' | 'resubmitted' | 'retried' | 'returned' | 'sentBack' | 'serviceDone' | 'serviceFailed' | 'terminated' | 'timer'
export interface TrailItem {
  at: string
  by: Id
  kind: TrailKind
  node?: string
  comment?: string | null
  reason?: string
  result?: 'approved' | 'rejected' | 'withdrawn'
  decision?: string
  /** In whose place. */
  onBehalfOf?: Id
  /** Whom it was given to or asked of; who gave it up, or approved by repeating an earlier approval. */
  people?: Id[]
  person?: Id
  /** Of the flow, where it went on by another one. */
  versions?: { from: number; to: number }
  attachments?: Id[]
  signature?: Id
}

/** Who will be asked when a record is submitted now. */
export interface FlowPreview {
  /** How it ends when everybody approves; incident or running where it would hang. */
  status: InstanceStatus
  steps: { node: string; label: Label | null; asked: Id[]; dueAt?: string }[]
  titles: Record<Id, string>
}

/** Of a stage: what it is called, where one may see it. */
export interface Purpose { kind: string; to?: string; label?: Label; comment?: string | null }

export interface FlowInstance {
  /** What it is for beside the record as such. */
  purpose: Purpose | null
  /** The change that it holds, field by field. */
  changes?: Change[]
  id: Id
  flow: string
  version: number
  hash: string
  release: number
  status: InstanceStatus
  entity: string
  record: Id
  title: string
  initiator: Id
  startedAt: string
  endedAt: string | null
  tokens: { id: number; node: string; incident?: string }[]
  /** I may repair it. */
  administers: boolean
  tasks: Task[]
  trail: TrailItem[]
  /** The version the instance is pinned to. */
  definition: Flow
  titles: Titles
}

export interface AggregateGroup { keys: (string | null)[]; values: (string | number | null)[] }

/** A time out of office; the first and the last day count. */
export interface Absence { id: Id; from: string; until: string; deputy: Id; flows: string[] | null }

export type BulkResult = { id: Id; ok: true } | { id: Id; ok: false; status: number; problem: { code: string; message: string } }
