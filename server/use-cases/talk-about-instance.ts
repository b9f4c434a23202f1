/** What people say to a running approval without deciding anything: comments, and urging those it waits for. */
import { isLive } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { taskId, type TrailEntry } from '../flows/instances'
import { notify } from '../notices/notify'
import { note } from '../flows/act'
import { attachToTrail } from '../records/files'
import { inTransaction, type Context } from './context'
import { viewOf, visibleInstance, type InstanceView } from './flow-instances'

export interface Remark { comment: string; attachments?: string[] }

/** Whoever sees an approval may comment on it, after it has ended too. */
export async function commentInstance(ctx: Context, id: string, { comment, attachments = [] }: Remark): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    const text = comment.trim()
    if (text === '') throw new AppError(422, 'commentRequired', {}, [{ path: '/comment', code: 'commentRequired' }])
    await attachToTrail(tx, instance.entity, instance.record, attachments, '/attachments')
    return viewOf(tx, await note(tx, instance, { kind: 'commented', comment: text, ...(attachments.length > 0 && { attachments }) }))
  })
}

const hour = 3_600_000

/** The initiator asks those it waits for to decide; once an hour. */
export async function urgeInstance(ctx: Context, id: string, comment: string | null): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    if (instance.initiator !== tx.me.id) throw new AppError(403, 'forbidden')
    const open = instance.state.tasks.filter((t) => t.status === 'open')
    const people = [...new Set(open.map((t) => t.assignee))]
    if (!isLive(instance) || people.length === 0) throw new AppError(409, 'instanceEnded', {}, [], { status: instance.status })
    if (urgedSince(instance.trail, Date.parse(tx.clock.now()) - hour)) throw new AppError(409, 'urgedAlready')
    const noted = await note(tx, instance, { kind: 'urged', comment: comment?.trim() || null, people })
    for (const task of open) await notify(tx, { id: `${taskId(instance, task.key)}.urged.${noted.trail.length}`, to: [task.assignee], kind: 'urged', params: { by: tx.me.id }, link: { entity: instance.entity, record: instance.record, instance: id, task: taskId(instance, task.key) } })
    return viewOf(tx, noted)
  })
}

const urgedSince = (trail: TrailEntry[], moment: number) => trail.some((entry) => entry.kind === 'urged' && Date.parse(entry.at) > moment)
