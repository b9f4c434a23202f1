import type { FlowTask } from '../../../runtime/engine'
import { collections } from '../../model/collections'
import type { Stored } from '../../ports/store'
import { touch } from '../../notices/changes'
import { noticesDone } from '../../notices/notify'
import { taskId } from '../instances'
import type { Committer, CommitRun } from './committer'
import { tell, tellDecision, tellTask } from './tell'

/** A task that waited for others to be heard is opened again. */
export const openTask: Committer<'openTask'> = async ({ task }, run) => {
  const { ctx, instance } = run
  const known = await ctx.tx.get(collections.task, taskId(instance, task.key), ['status'])
  if (known) await ctx.tx.update(collections.task, known.id, undefined, { status: 'open' })
  else await ctx.tx.insert(collections.task, [row(run, task.key, task, 'open')])
  await tellTask(run, task)
}

export const closeTask: Committer<'closeTask'> = async ({ key, status }, run) => {
  const { ctx, instance } = run
  const last = instance.trail.at(-1)
  const decided: Record<string, Stored> = status === 'approved' || status === 'rejected' ? { decidedAt: ctx.clock.now(), decidedBy: ctx.me.id, comment: last?.comment ?? null } : {}
  const id = taskId(instance, key)
  await ctx.tx.update(collections.task, id, undefined, { status, ...decided })
  const { assignee } = instance.state.tasks.find((t) => t.key === key)!
  await noticesDone(ctx, assignee, id)
  await touch(ctx, assignee, 'tasks')
  if (status === 'approved' || status === 'rejected') await tellDecision(run, key, status)
}

/** Copies lie in an inbox until they are read; nobody gets the same one twice. */
export const cc: Committer<'cc'> = async ({ node, round, people }, run) => {
  for (const assignee of people) {
    const key = `${node}.${round}.copy.${assignee}`
    if (await run.ctx.tx.get(collections.task, taskId(run.instance, key), [])) continue
    await run.ctx.tx.insert(collections.task, [row(run, key, { node, round, assignee, by: run.ctx.me.id }, 'copy')])
    await tell(run, key, assignee, 'cc')
  }
}

type Given = Pick<FlowTask, 'node' | 'round' | 'assignee'> & Partial<FlowTask>

const row = ({ ctx, instance }: CommitRun, key: string, { node, round, assignee, principal, proxy, via, by }: Given, status: string) => ({
  id: taskId(instance, key), rev: 1, key, instance: instance.id, flow: instance.flow, node, round, entity: instance.entity, record: instance.record, title: instance.title,
  assignee, principal: principal ?? null, proxy: proxy ?? null, via: via ?? null, givenBy: by ?? null, initiator: instance.initiator,
  status, createdAt: ctx.clock.now(), decidedAt: null, decidedBy: null, comment: null, readAt: null,
})
