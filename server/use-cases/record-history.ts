import { fieldAccess } from '../../runtime/engine'
import { collections } from '../model/collections'
import type { FieldChange } from '../records/history'
import { addTitles } from '../records/expand'
import { visibleRecord } from '../records/load'
import { readerOf, type Context } from './context'

export interface HistoryItem { id: string; at: string; by: string; path: string; kind: string; rev: number; changes: FieldChange[]; data: { [k: string]: unknown } }

/** What happened to a record, newest first, without fields the person may not see. */
export async function recordHistory(ctx: Context, entity: string, id: string, limit = 100): Promise<{ items: HistoryItem[]; titles: Record<string, string> }> {
  const { table } = await visibleRecord(ctx, entity, id, { deleted: true })
  const docs = await readerOf(ctx).find(collections.history, { where: { path: ['record'], op: 'eq', value: id }, sort: [{ column: 'at', descending: true }], limit: Math.min(limit, 500) })
  const visible = (name: string) => fieldAccess(ctx.access.entity(entity), table.entity, name) !== 'hidden'
  const items = docs.map((d): HistoryItem => ({
    id: d.id, at: d.at as string, by: d.by as string, path: d.path as string, kind: d.kind as string, rev: d.recordRev as number,
    changes: ((d.changes as FieldChange[] | null) ?? []).filter((c) => visible(c.field)), data: (d.data ?? {}) as { [k: string]: unknown },
  }))
  return { items, titles: await titlesOf(ctx, table.entity.fields, items) }
}

async function titlesOf(ctx: Context, fields: Map<string, { refersTo?: string }>, items: HistoryItem[]): Promise<Record<string, string>> {
  const titles: Record<string, string> = {}
  for (const item of items) { const name = ctx.model.directory.nameOf(item.by); if (name !== undefined) titles[item.by] = name }
  const wanted = new Map<string, string[]>()
  for (const { field, from, to } of items.flatMap((i) => i.changes)) {
    const target = fields.get(field)?.refersTo
    if (target) wanted.set(target, [...(wanted.get(target) ?? []), ...[from, to].flat().filter((v): v is string => typeof v === 'string')])
  }
  for (const [entity, ids] of wanted) await addTitles(ctx, entity, [...new Set(ids)], titles)
  return titles
}
