import { fieldOf, type WireRecord } from '../../runtime/engine'
import { both, type Where } from '../../schemas/filters'
import type { Filter, View } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import type { Scalar, Sort } from '../ports/store'
import type { Table } from '../model/tables'
import { expandRecords, memberPaths, parsePaths, titlesFor } from '../records/expand'
import { withVolatile } from '../records/load'
import { searchWhere } from '../records/search'
import { mayAskFor, mayName, notDeleted, resolveFor, visibleThroughReferences, whereFor, asSeen } from '../records/visibility'
import { ownView, sortField } from './view-fit'
import { tableOf, type Context } from './context'

export interface ListQuery {
  filter?: Filter
  /** `-signedOn,name` */
  sort?: string
  /** 1 to 500; 50 unless given. */
  limit?: number
  cursor?: string
  /** From 1; instead of a cursor. */
  page?: number
  /** Names, also through references: name,customer.name. All but rows when left out. */
  fields?: string[]
  expand?: string
  /** Words to look for in the searchable fields. */
  q?: string
  count?: boolean
  /** A published view or the id of one's own, whose filter, sort and search words apply. */
  view?: string
  titles?: boolean
}
export interface ListResult { items: WireRecord[]; nextCursor: string | null; count?: number; titles?: Record<string, string> }

/** A page of the records this person may read. */
export async function listRecords(ctx: Context, entity: string, query: ListQuery): Promise<ListResult> {
  const table = tableOf(ctx, entity)
  const view = await viewOf(ctx, entity, query.view)
  const where = listWhere(ctx, table, { ...query, q: query.q ?? view?.q }, view)
  const sort = parseSort(ctx, table, query.sort?.split(',') ?? view?.sort?.filter((key) => mayName(ctx)(table.entity, key.replace(/^-/, ''))) ?? [])
  const limit = limitOf(query.limit)
  const visible = visibleThroughReferences(ctx)
  const plan = columnsFor(ctx, table, query.fields)
  const { after, offset } = position(query, limit)
  const columns = [...new Set([...plan.columns, ...sort.map((s) => s.column).filter((c) => c !== 'id')])]
  const docs = await ctx.store.find(table.collection, { where, visible, sort, limit: limit + 1, offset, after, columns })
  const page = docs.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = docs.length > limit && last ? writeCursor(sort.map((s) => last[s.column] as Scalar), last.id) : null
  const items = page.map((doc) => { const record = table.decode(doc); return plan.shape(plan.volatile ? withVolatile(ctx, table, record) : record) })
  const count = query.count ? await ctx.store.count(table.collection, { where, visible }) : undefined
  const titles = query.titles ? await titlesFor(ctx, table.entity, items, plan.columns) : undefined
  await expandRecords(ctx, table.entity, items, { ...memberPaths(query.fields ?? []), ...(query.expand && parsePaths(query.expand)) })
  return { items, nextCursor, ...(count !== undefined && { count }), ...(titles && { titles }) }
}

export function listWhere(ctx: Context, table: Table, query: Pick<ListQuery, 'filter' | 'q'>, view?: Looked): Where {
  return both(
    notDeleted,
    whereFor(ctx, table, 'read'),
    view?.filter && resolveFor(ctx, table, view.filter),
    query.filter === undefined ? undefined : resolveFor(ctx, table, query.filter),
    query.q ? searchWhere(ctx, table, query.q) : undefined,
  )!
}

type Looked = Pick<View, 'filter' | 'sort'> & { q?: string }

async function viewOf(ctx: Context, entity: string, name: string | undefined): Promise<Looked | undefined> {
  if (name === undefined) return undefined
  const view: Looked | undefined = ctx.model.catalog.views.get(entity)?.find((v) => v.name === name) ?? (await ownView(ctx, entity, name))
  if (!view) throw new AppError(404, 'noSuchDefinition', { kind: { en: 'view', zh: '视图' }, name })
  return view
}

function limitOf(limit = 50): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw new AppError(400, 'badRequest', { reason: 'limit 1…500' })
  return limit
}

function parseSort(ctx: Context, { entity, sortColumn }: Table, keys: string[]): Sort[] {
  return keys.filter(Boolean).slice(0, 5).map((key) => {
    const name = key.replace(/^-/, '')
    const column = sortField(ctx, entity, name)
    if (column === undefined) throw new AppError(400, 'badRequest', { reason: `sort: ${name}` })
    return { column: column === 'id' ? column : sortColumn(column), descending: key.startsWith('-') }
  })
}

interface ColumnPlan { columns: string[]; volatile: boolean; shape: (record: WireRecord) => WireRecord }

/** Which columns to read for the wanted fields, and how to cut the record down to them again. */
function columnsFor(ctx: Context, table: Table, fields: string[] | undefined): ColumnPlan {
  const { entity } = table
  const hasVolatile = entity.steps.some((s) => s.field.volatile)
  if (!fields) return { columns: table.flat, volatile: hasVolatile, shape: (r) => asSeen(ctx, entity, r) }
  const names = [...new Set(fields.map((f) => f.split('.')[0]!))].filter((n) => n !== 'id' && n !== 'rev')
  const found = names.map((n) => fieldOf(entity, n))
  const unknown = names.find((_, i) => !found[i] || !mayAskFor(ctx)(entity, found[i].name))
  if (unknown !== undefined) throw new AppError(400, 'badRequest', { reason: `fields: ${unknown}` })
  const columns = found.map((f) => f!.name)
  const volatile = found.some((f) => f!.volatile)
  // Under the names that were asked for, former ones included.
  const pick = (record: WireRecord) => {
    const seen = asSeen(ctx, entity, record)
    const picked: WireRecord = { id: record.id, rev: record.rev }
    names.forEach((name, i) => { picked[name] = seen[columns[i]!] ?? null })
    return picked
  }
  return volatile ? { columns: table.flat, volatile, shape: pick } : { columns: [...new Set(columns)], volatile, shape: pick }
}

function position(query: ListQuery, limit: number): { after?: { values: Scalar[]; id: string }; offset?: number } {
  if (query.cursor) return { after: readCursor(query.cursor) }
  if (query.page === undefined) return {}
  if (!Number.isInteger(query.page) || query.page < 1 || query.page > 100_000) throw new AppError(400, 'badRequest', { reason: 'page' })
  return { offset: (query.page - 1) * limit }
}

const writeCursor = (values: Scalar[], id: string) => Buffer.from(JSON.stringify([values, id])).toString('base64url')

function readCursor(cursor: string): { values: Scalar[]; id: string } {
  try {
    const [values, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [Scalar[], string]
    if (Array.isArray(values) && typeof id === 'string') return { values, id }
  } catch { /* falls through: whatever it is, it is no cursor of ours */ }
  throw new AppError(400, 'badRequest', { reason: 'cursor' })
}
