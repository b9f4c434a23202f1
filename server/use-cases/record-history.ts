import { presentRows, type CompiledEntity, type CompiledField } from '../../runtime/engine'
import { systemEntities } from '../../schemas/system'
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import type { FieldChange } from '../records/history'
import type { Created } from '../effects'
import { addTitles, namedAsSeen, titlesFor } from '../records/expand'
import { maskedValue } from '../records/visibility'
import { visibleRecord } from '../records/load'
import { readerOf, type Context } from './context'

/** `path`: what made the change; `origin`: where the command came in (null: kept before origins were). */
export interface HistoryItem { id: string; at: string; by: string; path: string; origin: string | null; kind: string; rev: number; changes: FieldChange[]; data: { [k: string]: unknown } }
export interface HistoryOptions { /** Only events that changed it; its former names count. */ field?: string; limit?: number }

const page = 200

/** What happened to a record, newest first, without fields the person may not see. */
export async function recordHistory(asking: Context, entity: string, id: string, { field, limit = 100 }: HistoryOptions = {}): Promise<{ items: HistoryItem[]; titles: Record<string, string> }> {
  const { table, seen: ctx } = await visibleRecord(asking, entity, id, { deleted: true })
  const wanted = field === undefined ? undefined : (table.entity.aliases.get(field) ?? field)
  const most = Math.min(limit, 500)
  const items: HistoryItem[] = []
  for (let offset = 0; items.length < most; offset += page) {
    const docs = await readerOf(ctx).find(collections.history, { where: { path: ['record'], op: 'eq', value: id }, sort: [{ column: 'at', descending: true }], limit: page, offset })
    items.push(...docs.flatMap((doc) => itemAsSeen(ctx, table.entity, doc)).filter((item) => wanted === undefined || item.changes.some((c) => c.field === wanted)).slice(0, most - items.length))
    if (docs.length < page) break
  }
  const told = await createdAsSeen(ctx, items)
  return { items: told, titles: await titlesOf(ctx, table.entity, told) }
}

/** Nothing of an event that changed hidden fields only. */
export function itemAsSeen(ctx: Context, entity: CompiledEntity, doc: StoredDoc): HistoryItem[] {
  const stored = (doc.changes as FieldChange[] | null) ?? []
  const changes = stored.flatMap((c) => changeAsSeen(ctx, entity, c))
  if (doc.kind === 'changed' && stored.length > 0 && changes.length === 0) return []
  return [{
    id: doc.id, at: doc.at as string, by: doc.by as string, path: doc.path as string, origin: (doc.origin as string | null) ?? null, kind: doc.kind as string, rev: doc.recordRev as number,
    changes, data: dataAsSeen(ctx, entity, doc),
  }]
}

/** Nothing of a hidden field; of a masked one that it changed. */
function changeAsSeen(ctx: Context, entity: CompiledEntity, { field: name, ...change }: FieldChange): FieldChange[] {
  const field = entity.aliases.get(name) ?? name
  const [from, to] = [change.from, change.to].map((value) => rowsAsTheyAre(entity.fields.get(field), value))
  const right = entity.fields.has(field) ? ctx.access.entity(entity.name)?.fields.get(field) : 'hidden'
  if (right === 'hidden') return []
  return [right === 'mask' ? { field, from: maskedValue(entity, field, from), to: maskedValue(entity, field, to) } : { field, from, to }]
}

/** Rows in the columns there are now. */
function rowsAsTheyAre(field: CompiledField | undefined, value: unknown): unknown {
  if (!field?.rows || !Array.isArray(value)) return value
  const known = new Set(['id', ...field.rows.map((c) => c.name)])
  return (presentRows(field, value) as object[]).map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name))))
}

const stageWords = ['from', 'to', 'fromLabel', 'toLabel']

/** A move says nothing of its stages to who may not see the stage. */
function dataAsSeen(ctx: Context, entity: CompiledEntity, { kind, data }: StoredDoc): HistoryItem['data'] {
  const told = (data ?? {}) as HistoryItem['data']
  const stage = entity.definition.pipeline?.stageField
  const right = stage === undefined ? undefined : ctx.access.entity(entity.name)?.fields.get(stage)
  if ((kind !== 'stage' && kind !== 'version') || (right !== 'hidden' && right !== 'mask')) return told
  return Object.fromEntries(Object.entries(told).filter(([name]) => !stageWords.includes(name)))
}

/** What an action made is told by name only as far as the person may see it. */
async function createdAsSeen(ctx: Context, items: HistoryItem[]): Promise<HistoryItem[]> {
  return Promise.all(items.map(async (item) => (Array.isArray(item.data.created) ? { ...item, data: { ...item.data, created: await namedAsSeen(ctx, item.data.created as Created[]) } } : item)))
}

/** Names of the people and of everything that values, made records and merges lead to. */
async function titlesOf(ctx: Context, entity: CompiledEntity, items: HistoryItem[]): Promise<Record<string, string>> {
  const names = new Set(items.flatMap(({ changes }) => changes.map((c) => c.field)))
  const values = items.flatMap(({ changes }) => changes.flatMap(({ field, from, to }) => [{ [field]: from }, { [field]: to }]))
  const titles = await titlesFor(ctx, entity, values.filter(unmasked(entity)), names)
  for (const { data } of items) for (const { id, title } of (data.created as Created[] | undefined) ?? []) if (title !== '') titles[id] = title
  const ids = (wanted: (item: HistoryItem) => unknown[]) => items.flatMap(wanted).flat().filter((id): id is string => typeof id === 'string')
  await addTitles(ctx, systemEntities.user, ids(({ by, data }) => [by, data.decidedBy, data.grantee, data.people]), titles)
  await addTitles(ctx, systemEntities.department, ids(({ data }) => [data.grantee]), titles)
  await addTitles(ctx, entity.name, ids(({ data }) => [data.mergedInto, data.merged]), titles)
  return titles
}

/** A masked value is a text where ids or rows are expected. */
const unmasked = ({ fields }: CompiledEntity) => (values: { [field: string]: unknown }) => Object.entries(values).every(([name, value]) => !fields.get(name)?.rows || value === null || Array.isArray(value))
