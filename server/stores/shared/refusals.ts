/** What no store takes. */
import { StoreError, type Collection, type Column, type Stored, type StoredRow } from '../../ports/store'

export const badQuery = (message: string) => new StoreError('BAD_QUERY', message)

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A value as an error names it. */
export const shown = (value: unknown) => String(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).slice(0, 60)

/** Child rows as they must be: a list of objects with distinct ids and known columns. Null is no rows. */
export function checkedRows(collection: Collection, column: Column, value: Stored | undefined): StoredRow[] {
  const rows = (value ?? []) as StoredRow[]
  if (!Array.isArray(rows)) throw badQuery(`Column “${column.name}” (rows) cannot hold ${shown(value)}.`)
  const ids = new Set<string>()
  const known = new Set(['id', ...(column.rows ?? []).map((c) => c.name)])
  for (const row of rows) {
    if (typeof row?.id !== 'string' || row.id === '' || ids.has(row.id)) throw badQuery(`Every row of “${column.name}” needs an id of its own.`)
    ids.add(row.id)
    for (const key in row) if (!known.has(key)) throw badQuery(`Rows of ${collection.name}.${column.name} have no column “${key}”.`)
  }
  return rows
}

/** An index for documents where a column is empty, or is not, goes by null alone. */
export function checkOnly(collection: Collection, { name, kind, notBlank }: Column): void {
  if (kind !== 'int' && kind !== 'bool' && !(kind === 'text' && notBlank)) throw badQuery(`An index of ${collection.name} cannot be for documents with “${name}” empty or not: null is not all that is empty there.`)
}

/** Whether a value has more levels than every store takes: SQLite's JSON functions give up at 1,000, MongoDB's documents end at 100. */
export const nestsTooDeep = (value: unknown, levels = maxNesting): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => nestsTooDeep(member, levels - 1)))

const maxNesting = 200
