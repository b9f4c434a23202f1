import type { Flow } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import { withdraw } from '../flows/act'
import { flowOf, isActive, loadInstance, toInstance, type Instance } from '../flows/instances'
import { visibleRecord } from '../records/load'
import { titleAsSeen } from '../records/visibility'
import { inTransaction, readerOf, type Context } from './context'
import { presentTask, toTask, type TaskItem } from './list-tasks'

export interface InstanceView extends Omit<Instance, 'state'> {
  tokens: Instance['state']['tokens']
  tasks: TaskItem[]
  /** The version it runs on. */
  definition: Flow
  /** Names of the people in it. */
  titles: Record<string, string>
}

/** An approval with its pinned definition, tasks and trail; for those who may see the record, and its initiator. */
export async function getInstance(ctx: Context, id: string): Promise<InstanceView> {
  return viewOf(ctx, await visibleInstance(ctx, id))
}

async function visibleInstance(ctx: Context, id: string): Promise<Instance> {
  const instance = await loadInstance(ctx, id)
  if (!instance) throw new AppError(404, 'notFound')
  if (instance.initiator !== ctx.me.id) await visibleRecord(ctx, instance.entity, instance.record, { deleted: true })
  return instance
}

/** Approvals of a record, newest first. */
export async function listInstances(ctx: Context, entity: string, record: string): Promise<{ items: InstanceView[] }> {
  await visibleRecord(ctx, entity, record, { deleted: true })
  const docs = await readerOf(ctx).find(collections.instance, { where: { path: ['record'], op: 'eq', value: record }, sort: [{ column: 'startedAt', descending: true }], limit: 50 })
  return { items: await Promise.all(docs.map((d) => viewOf(ctx, toInstance(d)))) }
}

export async function viewOf(ctx: Context, instance: Instance): Promise<InstanceView> {
  const { state, ...rest } = instance
  const docs = await readerOf(ctx).find(collections.task, { where: { path: ['instance'], op: 'eq', value: instance.id }, sort: [{ column: 'createdAt' }], limit: 500 })
  const tasks = docs.map((d) => presentTask(ctx, toTask(d)))
  const titles: Record<string, string> = {}
  for (const person of [instance.initiator, ...tasks.map((t) => t.assignee), ...instance.trail.map((t) => t.by)]) { const name = ctx.model.directory.nameOf(person); if (name !== undefined) titles[person] = name }
  return { ...rest, title: titleAsSeen(ctx, rest.entity, rest.title), tokens: state.tokens, tasks, definition: await flowOf(ctx, instance), titles }
}

/** Takes back one's own submission, as long as the flow allows it. */
export async function withdrawInstance(ctx: Context, id: string, comment: string | null): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    if (instance.initiator !== tx.me.id) throw new AppError(403, 'forbidden')
    if (!isActive(instance)) throw new AppError(409, 'instanceEnded', {}, [], { status: instance.status })
    const policy = (await flowOf(tx, instance)).settings?.withdraw ?? 'beforeFirstDecision'
    const decided = instance.trail.some((t) => t.kind === 'approved' || t.kind === 'rejected')
    if (policy === 'never' || (policy === 'beforeFirstDecision' && decided)) throw new AppError(409, 'cannotWithdraw')
    return viewOf(tx, await withdraw(tx, instance, comment))
  })
}
