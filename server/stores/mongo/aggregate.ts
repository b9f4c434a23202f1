/** Counts, sums and the like, grouped, in the database. */
import { mongo } from 'mongoose'
import type { AggregateQuery, AggregateRow, Column, DatePart, Measure, Scalar } from '../../ports/store'
import { badQuery } from './errors'
import { passing, type Stage } from './match'
import { columnOf, fieldOf, type Plan } from './plan'
import { Source } from './where'

type Expression = string | { [operator: string]: unknown }
type Group = AggregateQuery['groupBy'][number]
type Cell = AggregateRow['values'][number]
interface Term { accumulator: Expression; read: (stored: unknown) => Cell }

export interface Aggregation { pipeline: Stage[]; rowsOf(found: Record<string, unknown>[]): AggregateRow[] }

/** The documents found have one field a key and one a measure; 64-bit numbers must come as `Long`. */
export function aggregation(plan: Plan, { where, visible, groupBy, measures }: AggregateQuery): Aggregation {
  const keys = groupBy.map((g) => keyOf(plan, g))
  const terms = measures.map((m) => termOf(plan, m))
  if (keys.length + terms.length === 0) throw badQuery('An aggregate needs something to group by or to measure.')
  const { own, through } = new Source(plan, visible).filter(where)
  return {
    pipeline: [...passing(own), ...through, grouping(keys, terms), ...(keys.length > 0 ? [ordering(keys)] : [])],
    rowsOf: (found) => (found.length === 0 && keys.length === 0 ? [{}] : found).map((row) => ({
      keys: keys.map((_, i) => plain((row._id as Record<string, unknown>)[`k${i}`]) as Scalar),
      values: terms.map((term, i) => term.read(row[`m${i}`])),
    })),
  }
}

const grouping = (keys: Expression[], terms: Term[]): Stage => ({
  $group: { _id: keys.length === 0 ? null : numbered('k', keys), ...numbered('m', terms.map((t) => t.accumulator as Record<string, unknown>)) },
} as Stage)
const ordering = (keys: Expression[]): Stage => ({ $sort: numbered('_id.k', keys.map(() => 1 as const)) })
const numbered = <T>(letter: string, values: T[]): Record<string, T> => Object.fromEntries(values.map((value, i) => [`${letter}${i}`, value]))

const cut = (from: number, length: number) => (path: string): Expression => ({ $substrCP: [path, from, length] })
const parts: Record<DatePart, (path: string) => Expression> = {
  year: cut(0, 4),
  quarter: (path) => ({ $concat: [cut(0, 4)(path), '-Q', { $toString: { $toInt: { $ceil: { $divide: [{ $toInt: cut(5, 2)(path) }, 3] } } } }] }),
  month: cut(0, 7),
  week: (path) => ({ $dateToString: { format: '%Y-%m-%d', date: { $dateTrunc: { date: { $dateFromString: { dateString: cut(0, 10)(path) } }, unit: 'week', startOfWeek: 'monday' } } } }),
  day: cut(0, 10),
}

function keyOf(plan: Plan, group: Group): Expression {
  const column = columnOf(plan, typeof group === 'string' ? group : group.column)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`One cannot group by “${column.name}” (${column.kind}).`)
  if (typeof group === 'string') return orNull(column)
  const part = Object.hasOwn(parts, group.by) ? parts[group.by] : undefined
  if (column.kind !== 'text' || !part) throw badQuery(`“${column.name}” has no ${group.by} to group by.`)
  // $substrCP makes an empty text of null.
  return { $cond: [isThere(column), part(pathOf(column)), null] }
}

function termOf(plan: Plan, { op, column: named }: Measure): Term {
  if (op === 'count' && named === undefined) return { accumulator: { $sum: 1 }, read: count }
  const column = columnOf(plan, named ?? '')
  const measure = Object.hasOwn(measures, op) ? measures[op] : undefined
  if (!measure?.kinds.includes(column.kind)) throw badQuery(`There is no ${op} of “${column.name}” (${column.kind}).`)
  return { accumulator: measure.accumulator(column), read: measure.read }
}

interface MeasureKind { kinds: Column['kind'][]; accumulator: (column: Column) => Expression; read: Term['read'] }

const pathOf = (column: Column) => `$${fieldOf(column)}`
/** An absent field is neither equal to null nor in its group. */
const orNull = (column: Column) => ({ $ifNull: [pathOf(column), null] })
const isThere = (column: Column) => ({ $ne: [orNull(column), null] })

const measures: Record<Measure['op'], MeasureKind> = {
  count: { kinds: ['text', 'int', 'bool', 'json'], accumulator: (c) => ({ $sum: { $cond: [isThere(c), 1, 0] } }), read: count },
  sum: { kinds: ['int'], accumulator: (c) => ({ $sum: pathOf(c) }), read: sum },
  avg: { kinds: ['int'], accumulator: (c) => ({ $avg: pathOf(c) }), read: plain },
  min: { kinds: ['text', 'int'], accumulator: (c) => ({ $min: pathOf(c) }), read: plain },
  max: { kinds: ['text', 'int'], accumulator: (c) => ({ $max: pathOf(c) }), read: plain },
}

function count(stored: unknown): number { return Number(plain(stored) ?? 0) }

/** MongoDB adds 64-bit numbers exactly, and gives a sum that is beyond them as a floating-point number. */
function sum(stored: unknown): bigint {
  if (mongo.Long.isLong(stored)) return stored.toBigInt()
  if (stored !== undefined && !Number.isSafeInteger(stored)) throw badQuery('The sum is beyond 64 bits.')
  return BigInt((stored ?? 0) as number)
}

function plain(stored: unknown): Cell {
  return mongo.Long.isLong(stored) ? stored.toNumber() : (stored ?? null) as Cell
}
