import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import { decide } from '../flows/act'
import { flowOf, loadInstance, type Instance } from '../flows/instances'
import { anyTable, inTransaction, type Context } from './context'
import { presentTask, toTask, type TaskItem } from './list-tasks'

export interface Decision { decision: 'approve' | 'reject'; comment?: string | null; /** The revision of the record the decision is about. */ rev?: number }

/** Decides a task of one's own. 409 with the current state when somebody was faster, or the record changed since it was read. */
export async function decideTask(ctx: Context, id: string, { decision, comment = null, rev }: Decision): Promise<{ task: TaskItem; instance: Instance }> {
  return inTransaction(ctx, async (tx) => {
    const doc = await tx.tx.get(collections.task, id)
    if (!doc || doc.assignee !== tx.me.id) throw new AppError(404, 'notFound')
    const task = toTask(doc)
    if (task.status !== 'open') throw new AppError(409, 'taskDone', {}, [], task)
    const instance = (await loadInstance(tx, task.instance))!
    if (instance.status !== 'running') throw new AppError(409, 'instanceEnded', {}, [], task)
    const needed = (await flowOf(tx, instance)).settings?.commentRequired ?? ['reject']
    if (needed.includes(decision) && !comment?.trim()) throw new AppError(422, 'commentRequired', {}, [{ path: '/comment', code: 'commentRequired' }])
    if (rev !== undefined) await requireSameRecord(tx, instance, rev)
    const decided = await decide(tx, instance, task.key, decision, comment?.trim() || null)
    return { task: presentTask(tx, toTask((await tx.tx.get(collections.task, id))!)), instance: decided }
  })
}

async function requireSameRecord(ctx: Context, { entity, record }: Instance, rev: number) {
  const doc = await ctx.tx!.get(anyTable(ctx, entity).collection, record, [])
  if (doc && doc.rev !== rev) throw new AppError(409, 'staleRevision', {}, [], { rev: doc.rev })
}
