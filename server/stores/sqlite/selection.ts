/** What to read of a collection and how rows become documents. */
import type { Column, Stored, StoredDoc, StoredRow } from '../../ports/store'
import { columnOf, idColumn, revColumn, selections } from '../shared/plans'
import type { Connection } from './connection'
import type { Param } from './driver'
import { type Plan, type RowsPlan } from './plan'
import { jsonObject, name } from './sql'
import { decode } from './values'

export interface Selection {
  /** `t."f_1" AS "amount", …` */
  readonly columns: string
  /** The same as one JSON object, with the child rows. */
  readonly json: string
  /** Columns whose stored value differs from the document's. */
  readonly decoded: Column[]
  readonly rows: RowsPlan[]
  /** The same of child rows. */
  readonly decodedRows: { name: string; columns: Column[] }[]
}

export const selectOf = selections(makeSelection)

function makeSelection(plan: Plan, names: string[] | undefined): Selection {
  const chosen = names ? [...new Set([idColumn, revColumn, ...names.map((n) => columnOf(plan, n))])] : plan.flat
  const flat = chosen.filter((c) => c.kind !== 'rows')
  const rows = plan.rows.filter((r) => chosen.some((c) => c.name === r.name))
  const cell = (c: Column) => `t.${name(c.column)}`
  return {
    columns: flat.map((c) => `${cell(c)} AS ${name(c.name)}`).join(', '),
    json: jsonObject([...flat.map((c) => [c.name, cell(c)]), ...rows.map((r) => [r.name, r.json])]),
    decoded: flat.filter(isEncoded),
    rows,
    decodedRows: rows.map((r) => ({ name: r.name, columns: r.columns.filter(isEncoded) })).filter((r) => r.columns.length > 0),
  }
}

const isEncoded = ({ kind }: Column) => kind === 'bool' || kind === 'json'

/** As one text only where it stays small. */
const maxJsonRows = 1000

/** The documents of `FROM … WHERE … ORDER BY … LIMIT …`, at most `atMost` of them, with the child rows that were asked for. */
export function fetch(connection: Connection, selection: Selection, source: string, params: readonly Param[], atMost: number): StoredDoc[] {
  if (!connection.fetchesAsJson || atMost > maxJsonRows) return fetchObjects(connection, selection, source, params)
  const json = connection.row(`SELECT '[' || group_concat(j) || ']' FROM (SELECT ${selection.json} AS j ${source})`, params)?.[0]
  return typeof json === 'string' ? decodeAll(JSON.parse(json) as StoredDoc[], selection) : []
}

function fetchObjects(connection: Connection, selection: Selection, source: string, params: readonly Param[]): StoredDoc[] {
  const read = () => connection.objects(`SELECT ${selection.columns} ${source}`, params) as StoredDoc[]
  if (selection.rows.length === 0) return decodeAll(read(), selection)
  return connection.snapshot(() => {
    const docs = decodeAll(read(), selection)
    addRows(connection, selection, docs)
    return docs
  })
}

function decodeAll(docs: StoredDoc[], { decoded, decodedRows }: Selection): StoredDoc[] {
  if (decoded.length > 0) for (const doc of docs) decodeColumns(doc, decoded)
  for (const { name, columns } of decodedRows) for (const doc of docs) for (const row of (doc[name] ?? []) as StoredRow[]) decodeColumns(row, columns)
  return docs
}

function decodeColumns(values: { [column: string]: Stored }, columns: Column[]): void {
  for (const { name, kind } of columns) values[name] = decode(kind, values[name])
}

/** Reads the child rows that were asked for into documents. */
function addRows(connection: Connection, selection: Selection, docs: StoredDoc[]): void {
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
