import { isLive } from '../../runtime/engine'
import { AppError, type Problem } from '../../schemas/errors'
import { collections } from '../model/collections'
import { act } from '../flows/act'
import type { Deciding, DecisionInput, DecisionRun } from '../flows/decisions/decision'
import { kinds } from '../flows/decisions'
import { requireSameFacts } from '../flows/decisions/facts'
import { fillIn } from '../flows/decisions/fields'
import { offeredFor } from '../flows/decisions/offered'
import { flowOf, loadInstance, type Instance } from '../flows/instances'
import { attachToTrail } from '../records/files'
import { loadRecord } from '../records/load'
import { anyTable, inTransaction, type Context, type WriteContext } from './context'
import { presentTask, toTask, type TaskItem } from './list-tasks'

/** What a decision may leave out. */
export type Decision = Pick<DecisionInput, 'decision'> & Partial<DecisionInput>

const nothing = { comment: null, to: [], fields: {}, people: {}, attachments: [] }

/** Decides a task of one's own. 409 with the current state when somebody was faster, or what was shown has changed since it was read. */
export async function decideTask(ctx: Context, id: string, decision: Decision): Promise<{ task: TaskItem; instance: Instance }> {
  return inTransaction(ctx, async (tx) => {
    const run = await openTask(tx, id, { ...nothing, ...decision, comment: decision.comment?.trim() || null })
    await requireComplete(run)
    await requireSameFacts(run)
    const kind = kinds[run.input.decision]!
    run.record = await fillIn(run, kind.fills === true && run.task.via !== 'delegate')
    const { event, entry, history } = await kind.happen(run)
    const decided = await act(tx, run.instance, event, { ...entryOf(run), ...entry }, history, run.record)
    return { task: presentTask(tx, toTask((await tx.tx.get(collections.task, id))!)), instance: decided }
  })
}

/** A task of this person that can be decided so; 404 for others' tasks. */
async function openTask(ctx: WriteContext, id: string, input: DecisionInput): Promise<DecisionRun> {
  const doc = await ctx.tx.get(collections.task, id)
  const instance = doc?.assignee === ctx.me.id ? await loadInstance(ctx, doc.instance as string) : undefined
  const task = instance?.state.tasks.find((t) => t.key === doc!.key)
  if (!doc || !instance || !task) throw new AppError(404, 'notFound')
  const current = presentTask(ctx, toTask(doc))
  if (task.status !== 'open' && task.status !== 'pending') throw new AppError(409, 'taskDone', {}, [], current)
  if (!isLive(instance)) throw new AppError(409, 'instanceEnded', {}, [], current)
  const flow = await flowOf(ctx, instance)
  const node = flow.nodes.find((n) => n.id === task.node) as unknown as Deciding
  if (!offeredFor(node, task).includes(input.decision)) throw new AppError(task.status === 'open' ? 403 : 409, task.status === 'open' ? 'notOffered' : 'taskDone', {}, [], current)
  const table = anyTable(ctx, instance.entity)
  return { ctx, instance, flow, node, task, table, input, record: (await loadRecord(ctx, table, instance.record, true))! }
}

/** What the flow asks for with such a decision; who only advises need not sign. */
async function requireComplete({ ctx, flow, instance, task, input: { decision, comment, signature, attachments } }: DecisionRun) {
  const { commentRequired = ['reject', 'return'], signatureRequired = [] } = flow.settings ?? {}
  const problems: Problem[] = []
  if (commentRequired.includes(decision) && comment === null) problems.push({ path: '/comment', code: 'commentRequired' })
  if (task.via !== 'delegate' && (signatureRequired as string[]).includes(decision) && signature === undefined) problems.push({ path: '/signature', code: 'signatureRequired' })
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, {}, problems)
  await attachToTrail(ctx, instance.entity, instance.record, attachments, '/attachments')
  if (signature !== undefined) await attachToTrail(ctx, instance.entity, instance.record, [signature], '/signature', ['image'])
}

/** Every decision says who made it, and in whose place by which out-of-office entry. */
function entryOf({ task, input: { comment, attachments, signature } }: DecisionRun) {
  const { node, round, principal, proxy } = task
  return {
    node, round, comment,
    ...(principal && { onBehalfOf: principal }), ...(proxy && { proxy }),
    ...(attachments.length > 0 && { attachments }), ...(signature !== undefined && { signature }),
  }
}
