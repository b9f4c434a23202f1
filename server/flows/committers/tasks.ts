import { collections } from '../../model/collections'
import type { Stored } from '../../ports/store'
import { taskId } from '../instances'
import type { Committer } from './committer'

export const openTask: Committer<'openTask'> = async ({ task }, { ctx, instance }) => {
  await ctx.tx.insert(collections.task, [{
    id: taskId(instance, task.key), rev: 1, key: task.key, instance: instance.id, flow: instance.flow, node: task.node, round: task.round, entity: instance.entity, record: instance.record,
    title: instance.title, assignee: task.assignee, initiator: instance.initiator, status: 'open', createdAt: ctx.clock.now(), decidedAt: null, decidedBy: null, comment: null,
  }])
}

export const closeTask: Committer<'closeTask'> = async ({ key, status }, { ctx, instance }) => {
  const last = instance.trail.at(-1)
  const decided: Record<string, Stored> = status === 'cancelled' ? {} : { decidedAt: ctx.clock.now(), decidedBy: ctx.me.id, comment: last?.comment ?? null }
  await ctx.tx.update(collections.task, taskId(instance, key), undefined, { status, ...decided })
}
