/** Counts, sums and the like, grouped, in the database. */
import { mongo } from 'mongoose'
import { havingOps, type AggregateQuery, type AggregateRow, type Column, type DatePart, type Measure, type Scalar } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import { passing, type Stage } from './match'
import { fieldOf, type Plan } from './plan'
import { Source } from './where'

type Expression = string | { [operator: string]: unknown }
type Group = AggregateQuery['groupBy'][number]
type Cell = AggregateRow['values'][number]
interface Term { accumulator: Expression; read: (stored: unknown) => Cell }

export interface Aggregation { pipeline: Stage[]; rowsOf(found: Record<string, unknown>[]): AggregateRow[] }

/** The documents found have one field a key and one a measure; 64-bit numbers must come as `Long`. */
export function aggregation(plan: Plan, query: AggregateQuery): Aggregation {
  const { where, visible, groupBy, measures } = query
  const source = new Source(plan, visible)
  const keys = groupBy.map((g) => keyOf(source, g))
  const terms = measures.map((m) => termOf(plan, m))
  if (keys.length + terms.length === 0) throw badQuery('An aggregate needs something to group by or to measure.')
  const { own, through } = source.filter(where, groupBy.flatMap((g) => (typeof g === 'string' ? [] : [g.path])))
  const chosen = having(query)
  return {
    pipeline: [...passing(own), ...through, grouping(keys, terms), ...chosen, ...ordering(query), ...(query.limit === undefined ? [] : [{ $limit: query.limit }])],
    rowsOf: (found) => (found.length === 0 && keys.length === 0 && chosen.length === 0 ? [{}] : found).map((row) => ({
      keys: keys.map((_, i) => plain((row._id as Record<string, unknown>)[`k${i}`]) as Scalar),
      values: terms.map((term, i) => term.read(row[`m${i}`])),
    })),
  }
}

const grouping = (keys: Expression[], terms: Term[]): Stage => ({
  $group: { _id: keys.length === 0 ? null : numbered('k', keys), ...numbered('m', terms.map((t) => t.accumulator as Record<string, unknown>)) },
} as Stage)

function ordering({ groupBy, measures, sort = [] }: AggregateQuery): Stage[] {
  const order: Record<string, 1 | -1> = {}
  for (const key of sort) {
    const [name, known] = 'group' in key ? [`_id.k${key.group}`, groupBy[key.group]] : [`m${key.measure}`, measures[key.measure]]
    if (known === undefined) throw badQuery('Groups are sorted by one of their keys or measures.')
    order[name] ??= key.descending ? -1 : 1
  }
  const all = { ...order, ...Object.fromEntries(groupBy.flatMap((_, i) => (`_id.k${i}` in order ? [] : [[`_id.k${i}`, 1 as const]]))) }
  return Object.keys(all).length > 0 ? [{ $sort: all }] : []
}

function having({ having = [], measures }: AggregateQuery): Stage[] {
  return having.map(({ measure, op, value }) => {
    if (!measures[measure] || !(havingOps as readonly string[]).includes(op)) throw badQuery('“having” compares one of the measures.')
    return { $match: { [`m${measure}`]: { [`$${op}`]: value } } } as Stage
  })
}

const numbered = <T>(letter: string, values: T[]): Record<string, T> => Object.fromEntries(values.map((value, i) => [`${letter}${i}`, value]))

const cut = (from: number, length: number) => (path: string): Expression => ({ $substrCP: [path, from, length] })
const parts: Record<DatePart, (path: string) => Expression> = {
  year: cut(0, 4),
  quarter: (path) => ({ $concat: [cut(0, 4)(path), '-Q', { $toString: { $toInt: { $ceil: { $divide: [{ $toInt: cut(5, 2)(path) }, 3] } } } }] }),
  month: cut(0, 7),
  week: (path) => ({ $dateToString: { format: '%Y-%m-%d', date: { $dateTrunc: { date: { $dateFromString: { dateString: cut(0, 10)(path) } }, unit: 'week', startOfWeek: 'monday' } } } }),
  day: cut(0, 10),
}

function keyOf(source: Source, group: Group): Expression {
  const { path, by } = typeof group === 'string' ? { path: [group] } : group
  const { column, field } = source.cell(path)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`One cannot group by “${path.join('.')}” (${column.kind}).`)
  if (by === undefined) return { $ifNull: [`$${field}`, null] }
  const part = Object.hasOwn(parts, by) ? parts[by] : undefined
  if (column.kind !== 'text' || !part) throw badQuery(`“${path.join('.')}” has no ${by} to group by.`)
  // $substrCP makes an empty text of null.
  return { $cond: [{ $ne: [{ $ifNull: [`$${field}`, null] }, null] }, part(`$${field}`), null] }
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
