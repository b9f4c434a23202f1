/** The calls that only the studio makes; see server/http/README.md. */
import { request, type InstanceStatus } from '../../runtime/app/api'
import type { Repairable } from '../../runtime/app/approvals/repairs'
import { learnTitles } from '../../runtime/app/titles/titles'
import type { Problem } from '../../schemas/errors'
import type { Definition, Field, Filter, Flow, FlowNode, Grant, Label } from '../../schemas/generated/types'
import { partsOf, type DocumentId, type Kind } from '../editor/documents'

export interface Draft {
  kind: Kind
  key: string
  definition: Definition
  /** Published version the draft started from; absent for a new definition. */
  base?: number | null
  rev: number
  /** Publishing it takes the definition away. */
  removal?: boolean
  updatedAt: string
  updatedBy: string
}
export interface DefinitionProblem extends Problem { kind: Kind; key: string }
export interface ImpactItem {
  kind: Kind
  key: string
  change: 'added' | 'changed' | 'removed'
  /** Records that exist of it. */
  records?: number
  fields?: { added: string[]; changed: string[] }
  findings?: Finding[]
  /** Records that go on by a former version. */
  staying?: number
  lost?: { entity: string; person: string; name: string; before: number; after: number }[]
}
/** `refusals`: what publishing refuses because of records; some of it is asked, see release/questions.ts. */
export interface Impact { items: ImpactItem[]; refusals: DefinitionProblem[] }
/** Records that a change concerns: rows that would be refused, or groups that would be the same. */
export interface Finding {
  kind: string
  path: string
  field?: string
  count: number
  rows?: { id: string; title: string; value: unknown; problem: Problem }[]
  groups?: { values: unknown[]; count: number; records: { entity: string; id: string; title: string }[] }[]
}
/** What becomes of records whose option or stage is removed. */
export interface Decisions {
  options?: { entity: string; field: string; from: string; to: string | null }[]
  stages?: { pipeline: string; from: string; to: string }[]
  types?: { entity: string; field: string; failing: 'refuse' | 'empty' | 'cut' }[]
  fill?: { entity: string; field: string; value?: unknown; expr?: string }[]
}
/** What a release does to records. */
export interface DataChange { id: string; kind: string; entity: string; status: 'running' | 'done' | 'incomplete'; release: number; total: number; done: number; problems: { id: string; problems: Problem[] }[] }
export interface Version { version: number; release: number; at: string | null; by: string | null; current: boolean; removed: boolean }
export interface Difference { path: string; op: 'added' | 'removed' | 'changed' | 'moved'; before?: unknown; after?: unknown }
export interface Discarded { id: string; kind: 'field' | 'retyped' | 'columns' | Kind; key: string; uid: string | null; body: { label?: Label; name?: string; uid?: string; fields?: Field[] } | null; status: 'kept' | 'restored' | 'purged'; at: string; by: string; until: string }
export interface ReleaseItem { kind: Kind; key: string; version: number; removed?: boolean }
export interface Release { number: number; at: string; by: string | null; items: ReleaseItem[]; dataChanges?: string[] }
/** A release that comes when a data change is done. */
export interface Coming { pending: string }
/** One change of a layer; see runtime/engine/layers. */
export interface Operation { op: 'set' | 'addItem' | 'removeItem' | 'moveItem'; target: string; value?: unknown; item?: unknown; after?: string | null }
export type Choice = 'theirs' | 'yours' | 'edited'
interface Place { kind: Kind; key: string }
export interface UpgradeConflict extends Place { id: string; target: string; path: string; base?: unknown; yours: Operation; theirs: Operation; choice: Choice | null }
export interface UpgradeOrphan extends Place { operation: Operation }
export interface UpgradePlan { from: string; to: string; items: (Place & { change: 'added' | 'changed' | 'removed'; differences: Difference[] })[]; conflicts: UpgradeConflict[]; orphans: UpgradeOrphan[]; problems: DefinitionProblem[] }
export interface TemplateState {
  name: string | null
  label: Label | null
  version: string | null
  offered: { version: string } | null
  pending: { version: string; conflicts: UpgradeConflict[]; orphans: UpgradeOrphan[] } | null
  customizations: (Place & { operations: Operation[] })[]
  parked: (UpgradeOrphan & { id: string; version: string; at: string })[]
}

export type FieldAccess = 'hidden' | 'mask' | 'read' | 'write'
export interface Extent { scope: Grant['scope']; condition?: Filter }
/** What may be done with records of an entity; see runtime/engine/access-report.ts. */
export type Right = { kind: 'verb' | 'action' | 'flow'; name: string; extents: Extent[] } | { kind: 'field'; name: string; access: FieldAccess }
export interface EntityRights { entity: string; rights: Right[] }
export interface Holdings { label: Label; capabilities: string[]; entities: (EntityRights & { records?: { visible: number | null; all: number } })[] }
export interface RightChange { kind: Right['kind']; name: string; effect: 'gained' | 'lost' | 'widened' | 'narrowed' | 'changed'; before?: Extent[] | FieldAccess; after?: Extent[] | FieldAccess }
export interface LostRecords { records: number | null; people: { id: string; name: string; count: number }[] }
export interface RoleChange { role: string; label: Label; people: number; capabilities: { gained: string[]; lost: string[] }; entities: { entity: string; label: Label; changes: RightChange[]; lost?: LostRecords }[] }

function path(id: DocumentId): string {
  const { kind, key } = partsOf(id)
  return `/definitions/${kind}/${encodeURIComponent(key)}`
}

export const fetchDrafts = () => request<{ hash: string; drafts: Draft[] }>('/definitions/drafts')
/** `rev`: revision of the draft that is changed, 0 for none; 409 when somebody else changed it. */
export const saveDraft = (id: DocumentId, definition: Definition, rev: number) => request<Draft>(path(id), { method: 'PUT', body: definition, ifMatch: rev })
export const discardDraft = (id: DocumentId, rev?: number) => request<unknown>(path(id), { method: 'DELETE', ...(rev !== undefined && { ifMatch: rev }) })
export const draftRemoval = (id: DocumentId) => request<Draft>(`${path(id)}/removal`, { method: 'POST', body: {} })
export const fetchVersions = async (id: DocumentId) => (await request<{ items: Version[] }>(`${path(id)}/versions`)).items
export const fetchDifferences = async (id: DocumentId, from: number, to: number | 'draft') => (await request<{ changes: Difference[] }>(`${path(id)}/differences`, { query: { from, to } })).changes
export const draftVersion = (id: DocumentId, version: number) => request<Draft>(`${path(id)}/rollback`, { method: 'POST', body: { version } })
export const rollBack = (release: number, decisions: Decisions) => request<Release | Coming>(`/releases/${release}/rollback`, { method: 'POST', body: { decisions } })
export const fetchTrash = async () => (await request<{ items: Discarded[] }>('/trash')).items
export const restore = (id: string) => request<Draft>(`/trash/${id}/restore`, { method: 'POST', body: {} })
export const purge = (id: string) => request<unknown>(`/trash/${id}/purge`, { method: 'POST', body: {} })
export const validateDrafts = () =>
  request<{ valid: boolean; problems: DefinitionProblem[]; warnings: DefinitionProblem[] }>('/definitions/validate', { method: 'POST', body: {}, safe: true })
export const fetchAccess = async (query: Record<string, string | undefined>) => (await request<{ items: Holdings[] }>('/definitions/access', { query })).items[0]!
export const fetchDraftAccess = async () => (await request<{ roles: RoleChange[] }>('/definitions/drafts/access')).roles
export const fetchImpact = () => request<Impact>('/definitions/drafts/impact')
export const publish = (hash: string, decisions: Decisions) => request<Release | Coming>('/releases', { method: 'POST', body: { hash, decisions } })
export const fetchDataChanges = () => request<{ items: DataChange[]; titles: Record<string, string> }>('/data-changes')
export const fetchReleases = async (): Promise<Release[]> => {
  const answer = await request<{ items: Release[] } | { releases: Release[] }>('/releases')
  return 'items' in answer ? answer.items : answer.releases
}
export const fetchTemplate = () => request<TemplateState>('/template')
export const previewUpgrade = () => request<UpgradePlan>('/template/upgrade/preview', { method: 'POST', body: {}, safe: true })
export const takeUpUpgrade = () => request<UpgradePlan>('/template/upgrade', { method: 'POST', body: {} })
export const giveUpUpgrade = () => request<unknown>('/template/upgrade', { method: 'DELETE' })
export const settleUpgrade = (id: string, choice: Choice) => request<unknown>('/template/upgrade/settle', { method: 'POST', body: { id, choice } })
export const discardParked = (id: string) => request<unknown>(`/template/parked/${id}`, { method: 'DELETE' })
export const retargetParked = (id: string, target: string) => request<unknown>(`/template/parked/${id}/retarget`, { method: 'POST', body: { target } })

export interface Trial { definition: Definition; recordId?: string; sample?: Record<string, unknown>; initiator?: string; choices?: Record<string, 'approve' | 'reject'> }
export interface SimulatedStep { node: string; round: number; way?: string; asked: string[]; told?: string[]; dueAt?: string; decision?: 'approved' | 'rejected'; automatic?: string }
export interface Simulated { status: InstanceStatus; stuck?: { node: string; reason: string }; steps: SimulatedStep[]; ways: string[]; warnings: (Problem & { message: string })[]; titles: Record<string, string> }
export const simulateFlow = (flow: string, trial: Trial) => request<Simulated>(`/flows/${flow}/simulate`, { method: 'POST', body: trial, safe: true })

export interface Turnaround { median: number; p90: number; medianWork: number; p90Work: number }
export interface Decided { decisions: number; rejected: number; returned: number; overdue: number; turnaround: Turnaround | null }
export interface NodeInsight extends Decided { node: string; instances: number; versions: (Decided & { version: number; instances: number })[]; people: (Decided & { person: string })[] }
/** Times are milliseconds. */
export interface FlowInsight { from: string; to: string; tasks: { all: number; read: number }; instances: Partial<Record<InstanceStatus, number>>; nodes: NodeInsight[]; open: { node: string; count: number; since: string }[]; titles: Record<string, string> }
export const fetchInsight = (flow: string, from: string, to: string) => request<FlowInsight>(`/flows/${flow}/insight`, { query: { from, to } })

export type Asked = { node: string; people: string[] }[]
export interface Replayed { instance: string; record: string; title: string | null; startedAt: string; was: { status: InstanceStatus; asked: Asked }; would: { status: InstanceStatus; stuck?: { node: string; reason: string }; asked: Asked } | null }
export interface ReplayTotals { instances: number; stepsBefore: number; stepsAfter: number; askedBefore: number; askedAfter: number; stuck: number; gone: number }
export interface ReplayPart { total: number; items: Replayed[]; totals: ReplayTotals; nextCursor: string | null; titles: Record<string, string> }
export const replayFlow = (flow: string, body: { definition: Definition; from: string; to: string; cursor?: string }) => request<ReplayPart>(`/flows/${flow}/replay`, { method: 'POST', body, safe: true })

export interface BpmnImport { definition: Flow; notes: (Problem & { message: string })[] }
export const importBpmn = (body: { xml: string; name: string; entity: string }) => request<BpmnImport>('/flows/bpmn', { method: 'POST', body, safe: true })

export interface NodeName { id: string; type: FlowNode['type']; label?: Label }
export interface MigrationTrial {
  instance: string; entity: string; record: string; title: string; version: number; initiator: string; startedAt: string; status: InstanceStatus
  /** `to` null: it has no place in the new version. */
  tokens: { node: string; to: string | null; anew: boolean }[]
  after?: { status: InstanceStatus; nodes: string[]; asked: string[]; stuck?: { node: string; reason: string } }
  problems: (Problem & { message: string })[]
}
export interface MigrationPlan { to: number; nodes: NodeName[]; versions: { version: number; nodes: NodeName[] }[]; items: MigrationTrial[]; count: number; titles: Record<string, string> }
export type Migrated = { instance: string; ok: true; status: InstanceStatus } | { instance: string; ok: false; status: number; problem: Problem & { message: string } }
export type NodeMapping = Record<string, string>
export const tryMigration = (flow: string, mapping: NodeMapping) => request<MigrationPlan>(`/flows/${flow}/migrate/preview`, { method: 'POST', body: { mapping }, safe: true })
export const migrateInstances = (flow: string, body: { to: number; mapping: NodeMapping; instances: string[]; comment: string | null }) => request<{ to: number; items: Migrated[] }>(`/flows/${flow}/migrate`, { method: 'POST', body })

/** An approval that cannot go on by itself. */
export interface StuckApproval extends Repairable { flow: string; label: Label; entity: string; record: string; status: InstanceStatus; faults: string[]; initiator: string; startedAt: string }
export async function fetchStuck(): Promise<StuckApproval[]> {
  const { items, titles } = await request<{ items: StuckApproval[]; titles: Record<string, string> }>('/flow-instances/stuck')
  learnTitles(titles)
  return items
}

export type DeliveryStatus = 'waiting' | 'done' | 'dead'
export interface Delivery { id: string; kind: string; status: DeliveryStatus; attempts: number; createdAt: string; nextTry: string; doneAt: string | null; lastError: string | null; to: string | null }
export const fetchOutbox = (status: DeliveryStatus) => request<{ items: Delivery[]; count: number }>('/outbox', { query: { status } })
export const replayDelivery = (id: string) => request<unknown>(`/outbox/${encodeURIComponent(id)}/replay`, { method: 'POST' })
