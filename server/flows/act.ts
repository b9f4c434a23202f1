/** What happens to a running instance: noted in its trail and in the record's history, then applied. */
import type { FlowEvent, WireRecord } from '../../runtime/engine'
import { loadRecord } from '../records/load'
import type { HistoryKind } from '../records/history'
import { anyTable, type WriteContext } from '../use-cases/context'
import { apply, logOnRecord, save } from './apply'
import { flowOf, type Instance, type TrailEntry } from './instances'

/** `entry` is what the trail tells, without who and when; `kind` is that of the record's history; `known` is the record where it was read already. */
export async function act(ctx: WriteContext, instance: Instance, event: FlowEvent, entry: Omit<TrailEntry, 'at' | 'by'>, kind: HistoryKind = 'flow', known?: WireRecord): Promise<Instance> {
  const table = anyTable(ctx, instance.entity)
  const record = known ?? (await loadRecord(ctx, table, instance.record, true))!
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, ...entry })
  await logOnRecord(ctx, instance, record, kind, { event: entry.kind, ...(entry.node !== undefined && { node: entry.node }), comment: entry.comment ?? null, ...(entry.onBehalfOf !== undefined && { onBehalfOf: entry.onBehalfOf }), ...(entry.people && { people: entry.people }) })
  return apply(ctx, { instance, flow: await flowOf(ctx, instance), table, record }, event)
}

export async function withdraw(ctx: WriteContext, instance: Instance, comment: string | null): Promise<Instance> {
  return act(ctx, instance, { type: 'withdraw' }, { kind: 'withdrawn', comment })
}

/** Notes in the trail what changes nothing else. */
export async function note(ctx: WriteContext, instance: Instance, entry: Omit<TrailEntry, 'at' | 'by'>): Promise<Instance> {
  const record = await loadRecord(ctx, anyTable(ctx, instance.entity), instance.record, true)
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, ...entry })
  if (record) await logOnRecord(ctx, instance, record, 'flow', { event: entry.kind, comment: entry.comment ?? null, ...(entry.people && { people: entry.people }) })
  await save(ctx, instance)
  return instance
}
