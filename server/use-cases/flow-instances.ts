import type { Flow } from '../../schemas/generated/types'
import { isLive, returnTargets } from '../../runtime/engine'
import { AppError, reasonText, type Reason } from '../../schemas/errors'
import type { Language } from '../../schemas/field-types/field-type'
import { collections } from '../model/collections'
import { withdraw } from '../flows/act'
import { administers } from '../flows/administrators'
import { hiddenInInstance } from '../flows/approver-sight'
import type { Deciding } from '../flows/decisions/decision'
import { offeredFor } from '../flows/decisions/offered'
import { flowOf, loadInstance, toInstance, type Instance, type TrailEntry } from '../flows/instances'
import { heldChanges } from '../flows/hold-change'
import type { FieldChange } from '../records/history'
import type { ChangePurpose } from '../flows/purposes'
import { loadRecord, visibleRecord } from '../records/load'
import { seeing, titleAsSeen } from '../records/visibility'
import { anyTable, inTransaction, readerOf, type Context } from './context'
import { presentTask, purposeAsSeen, toTask, type PurposeSeen, type TaskItem } from './list-tasks'

export interface InstanceView extends Omit<Instance, 'state' | 'purpose' | 'trail'> {
  trail: (Omit<TrailEntry, 'reason'> & { reason?: string })[]
  /** What it is for beside the record as such. */
  purpose: PurposeSeen | null
  /** The change that it holds, field by field. */
  changes?: FieldChange[]
  tokens: (Omit<Instance['state']['tokens'][number], 'incident'> & { incident?: string })[]
  tasks: (TaskItem & { /** What this person may do with it. */ offered?: string[]; /** Nodes it may be returned to, the nearest first. */ returnTo?: string[] })[]
  /** This person may repair it. */
  administers: boolean
  /** The version it runs on. */
  definition: Flow
  /** Names of the people in it. */
  titles: Record<string, string>
}

/** An approval with its pinned definition, tasks and trail; for those who may see the record, and its initiator. */
export async function getInstance(ctx: Context, id: string): Promise<InstanceView> {
  return viewOf(ctx, await visibleInstance(ctx, id))
}

/** 404 for others than its initiator, those who are or were asked, those who may repair it, and those who may see the record. */
export async function visibleInstance(ctx: Context, id: string): Promise<Instance> {
  const instance = await loadInstance(ctx, id)
  if (!instance) throw new AppError(404, 'notFound')
  const asked = instance.state.tasks.some((t) => t.assignee === ctx.me.id && t.status !== 'cancelled')
  if (instance.initiator !== ctx.me.id && !asked && !(await administers(ctx, instance))) await visibleRecord(ctx, instance.entity, instance.record, { deleted: true })
  return instance
}

/** Approvals of a record, newest first. */
export async function listInstances(ctx: Context, entity: string, record: string): Promise<{ items: InstanceView[] }> {
  await visibleRecord(ctx, entity, record, { deleted: true })
  const docs = await readerOf(ctx).find(collections.instance, { where: { path: ['record'], op: 'eq', value: record }, sort: [{ column: 'startedAt', descending: true }], limit: 50 })
  return { items: await Promise.all(docs.map((d) => viewOf(ctx, toInstance(d)))) }
}

export async function viewOf(ctx: Context, instance: Instance): Promise<InstanceView> {
  const { state, purpose, ...rest } = instance
  const docs = await readerOf(ctx).find(collections.task, { where: { path: ['instance'], op: 'eq', value: instance.id }, sort: [{ column: 'createdAt' }], limit: 500 })
  const flow = await flowOf(ctx, instance)
  const tasks = docs.map((d) => withOffer(ctx, instance, flow, presentTask(ctx, toTask(d))))
  const titles: Record<string, string> = {}
  for (const person of [instance.initiator, ...tasks.flatMap((t) => [t.assignee, t.principal, t.givenBy]), ...instance.trail.flatMap((t) => [t.by, t.onBehalfOf, t.person, ...(t.people ?? [])])]) { const name = person ? ctx.model.directory.nameOf(person) : undefined; if (name !== undefined) titles[person!] = name }
  const held = purpose?.kind === 'change' ? { changes: await changesAsSeen(ctx, instance, purpose) } : {}
  return { ...rest, ...held, purpose: purposeAsSeen(ctx, rest.entity, purpose), title: titleAsSeen(ctx, rest.entity, rest.title), tokens: state.tokens.map((token) => told(token, 'incident', ctx.language)), trail: rest.trail.map((entry) => told(entry, 'reason', ctx.language)), tasks, administers: isLive(instance) && (await administers(ctx, instance)), definition: flow, titles }
}

/** As far as the person sees the record, without what the nodes hide at which they are asked. */
async function changesAsSeen(ctx: Context, instance: Instance, purpose: ChangePurpose): Promise<FieldChange[]> {
  const table = anyTable(ctx, instance.entity)
  const record = await loadRecord(ctx, table, instance.record, true)
  const seen = record && (await seeing(ctx, table.entity, record))
  const hidden = await hiddenInInstance(ctx, instance)
  return seen ? heldChanges(seen, table, purpose).filter((change) => !hidden.has(change.field)) : []
}

/** A reason in the reader's language. */
function told<M extends string, T extends { [member in M]?: Reason }>(of: T, member: M, language: Language): Omit<T, M> & { [member in M]?: string } {
  const { [member]: reason, ...rest } = of
  return { ...rest, ...(reason !== undefined && { [member]: reasonText(reason as Reason, language) }) } as Omit<T, M> & { [member in M]?: string }
}

function withOffer(ctx: Context, { state }: Instance, flow: Flow, task: TaskItem): InstanceView['tasks'][number] {
  const own = isLive(state) && task.assignee === ctx.me.id ? state.tasks.find((t) => t.key === task.key) : undefined
  if (!own) return task
  const node = flow.nodes.find((n) => n.id === own.node)
  // A node of the version that it ran on before.
  if (!node) return task
  const offered: string[] = offeredFor(node as unknown as Deciding, own)
  return { ...task, offered, ...(offered.includes('return') && { returnTo: returnTargets(flow, state, own.node) }) }
}

/** Takes back one's own submission, as long as the flow allows it. */
export async function withdrawInstance(ctx: Context, id: string, comment: string | null): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    if (instance.initiator !== tx.me.id) throw new AppError(403, 'forbidden')
    if (!isLive(instance)) throw new AppError(409, 'instanceEnded', {}, [], { status: instance.status })
    const policy = (await flowOf(tx, instance)).settings?.withdraw ?? 'beforeFirstDecision'
    const decided = instance.trail.some((t) => t.kind === 'approved' || t.kind === 'rejected')
    if (policy === 'never' || (policy === 'beforeFirstDecision' && decided)) throw new AppError(409, 'cannotWithdraw')
    return viewOf(tx, await withdraw(tx, instance, comment))
  })
}
