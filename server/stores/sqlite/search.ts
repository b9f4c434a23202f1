/**
 * Search indexes: for each column that parts are looked for in, an FTS5 table of the pairs of neighbouring characters. A text occurs
 * where its pairs stand one after the other, so that `contains` gives what LIKE gives, from two characters on, in any script.
 * Rows have the rowids of their documents; within a transaction they lag behind (texts.ts). Which tables there are, and how far they are filled, is in `_search`.
 */
import type { Collection, Column, Query, Where } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { conjuncts } from './conjuncts'
import type { Connection } from './connection'
import { isMuch } from './much'
import { type Plan } from './plan'
import { join, name, raw, sql, type Sql } from './sql'

/** Conditions of a query that search indexes answer, as SQL. */
export type Searched = ReadonlyMap<Where, Sql>

/**
 * The conditions that must hold anyway and match so few documents that these are looked up one by one; undefined when there are none
 * and looking through the documents is less work.
 */
export function searched(connection: Connection, plan: Plan, where: Query['where'], most: number): Searched | undefined {
  if (!plan.collection.search?.length || connection.texts.lagBehind(plan)) return undefined
  const found = conjuncts(where).flatMap((part) => { const matching = matchingOf(connection, plan, part); return matching && !isMuch(connection, plan, matching, most) ? [[part, sql`t.rowid IN (${matching})`] as const] : [] })
  return found.length > 0 ? new Map(found) : undefined
}

/** The rowids of the documents where a text occurs in one of some columns, if all of these have a filled index. */
function matchingOf(connection: Connection, plan: Plan, part: Where): Sql | undefined {
  const parts = ('or' in part ? part.or : [part]).filter((p) => !('or' in p && p.or.length === 0))
  const found = parts.map((p) => matchingOne(connection, plan, p))
  return parts.length > 0 && found.every((f) => f !== undefined) ? join(found, ' UNION ALL ') : undefined
}

function matchingOne(connection: Connection, plan: Plan, part: Where): Sql | undefined {
  if (!('op' in part) || part.op !== 'contains' || typeof part.value !== 'string' || part.value.length > maxPhrase) return undefined
  const table = tableFor(connection, plan, part.path)
  const phrase = pairs(part.value)
  return table !== undefined && phrase !== '' ? sql`SELECT rowid FROM ${raw(name(table))} WHERE pairs MATCH ${`"${phrase}"`}` : undefined
}

/** Longer texts are rare enough without. */
const maxPhrase = 200

function tableFor(connection: Connection, { collection, columns }: Plan, path: string[]): string | undefined {
  if (!Array.isArray(path) || path.length !== 1 || !collection.search!.includes(path[0]!)) return undefined
  const table = searchTable(collection, columns.get(path[0]!)!)
  return connection.row('SELECT 1 FROM _search WHERE name = ? AND filled = 1', [table]) ? table : undefined
}

/** Neighbouring characters, eight letters and digits each pair; letters of ASCII without regard to case, as in LIKE. */
export function pairs(text: string): string {
  const codes = Array.from(text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()), (char) => char.codePointAt(0)!.toString(36).padStart(4, '0'))
  return codes.slice(1).map((code, i) => codes[i]! + code).join(' ')
}

const searchTable = ({ name: collection }: Collection, { column }: Column) => `s:${collection}(${column})`
export const indexedColumns = (plan: Plan): Column[] => (plan.collection.search ?? []).map((named) => columnOf(plan, named))

export const isIndexed = (connection: Connection, { collection }: Plan, column: Column) => connection.row('SELECT 1 FROM _search WHERE name = ?', [searchTable(collection, column)]) !== undefined

/** Takes a column of a document into its index; nothing happens when the document is gone. */
export const indexText = (connection: Connection, plan: Plan, column: Column, id: string, value: string | null) => replaceText(connection, plan, column, sql`"id" = ${id}`, value)

function replaceText(connection: Connection, { collection, table }: Plan, column: Column, document: Sql, value: string | null): void {
  const index = raw(name(searchTable(collection, column)))
  const text = pairs(value ?? '')
  if (text === '') run(connection, sql`DELETE FROM ${index} WHERE rowid = (SELECT rowid FROM ${raw(table)} WHERE ${document})`)
  else run(connection, sql`REPLACE INTO ${index} (rowid, pairs) SELECT rowid, ${text} FROM ${raw(table)} WHERE ${document}`)
}

/** Before the documents go. */
export function forgetTexts(connection: Connection, plan: Plan, listed: Sql): void {
  for (const column of indexedColumns(plan)) run(connection, sql`DELETE FROM ${raw(name(searchTable(plan.collection, column)))} WHERE rowid IN (SELECT rowid FROM ${raw(plan.table)} WHERE "id" IN ${listed})`)
}

const run = (connection: Connection, { text, params }: Sql) => connection.run(text, params)

export const searchTables = 'CREATE TABLE IF NOT EXISTS _search (name TEXT PRIMARY KEY, position INTEGER NOT NULL, filled INTEGER NOT NULL) WITHOUT ROWID;'

/** Creates the indexes that are wanted, empty, and empties those that are not: a process that does not know yet may still write to them. */
export function ensureSearch(connection: Connection, plan: Plan): string[] {
  const wanted = new Set(indexedColumns(plan).map((column) => searchTable(plan.collection, column)))
  const known = knownTables(connection, plan.collection)
  const names = new Set(known.map(([table]) => table))
  const created = [...wanted].filter((table) => !names.has(table))
  for (const table of created) {
    connection.exec(`CREATE VIRTUAL TABLE ${name(table)} USING fts5(pairs, content='', contentless_delete=1, tokenize='ascii')`)
    connection.run('INSERT INTO _search VALUES (?, 0, 0)', [table])
  }
  const superfluous = known.filter(([table, position, filled]) => !wanted.has(table) && (position !== 0 || filled !== 0)).map(([table]) => table)
  for (const table of superfluous) {
    connection.exec(`INSERT INTO ${name(table)} (${name(table)}) VALUES ('delete-all')`)
    connection.run('UPDATE _search SET position = 0, filled = 0 WHERE name = ?', [table])
  }
  return [...created.map((table) => `created search index ${table}`), ...superfluous.map((table) => `emptied search index ${table}`)]
}

const knownTables = (connection: Connection, { name: collection }: Collection) =>
  connection.arrays('SELECT name, position, filled FROM _search WHERE substr(name, 1, ?) = ?', [collection.length + 3, `s:${collection}(`]) as [string, number, number][]

/** Of one column, or of all. */
export function dropSearch(connection: Connection, collection: Collection, column?: Column): void {
  for (const [table] of knownTables(connection, collection)) {
    if (column && table !== searchTable(collection, column)) continue
    connection.exec(`DROP TABLE ${name(table)}`)
    connection.run('DELETE FROM _search WHERE name = ?', [table])
  }
}

const batch = 500

/** Takes some more of the documents that were there before the index; false when there are none left. Other writers come in between. */
export function fillSearch(connection: Connection, plan: Plan): boolean {
  const column = indexedColumns(plan).find((c) => connection.row('SELECT 1 FROM _search WHERE name = ? AND filled = 0', [searchTable(plan.collection, c)]))
  if (!column) return false
  const table = searchTable(plan.collection, column)
  const [position] = connection.row('SELECT position FROM _search WHERE name = ?', [table])! as [number]
  const rows = connection.arrays(`SELECT rowid, ${name(column.column)} FROM ${plan.table} WHERE rowid > ? ORDER BY rowid LIMIT ${batch}`, [position]) as [number, string | null][]
  for (const [rowid, text] of rows) replaceText(connection, plan, column, sql`rowid = ${rowid}`, text)
  connection.run('UPDATE _search SET position = ?, filled = ? WHERE name = ?', [rows.at(-1)?.[0] ?? position, Number(rows.length < batch), table])
  return true
}
