/** What happened to a record, kept with the change that caused it. */
import { equalValues, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import { collections } from '../model/collections'
import type { Stored } from '../ports/store'
import { readerOf, type Context, type WriteContext } from '../use-cases/context'

export type HistoryKind = 'created' | 'changed' | 'reverted' | 'deleted' | 'restored' | 'purged' | 'merged' | 'unmerged' | 'stage' | 'version' | 'checklist' | 'action' | 'flow' | 'decision' | 'shared' | 'unshared'
export interface FieldChange { field: string; from: unknown; to: unknown }

/** Differences in what people wrote; derived values can be derived again and are left out. */
export function changesBetween(entity: CompiledEntity, before: WireRecord, after: WireRecord): FieldChange[] {
  return [...entity.own, entity.fields.get('owner')!]
    .filter((f) => (!f.computed || f.type.numbered) && !equalValues(before[f.name], after[f.name]))
    .map((f) => ({ field: f.name, from: before[f.name] ?? null, to: after[f.name] ?? null }))
}

export async function addHistory(ctx: WriteContext, entity: string, record: WireRecord, kind: HistoryKind, changes: FieldChange[], data: { [k: string]: unknown } = {}) {
  await ctx.tx.insert(collections.history, [{
    id: ctx.newId(), rev: 1, entity, record: record.id!, recordRev: record.rev!, at: ctx.clock.now(), by: ctx.me.id, path: ctx.path, origin: ctx.origin, kind,
    changes: changes as unknown as Stored, data: ctx.decidedBy === undefined ? data : { ...data, decidedBy: ctx.decidedBy },
  }])
}

export interface Deletion { at: string; by: string; data: { mergedInto?: string } }

/** How a record in the bin came there. */
export async function deletionOf(ctx: Context, record: string): Promise<Deletion | undefined> {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record }, { path: ['kind'], op: 'eq' as const, value: 'deleted' }] }
  const [doc] = await readerOf(ctx).find(collections.history, { where, sort: [{ column: 'at', descending: true }], limit: 1 })
  return doc && { at: doc.at as string, by: doc.by as string, data: (doc.data ?? {}) as Deletion['data'] }
}
