import type { CompiledEntity } from '../../runtime/engine'
import { collections } from '../model/collections'
import type { FieldChange } from '../records/history'
import type { Created } from '../effects'
import { addTitles, namedAsSeen } from '../records/expand'
import { maskedValue } from '../records/visibility'
import { visibleRecord } from '../records/load'
import { readerOf, type Context } from './context'

export interface HistoryItem { id: string; at: string; by: string; path: string; kind: string; rev: number; changes: FieldChange[]; data: { [k: string]: unknown } }

/** What happened to a record, newest first, without fields the person may not see. */
export async function recordHistory(ctx: Context, entity: string, id: string, limit = 100): Promise<{ items: HistoryItem[]; titles: Record<string, string> }> {
  const { table } = await visibleRecord(ctx, entity, id, { deleted: true })
  const docs = await readerOf(ctx).find(collections.history, { where: { path: ['record'], op: 'eq', value: id }, sort: [{ column: 'at', descending: true }], limit: Math.min(limit, 500) })
  const items = docs.map((d): HistoryItem => ({
    id: d.id, at: d.at as string, by: d.by as string, path: d.path as string, kind: d.kind as string, rev: d.recordRev as number,
    changes: ((d.changes as FieldChange[] | null) ?? []).flatMap((c) => changeAsSeen(ctx, table.entity, c)), data: (d.data ?? {}) as { [k: string]: unknown },
  }))
  return { items: await createdAsSeen(ctx, items), titles: await titlesOf(ctx, table.entity.fields, items) }
}

/** Nothing of a hidden field; of a masked one that it changed. */
function changeAsSeen(ctx: Context, entity: CompiledEntity, { field, from, to }: FieldChange): FieldChange[] {
  const right = entity.fields.has(field) ? ctx.access.entity(entity.name)?.fields.get(field) : 'hidden'
  if (right === 'hidden') return []
  return [right === 'mask' ? { field, from: maskedValue(entity, field, from), to: maskedValue(entity, field, to) } : { field, from, to }]
}

/** What an action made is told by name only as far as the person may see it. */
async function createdAsSeen(ctx: Context, items: HistoryItem[]): Promise<HistoryItem[]> {
  return Promise.all(items.map(async (item) => (Array.isArray(item.data.created) ? { ...item, data: { ...item.data, created: await namedAsSeen(ctx, item.data.created as Created[]) } } : item)))
}

async function titlesOf(ctx: Context, fields: Map<string, { refersTo?: string }>, items: HistoryItem[]): Promise<Record<string, string>> {
  const titles: Record<string, string> = {}
  for (const item of items) { const name = ctx.model.directory.nameOf(item.by); if (name !== undefined) titles[item.by] = name }
  for (const { data } of items) { const name = typeof data.grantee === 'string' ? ctx.model.directory.nameOf(data.grantee) ?? ctx.model.directory.departmentName(data.grantee) : undefined; if (name !== undefined) titles[data.grantee as string] = name }
  const wanted = new Map<string, string[]>()
  for (const { field, from, to } of items.flatMap((i) => i.changes)) {
    const target = fields.get(field)?.refersTo
    if (target) wanted.set(target, [...(wanted.get(target) ?? []), ...[from, to].flat().filter((v): v is string => typeof v === 'string')])
  }
  for (const [entity, ids] of wanted) await addTitles(ctx, entity, [...new Set(ids)], titles)
  return titles
}
