/** Values on their way into the database and back. Null is an absent field, so old documents need not be filled when columns are added. */
import type { StorageKind } from '../../../schemas/field-types/field-type'
import type { Collection, Column, Scalar, Stored, StoredRow } from '../../ports/store'
import { badQuery, checkedRows, nestsTooDeep, shown } from '../shared/refusals'
import { fieldOf } from './plan'

type Flat = Exclude<StorageKind, 'rows'>
/** What a field holds: an integer as bigint, so that it becomes a 64-bit number in BSON; a list or an object as `Packed`. */
export type Value = string | bigint | boolean | Packed | Fields[]
/** A document or a row as MongoDB has it, by field. */
export interface Fields { [field: string]: Value }
/**
 * JSON as text: MongoDB's own documents give keys with `$` and `.` a meaning, end at 100 levels, and a comparison with a list is one
 * with its elements. `e` holds a list's texts, numbers and booleans, for “contains”.
 */
interface Packed { t: string; e?: (string | number | boolean)[] }

/** The stored form of a document's value, undefined for null; BAD_QUERY when the column cannot hold it. */
export function encode(collection: Collection, column: Column, value: Stored | undefined): Value | undefined {
  if (value === null || value === undefined) return undefined
  if (column.kind === 'rows') return encodeRows(collection, column, value)
  const encoded = encoders[column.kind](value)
  if (encoded === undefined) throw badQuery(`Column “${column.name}” (${column.kind}) cannot hold ${shown(value)}.`)
  return encoded
}

/** The stored form of a value to compare a column with; null is not one. */
export function operand(column: Column, value: Scalar | Scalar[] | undefined): Value {
  const encoded = column.kind === 'rows' || column.kind === 'json' || value === undefined || value === null ? undefined : operands[column.kind](value)
  if (encoded === undefined) throw badQuery(`Column “${column.name}” (${column.kind}) cannot be compared with ${shown(value)}.`)
  return encoded
}

/** From what the driver gives; 64-bit numbers come as numbers. */
export function decode(column: Column, stored: unknown): Stored {
  if (column.kind === 'rows') return ((stored ?? []) as Record<string, unknown>[]).map((row) => decodeRow(column, row))
  if (stored === undefined || stored === null) return null
  return column.kind === 'json' ? JSON.parse((stored as Packed).t) as Stored : stored as Stored
}

const encoders: Record<Flat, (value: Stored) => Value | undefined> = {
  // Another store may cut a text at a NUL; none takes one.
  text: (value) => (typeof value === 'string' && !value.includes('\0') ? value : undefined),
  int: (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  json: (value) => (nestsTooDeep(value) ? undefined : packed(value)),
}

const operands: Record<Exclude<Flat, 'json'>, (value: Scalar | Scalar[]) => Value | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: encoders.int,
  bool: encoders.bool,
}

function packed(value: Stored): Packed {
  const elements = Array.isArray(value) ? (value as unknown[]).filter((e) => ['string', 'number', 'boolean'].includes(typeof e)) as Packed['e'] : []
  return { t: JSON.stringify(value), ...(elements!.length > 0 && { e: elements }) }
}

/** No rows are an absent field, like null. */
function encodeRows(collection: Collection, column: Column, value: Stored): Fields[] | undefined {
  const rows = checkedRows(collection, column, value)
  return rows.length === 0 ? undefined : rows.map((row) => ({ id: row.id, ...fieldsOf(collection, column.rows ?? [], row) }))
}

/** The fields of the columns that are not null. */
export function fieldsOf(collection: Collection, columns: Column[], values: Record<string, Stored>): Fields {
  const fields: Fields = {}
  for (const column of columns) {
    const value = encode(collection, column, values[column.name])
    if (value !== undefined) fields[fieldOf(column)] = value
  }
  return fields
}

function decodeRow(column: Column, stored: Record<string, unknown>): StoredRow {
  const row: StoredRow = { id: stored.id as string }
  for (const cell of column.rows ?? []) row[cell.name] = decode(cell, stored[fieldOf(cell)])
  return row
}
