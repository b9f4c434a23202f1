/** What each operator means in MongoDB. Null is an absent field: `$ne` and `$nin` hold for it, the comparisons do not. */
import type { Column, PrimitiveOp, Scalar } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { nothing, type Match } from './match'
import { operand } from './values'

/** A column and the path of its field from the document at hand. */
export interface Target { column: Column; field: string }
type Operand = Scalar | Scalar[] | undefined
type Operator = (target: Target, value: Operand) => Match

const compare = (operator: string): Operator => ({ column, field }, value) => ({ [field]: { [operator]: operand(column, value) } })
const listed = (operator: string): Operator => ({ column, field }, value) => ({ [field]: { [operator]: list(column, value) } })

export const operators: Record<PrimitiveOp, Operator> = {
  eq: compare('$eq'),
  ne: compare('$ne'),
  lt: compare('$lt'),
  lte: compare('$lte'),
  gt: compare('$gt'),
  gte: compare('$gte'),
  in: listed('$in'),
  nin: listed('$nin'),
  contains: (target, value) => (target.column.kind === 'json' ? hasElement(target, value) : like(target, value, '')),
  startsWith: (target, value) => like(target, value, '^'),
  empty,
}

function list(column: Column, value: Operand) {
  if (!Array.isArray(value)) throw badQuery(`A list is needed to compare “${column.name}” with.`)
  return value.map((v) => operand(column, v))
}

/** As in every store; as a pattern it may be four times as long, and MongoDB takes 32,764 bytes of that. */
const maxText = 10_000
const maxPattern = 32_000

function like({ column, field }: Target, value: Operand, before: string): Match {
  if (column.kind !== 'text' || typeof value !== 'string') throw badQuery(`“contains” and “startsWith” need a text and a text column; “${column.name}” is ${column.kind}.`)
  // No stored text has a NUL.
  if (value.includes('\0')) return nothing
  const pattern = before + literal(value)
  if (value.length > maxText || Buffer.byteLength(pattern) > maxPattern) throw badQuery(`The text to look for in “${column.name}” is too long.`)
  return { [field]: { $regex: pattern } }
}

/** A pattern for that very text. The option `i` would fold more than the letters of ASCII. */
const literal = (text: string) => text
  .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)

function hasElement({ column, field }: Target, value: Operand): Match {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw badQuery(`An element to look for in “${column.name}” is a text, a number or a boolean.`)
  return { [`${field}.e`]: { $eq: value } }
}

/** Compared with null, a field that is absent is equal. */
const blank: Record<Column['kind'], (field: string) => Match> = {
  text: (field) => ({ [field]: { $in: [null, ''] } }),
  int: (field) => ({ [field]: { $eq: null } }),
  bool: (field) => ({ [field]: { $eq: null } }),
  json: (field) => ({ [`${field}.t`]: { $in: [null, '[]', '""'] } }),
  rows: (field) => ({ [field]: { $exists: false } }),
}

function empty({ column, field }: Target, value: Operand): Match {
  if (value !== undefined && value !== null && value !== true) throw badQuery('“empty” takes no value; use “not”.')
  return blank[column.kind](field)
}
