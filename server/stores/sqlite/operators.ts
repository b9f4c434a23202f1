/** What each operator means in SQL. Two-valued where null is concerned: `ne`, `nin` and `empty` never give unknown. */
import type { Column, PrimitiveOp, Scalar } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { join, raw, sql, type Sql } from './sql'
import { operand } from './values'

export interface Target {
  column: Column
  /** The value; for rows the id of the document they belong to. */
  value: Sql
  childTable?: string
}
type Value = Scalar | Scalar[] | undefined
type Operator = (target: Target, value: Value) => Sql

const compare = (operator: string): Operator => ({ column, value: actual }, value) => sql`${actual} ${raw(operator)} ${operand(column, value)}`

export const operators: Record<PrimitiveOp, Operator> = {
  eq: compare('='),
  ne: compare('IS NOT'),
  lt: compare('<'),
  lte: compare('<='),
  gt: compare('>'),
  gte: compare('>='),
  in: ({ column, value: actual }, value) => sql`${actual} IN ${list(column, value)}`,
  nin: ({ column, value: actual }, value) => sql`(${actual} IN ${list(column, value)}) IS NOT TRUE`,
  contains: (target, value) => (target.column.kind === 'json' ? hasElement(target, value) : like(target, value, '%', '%')),
  startsWith: (target, value) => like(target, value, '', '%'),
  empty,
}

/** Longer lists travel as one parameter, so that the prepared statement stays the same. */
const maxInline = 20

function list(column: Column, value: Value): Sql {
  if (!Array.isArray(value)) throw badQuery(`A list is needed to compare “${column.name}” with.`)
  const operands = value.map((v) => operand(column, v))
  return operands.length > maxInline ? sql`(SELECT value FROM json_each(${JSON.stringify(operands)}))` : sql`(${join(operands.map((o) => sql`${o}`), ', ')})`
}

/** SQLite refuses patterns of 50,000 bytes. */
const maxPattern = 10_000

function like({ column, value: actual }: Target, value: Value, before: string, after: string): Sql {
  if (column.kind !== 'text' || typeof value !== 'string') throw badQuery(`“contains” and “startsWith” need a text and a text column; “${column.name}” is ${column.kind}.`)
  if (value.length > maxPattern) throw badQuery(`The text to look for in “${column.name}” is too long.`)
  // No stored text has a NUL, and the pattern would end there.
  if (value.includes('\0')) return sql`0`
  return sql`${actual} LIKE ${before + value.replace(/[\\%_]/g, '\\$&') + after} ESCAPE '\\'`
}

/** Only lists have whole numbers as keys; the type tells "1" from 1 and from an element that is a list or an object itself. */
function hasElement({ column, value: list }: Target, value: Value): Sql {
  const element = (test: Sql) => sql`EXISTS (SELECT 1 FROM json_each(${list}) WHERE typeof(key) = 'integer' AND ${test})`
  if (typeof value === 'string') return element(sql`type = 'text' AND value = ${value}`)
  if (typeof value === 'number') return element(sql`type IN ('integer', 'real') AND value = ${value}`)
  if (typeof value === 'boolean') return element(sql`type = ${String(value)}`)
  throw badQuery(`An element to look for in “${column.name}” is a text, a number or a boolean.`)
}

function empty({ column, value: actual, childTable }: Target, value: Value): Sql {
  if (value !== undefined && value !== null && value !== true) throw badQuery('“empty” takes no value; use “not”.')
  if (childTable) return sql`NOT EXISTS (SELECT 1 FROM ${raw(childTable)} WHERE parent = ${actual})`
  if (column.kind === 'text' && !column.notBlank) return sql`(${actual} IS NULL OR ${actual} = '')`
  if (column.kind === 'json') return sql`(${actual} IS NULL OR ${actual} IN ('[]', '""'))`
  return sql`${actual} IS NULL`
}
