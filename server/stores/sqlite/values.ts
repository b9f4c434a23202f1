/** Values on their way into the database and back. */
import type { StorageKind } from '../../../schemas/field-types/field-type'
import type { Column, Scalar, Stored } from '../../ports/store'
import { badQuery, nestsTooDeep, shown } from '../shared/refusals'
import type { Param } from './driver'

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
  json: (value) => (nestsTooDeep(value) ? undefined : JSON.stringify(value)),
}

const operands: Record<Exclude<Flat, 'json'>, (value: Scalar | Scalar[]) => Param | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: encoders.int,
  bool: encoders.bool,
}
