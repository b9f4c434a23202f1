/** Tables and indexes of a collection: created or extended; columns and tables are dropped only when that is asked for. */
import type { Collection, Column, Index } from '../../ports/store'
import { columnOf, idColumn, revColumn } from '../shared/plans'
import { badQuery, checkOnly } from '../shared/refusals'
import type { Connection } from './connection'
import { duplicate, duplicateColumns } from './errors'
import { childTable, planOf } from './plan'
import { dropSearch, ensureSearch, searchTables } from './search'
import { name } from './sql'

const types = { text: 'TEXT', int: 'INTEGER', bool: 'INTEGER', json: 'TEXT' } as const

/** The server's own bookkeeping. Names with an underscore in front are ours. */
export const ownTables = `
  CREATE TABLE IF NOT EXISTS _sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS _meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  ${searchTables}
  INSERT OR IGNORE INTO _meta VALUES ('version', 0);`

/** What was done, in words. Where there are many documents: the indexes that are still to be built, and those to be dropped once they are. */
export interface Ensured { done: string[]; indexes: MissingIndex[]; superfluous: string[] }
export interface MissingIndex { name: string; columns: string[]; statement: string }

/** Must run inside a transaction: a failure then leaves everything as it was. */
export async function ensureCollection(connection: Connection, collection: Collection): Promise<Ensured> {
  checkDefinition(collection)
  const done = ensureTable(connection, collection.name, collection.columns, '"id" TEXT NOT NULL PRIMARY KEY, "rev" INTEGER NOT NULL', '')
  for (const column of collection.columns) {
    if (column.kind === 'rows') done.push(...ensureChildTable(connection, collection, column))
  }
  const { missing: indexes, superfluous } = indexesToChange(connection, collection)
  const apart = indexes.length > 0 && hasMany(connection, collection)
  if (!apart) {
    for (const index of indexes) await createIndex(collection, index, (statement) => connection.exec(statement))
    dropIndexes(connection, superfluous)
  }
  done.push(...indexes.map((index) => `created index ${index.name}`), ...superfluous.map((index) => `dropped index ${index}`), ...ensureSearch(connection, planOf(collection)))
  return { done, ...(apart ? { indexes, superfluous } : { indexes: [], superfluous: [] }) }
}

/** Rows lie in the order in which they are read. */
function ensureChildTable(connection: Connection, collection: Collection, column: Column): string[] {
  const keys = '"parent" TEXT NOT NULL, "position" INTEGER NOT NULL, "id" TEXT NOT NULL'
  const table = childTable(collection, column)
  const done = ensureTable(connection, table, column.rows ?? [], keys, ', PRIMARY KEY ("parent", "position")', ' WITHOUT ROWID')
  for (const cell of column.rows ?? []) if (cell.indexed) connection.exec(`CREATE INDEX IF NOT EXISTS ${name(`rx:${table}(${cell.column})`)} ON ${name(table)} (${name(cell.column)}, "parent")`)
  return done
}

function ensureTable(connection: Connection, table: string, columns: Column[], keys: string, primaryKey: string, options = ''): string[] {
  const existing = new Map(connection.arrays('SELECT name, type FROM pragma_table_info(?)', [table]).map(([column, type]) => [String(column).toLowerCase(), type]))
  const flat = columns.filter((c) => c.kind !== 'rows')
  if (existing.size === 0) {
    connection.exec(`CREATE TABLE ${name(table)} (${[keys, ...flat.map(definition)].join(', ')}${primaryKey})${options}`)
    return [`created table ${table}`]
  }
  return flat.filter((column) => isMissing(existing, table, column)).map((column) => {
    connection.exec(`ALTER TABLE ${name(table)} ADD COLUMN ${definition(column)}`)
    return `added column ${column.column} (${column.name}) to ${table}`
  })
}

const typeOf = (column: Column) => types[column.kind as keyof typeof types]
const definition = (column: Column) => `${name(column.column)} ${typeOf(column)}`

function isMissing(existing: Map<string, unknown>, table: string, column: Column): boolean {
  const type = existing.get(column.column.toLowerCase())
  if (type !== undefined && type !== typeOf(column)) throw badQuery(`Column ${column.column} of ${table} is ${String(type)}; “${column.name}” (${column.kind}) needs a new column.`)
  return type === undefined
}

/** Building an index over more documents would hold up everything else. */
const many = 20_000
const hasMany = (connection: Connection, collection: Collection) => connection.row(`SELECT 1 FROM ${name(collection.name)} LIMIT 1 OFFSET ${many}`) !== undefined

function indexesToChange(connection: Connection, collection: Collection): { missing: MissingIndex[]; superfluous: string[] } {
  const wanted = new Map(collection.indexes.map((index) => wantedIndex(collection, index)).map((index) => [index.name, index]))
  const existing = new Set(connection.arrays("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name LIKE '_x:%'", [collection.name]).map(([index]) => String(index)))
  return { missing: [...wanted.values()].filter((index) => !existing.has(index.name)), superfluous: [...existing].filter((index) => !wanted.has(index)) }
}

/** Another process may have been quicker. */
export function dropIndexes(connection: Connection, superfluous: string[]): void {
  for (const index of superfluous) connection.exec(`DROP INDEX IF EXISTS ${name(index)}`)
}

/**
 * An index that documents are listed by has the id behind its columns, so that it gives them in page order; what it covers comes last. Of
 * a partial index SQLite knows that it covers a query only when it has the column of its own condition too.
 */
function wantedIndex(collection: Collection, { columns: named, unique = false, covers = [], only, totals }: Index): MissingIndex {
  const physical = (column: string) => columnOf(planOf(collection), column).column
  const columns = [...new Set([...named, ...(unique || totals ? [] : ['id']), ...covers, ...(only ? [only.column] : [])])].map(physical)
  const where = only ? ` WHERE ${name(physical(only.column))} IS ${only.empty ? '' : 'NOT '}NULL` : ''
  const index = `${unique ? 'u' : 'i'}x:${collection.name}(${columns.join(',')})${where.replaceAll('"', '')}`
  return { name: index, columns, statement: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${name(index)} ON ${name(collection.name)} (${columns.map(name).join(', ')})${where}` }
}

/** Duplicates are told by all columns of the index. */
export async function createIndex(collection: Collection, { columns, statement }: MissingIndex, execute: (statement: string) => void | Promise<void>): Promise<void> {
  try {
    await execute(statement)
  } catch (error) {
    throw duplicateColumns(error) ? duplicate(columns, collection.columns) : error
  }
}

function checkDefinition(collection: Collection): void {
  checkColumns(collection.name, [idColumn, revColumn, ...collection.columns])
  for (const column of collection.columns) {
    const fixed = ['id', 'parent', 'position'].map((key): Column => ({ name: key === 'id' ? key : '', column: key, kind: 'text' }))
    if (column.kind === 'rows') checkColumns(childTable(collection, column), [...fixed, ...(column.rows ?? [])])
    if (column.rows?.some((c) => c.kind === 'rows')) throw badQuery(`${collection.name}.${column.name}: rows inside rows cannot be stored.`)
  }
  const unsearchable = collection.search?.find((column) => columnOf(planOf(collection), column).kind !== 'text')
  if (unsearchable !== undefined) throw badQuery(`“${unsearchable}” of ${collection.name} is no text to search in.`)
  for (const { columns, covers = [], only } of collection.indexes) {
    checkIndex(collection, [...columns, ...covers])
    if (only) checkOnly(collection, columnOf(planOf(collection), only.column))
  }
}

function checkColumns(table: string, columns: Column[]): void {
  const repeated = (values: string[]) => values.find((value, i) => value !== '' && values.indexOf(value) !== i)
  const twice = repeated(columns.map((c) => c.name)) ?? repeated(columns.map((c) => c.column.toLowerCase()))
  if (twice !== undefined) throw badQuery(`${table} has column ${twice} twice.`)
}

function checkIndex(collection: Collection, columns: string[]): void {
  const rows = columns.find((column) => columnOf(planOf(collection), column).kind === 'rows')
  if (columns.length === 0 || rows !== undefined) throw badQuery(`An index of ${collection.name} needs columns of its own table${rows ? `; “${rows}” is a child table` : ''}.`)
}

/** SQLite drops no column that an index speaks of; the index would be wanted by nobody any more. */
export function dropColumn(connection: Connection, collection: Collection, column: Column): void {
  if (column.kind === 'rows') { connection.exec(`DROP TABLE IF EXISTS ${name(childTable(collection, column))}`); return }
  const there = connection.arrays('SELECT name FROM pragma_table_info(?) WHERE name = ?', [collection.name, column.column])
  if (there.length === 0) return
  const indexes = connection.arrays('SELECT i.name FROM pragma_index_list(?) i, pragma_index_info(i.name) c WHERE c.name = ?', [collection.name, column.column])
  dropSearch(connection, collection, column)
  for (const [index] of indexes) connection.exec(`DROP INDEX IF EXISTS ${name(String(index))}`)
  connection.exec(`ALTER TABLE ${name(collection.name)} DROP COLUMN ${name(column.column)}`)
}

export function dropCollection(connection: Connection, collection: Collection): void {
  const children = connection.arrays("SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, ?) = ?", [collection.name.length + 2, `${collection.name}__`])
  dropSearch(connection, collection)
  for (const [table] of [...children, [collection.name]]) connection.exec(`DROP TABLE IF EXISTS ${name(String(table))}`)
}
