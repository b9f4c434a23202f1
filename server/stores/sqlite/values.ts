/** Values on their way into the database and back. */
import type { StorageKind } from '../../../schemas/field-types/field-type'
import type { Collection, Column, Scalar, Stored, StoredRow } from '../../ports/store'
import type { Param } from './driver'
import { badQuery } from './errors'

type Flat = Exclude<StorageKind, 'rows'>

/** The stored form of a document's value, or BAD_QUERY when the column cannot hold it. */
export function encode(column: Column, value: Stored | undefined): Param {
  if (value === null || value === undefined) return null
  const encoded = column.kind === 'rows' ? undefined : encoders[column.kind](value)
  if (encoded === undefined) throw badQuery(`Column “${column.name}” (${column.kind}) cannot hold ${shown(value)}.`)
  return encoded
}

/** The stored form of a value to compare a column with; null is not one. */
export function operand(column: Column, value: Scalar | Scalar[] | undefined): Param {
  const encoded = column.kind === 'rows' || column.kind === 'json' || value === undefined || value === null ? undefined : operands[column.kind](value)
  if (encoded === undefined) throw badQuery(`Column “${column.name}” (${column.kind}) cannot be compared with ${shown(value)}.`)
  return encoded
}

export function decode(kind: StorageKind, stored: unknown): Stored {
  if (stored === null) return null
  if (kind === 'bool') return stored === 1 || stored === 1n
  return kind === 'json' ? JSON.parse(stored as string) as Stored : stored as Stored
}

const encoders: Record<Flat, (value: Stored) => Param | undefined> = {
  // libsql cuts a text at a NUL when it reads it back.
  text: (value) => (typeof value === 'string' && !value.includes('\0') ? value : undefined),
  int: (value) => (Number.isSafeInteger(value) ? value as number : undefined),
  bool: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  json: (value) => (nests(value, maxNesting) ? undefined : JSON.stringify(value)),
}

const operands: Record<Exclude<Flat, 'json'>, (value: Scalar | Scalar[]) => Param | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: encoders.int,
  bool: encoders.bool,
}

/** SQLite's JSON functions give up at 1,000 levels; a document that could be written but not filtered would be a trap. */
const maxNesting = 200
const nests = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => nests(member, levels - 1)))

/** Child rows as they must be: a list of objects with distinct ids and known columns. */
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

const shown = (value: unknown) => String(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).slice(0, 60)
