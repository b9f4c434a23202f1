/** What to read of a collection and how rows become documents. */
import type { Column, StoredDoc } from '../../ports/store'
import type { Connection } from './connection'
import type { Param } from './driver'
import { columnOf, idColumn, revColumn, type Plan, type RowsPlan } from './plan'
import { literal, name } from './sql'
import { decode } from './values'

export interface Selection {
  /** `t."f_1" AS "amount", …` */
  readonly columns: string
  /** The same as one JSON object; absent when it has more columns than an SQL function takes arguments. */
  readonly json: string | undefined
  /** Columns whose stored value differs from the document's. */
  readonly decoded: Column[]
  readonly rows: RowsPlan[]
}

/** Users may choose what to read: so many choices are kept at hand. */
const maxSelections = 200

export function selectOf(plan: Plan, names: string[] | undefined): Selection {
  const key = names?.join() ?? '*'
  const known = plan.selections.get(key)
  if (known) return known
  if (plan.selections.size >= maxSelections) plan.selections.clear()
  const selection = makeSelection(plan, names)
  plan.selections.set(key, selection)
  return selection
}

function makeSelection(plan: Plan, names: string[] | undefined): Selection {
  const chosen = names ? [...new Set([idColumn, revColumn, ...names.map((n) => columnOf(plan, n))])] : plan.flat
  const flat = chosen.filter((c) => c.kind !== 'rows')
  const cell = (c: Column) => `t.${name(c.column)}`
  return {
    columns: flat.map((c) => `${cell(c)} AS ${name(c.name)}`).join(', '),
    json: flat.length > maxJsonColumns ? undefined : `json_object(${flat.map((c) => `${literal(c.name)}, ${cell(c)}`).join(', ')})`,
    decoded: flat.filter((c) => c.kind === 'bool' || c.kind === 'json'),
    rows: plan.rows.filter((r) => chosen.some((c) => c.name === r.name)),
  }
}

/** SQLite functions take up to 127 arguments, two of them a column. */
const maxJsonColumns = 63
/** As one text only where it stays small. */
const maxJsonRows = 1000

/** The documents of `FROM … WHERE … ORDER BY … LIMIT …`, at most `atMost` of them; child rows are not read yet. */
export function fetch(connection: Connection, selection: Selection, source: string, params: readonly Param[], atMost: number): StoredDoc[] {
  const docs = connection.fetchesAsJson && selection.json !== undefined && atMost <= maxJsonRows
    ? fetchText(connection, `SELECT '[' || group_concat(j) || ']' FROM (SELECT ${selection.json} AS j ${source})`, params)
    : connection.objects(`SELECT ${selection.columns} ${source}`, params)
  return decodeAll(docs as StoredDoc[], selection.decoded)
}

function fetchText(connection: Connection, text: string, params: readonly Param[]): unknown {
  const json = connection.row(text, params)?.[0]
  return typeof json === 'string' ? JSON.parse(json) : []
}

function decodeAll(docs: StoredDoc[], columns: Column[]): StoredDoc[] {
  if (columns.length === 0) return docs
  for (const doc of docs) for (const column of columns) doc[column.name] = decode(column.kind, doc[column.name])
  return docs
}

/** Reads the child rows that were asked for into documents. */
export function addRows(connection: Connection, selection: Selection, docs: StoredDoc[]): void {
  if (docs.length === 0) return
  const byId = new Map(docs.map((doc) => [doc.id, doc]))
  const parents = JSON.stringify([...byId.keys()])
  for (const rows of selection.rows) {
    for (const doc of docs) doc[rows.name] = []
    for (const cells of connection.arrays(rows.select, [parents])) {
      const list = byId.get(cells[0] as string)![rows.name] as unknown[]
      list.push(rowOf(rows, cells))
    }
  }
}

function rowOf(rows: RowsPlan, cells: unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = { id: cells[1] }
  rows.columns.forEach((column, i) => { row[column.name] = decode(column.kind, cells[i + 2]) })
  return row
}
