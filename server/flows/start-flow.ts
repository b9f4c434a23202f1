import { emptyState, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { titleOf } from '../effects/evaluate'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import type { Table } from '../model/tables'
import type { StoredDoc } from '../ports/store'
import type { WriteContext } from '../use-cases/context'
import { apply, conditions, logOnRecord } from './apply'
import { activeInstance, type Instance } from './instances'
import type { Purpose } from './purposes'

/** Starts an approval of a record. 409 when one is running, or the flow is not for this record. */
export async function startFlow(ctx: WriteContext, table: Table, record: WireRecord, name: string, options: { comment: string | null; chosen?: { [node: string]: string[] }; purpose?: Purpose }): Promise<Instance> {
  const published = ctx.model.published.get(idOf('flow', name))
  const flow = published?.body as Flow | undefined
  if (!flow || flow.entity !== table.entity.name) throw new AppError(404, 'notFound')
  const running = await activeInstance(ctx, record.id!)
  if (running) throw new AppError(409, 'flowRunning', {}, [], { instance: running.id })
  if (flow.trigger?.when !== undefined && !(await conditions(ctx, table, record, [flow.trigger.when]))(flow.trigger.when)) throw new AppError(409, 'flowNotApplicable', { label: flow.label }, [], { rev: record.rev })
  const now = ctx.clock.now()
  const instance: Instance = {
    id: ctx.newId(), rev: 1, flow: name, version: published!.version, hash: published!.hash, release: String(ctx.model.release), entity: table.entity.name, record: record.id!, title: titleOf(table, record),
    status: 'running', initiator: ctx.me.id, startedAt: now, endedAt: null, state: emptyState(), purpose: options.purpose ?? null,
    trail: [{ at: now, by: ctx.me.id, kind: 'submitted', comment: options.comment }],
  }
  await ctx.tx.insert(collections.instance, [instance as unknown as StoredDoc])
  await logOnRecord(ctx, instance, record, 'flow', { event: 'submitted', comment: options.comment })
  return apply(ctx, { instance, flow, table, record }, { type: 'start', ...(options.chosen && { chosen: options.chosen }) })
}
