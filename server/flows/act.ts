/** What happens to a running instance: noted in its trail and in the record's history, then applied. */
import type { FlowEvent } from '../../runtime/engine'
import { loadRecord } from '../records/load'
import type { HistoryKind } from '../records/history'
import { anyTable, type WriteContext } from '../use-cases/context'
import { apply, logOnRecord } from './apply'
import { flowOf, type Instance, type TrailEntry } from './instances'

/** `entry` is what the trail tells, without who and when; `kind` is that of the record's history. */
export async function act(ctx: WriteContext, instance: Instance, event: FlowEvent, entry: Omit<TrailEntry, 'at' | 'by'>, kind: HistoryKind = 'flow'): Promise<Instance> {
  const table = anyTable(ctx, instance.entity)
  const record = (await loadRecord(ctx, table, instance.record, true))!
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, ...entry })
  await logOnRecord(ctx, instance, record, kind, { event: entry.kind, ...(entry.node !== undefined && { node: entry.node }), comment: entry.comment ?? null })
  return apply(ctx, { instance, flow: await flowOf(ctx, instance), table, record }, event)
}

export async function decide(ctx: WriteContext, instance: Instance, key: string, decision: 'approve' | 'reject', comment: string | null): Promise<Instance> {
  const { node, round } = instance.state.tasks.find((t) => t.key === key)!
  return act(ctx, instance, { type: 'decide', task: key, decision }, { kind: decision === 'approve' ? 'approved' : 'rejected', node, round, comment }, 'decision')
}

export async function withdraw(ctx: WriteContext, instance: Instance, comment: string | null): Promise<Instance> {
  return act(ctx, instance, { type: 'withdraw' }, { kind: 'withdrawn', comment })
}
