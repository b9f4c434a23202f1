import { AppError, withMessages, type Problem } from '../../schemas/errors'
import { collections } from '../model/collections'
import { flowOf, loadInstance } from '../flows/instances'
import type { Context } from './context'
import { decideTask, type Decision } from './decide-task'
import { toTask, type TaskItem } from './list-tasks'

export interface BulkItem { id: string; rev?: number }
export type BulkResult = { id: string; ok: true; task: TaskItem } | { id: string; ok: false; status: number; problem: Problem }

/** The same decision for many tasks, each for itself: one that fails does not hold up the others. Where the flow allows it (`settings.bulkActions`). */
export async function decideTasks(ctx: Context, items: BulkItem[], decision: Pick<Decision, 'decision' | 'comment'>): Promise<{ items: BulkResult[] }> {
  const results: BulkResult[] = []
  for (const item of items) results.push(await one(ctx, item, decision))
  return { items: results }
}

async function one(ctx: Context, { id, rev }: BulkItem, decision: Pick<Decision, 'decision' | 'comment'>): Promise<BulkResult> {
  try {
    await requireBulk(ctx, id, decision.decision)
    return { id, ok: true, task: (await decideTask(ctx, id, { ...decision, ...(rev !== undefined && { rev }) })).task }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'definitionsChanged') throw error
    const [problem] = withMessages(error.problems.length > 0 ? error.problems.slice(0, 1) : [{ path: '', code: error.code, params: error.params }], ctx.language)
    return { id, ok: false, status: error.status, problem: problem! }
  }
}

async function requireBulk(ctx: Context, id: string, decision: string) {
  const doc = await ctx.store.get(collections.task, id)
  if (doc?.assignee !== ctx.me.id) throw new AppError(404, 'notFound')
  const instance = (await loadInstance(ctx, toTask(doc).instance))!
  const allowed: readonly string[] = (await flowOf(ctx, instance)).settings?.bulkActions ?? []
  if (!allowed.includes(decision)) throw new AppError(403, 'notInBulk')
}
