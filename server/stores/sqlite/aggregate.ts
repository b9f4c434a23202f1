/** Counts, sums and the like, grouped, in the database. */
import type { AggregateQuery, AggregateRow, Column, Measure, Scalar } from '../../ports/store'
import type { Connection } from './connection'
import { badQuery, messageOf } from './errors'
import { columnOf, type Plan } from './plan'
import { join, name, raw, sql, type Sql } from './sql'
import { decode } from './values'
import { Source } from './where'

interface Term { sql: Sql; read: (stored: unknown) => AggregateRow['values'][number] | boolean }
type Group = AggregateQuery['groupBy'][number]

export function aggregate(connection: Connection, plan: Plan, query: AggregateQuery): AggregateRow[] {
  const keys = query.groupBy.map((g) => keyTerm(plan, g))
  const values = query.measures.map((m) => measureTerm(plan, m))
  if (keys.length + values.length === 0) throw badQuery('An aggregate needs something to group by or to measure.')
  return exact(connection, statement(plan, query, keys, values)).map((cells) => ({
    keys: keys.map((term, i) => term.read(cells[i]) as Scalar),
    values: values.map((term, i) => term.read(cells[keys.length + i]) as AggregateRow['values'][number]),
  }))
}

function statement(plan: Plan, { where, visible }: AggregateQuery, keys: Term[], values: Term[]): Sql {
  const source = new Source(plan, visible)
  const condition = source.where(where)
  const grouping = join(keys.map((k) => k.sql), ', ')
  const tail = keys.length > 0 ? sql` GROUP BY ${grouping} ORDER BY ${grouping}` : sql``
  return sql`SELECT ${join([...keys, ...values].map((t) => t.sql), ', ')} ${source.from()} WHERE ${condition}${tail}`
}

const lengths = { year: 4, month: 7, day: 10 } as const

function keyTerm(plan: Plan, group: Group): Term {
  const column = columnOf(plan, typeof group === 'string' ? group : group.column)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`One cannot group by “${column.name}” (${column.kind}).`)
  if (typeof group === 'string') return { sql: cell(column), read: plain(column) }
  const length = Object.hasOwn(lengths, group.by) ? lengths[group.by] : undefined
  if (column.kind !== 'text' || !length) throw badQuery(`“${column.name}” has no ${group.by} to group by.`)
  return { sql: raw(`substr(${cell(column).text}, 1, ${length})`), read: plain(column) }
}

function measureTerm(plan: Plan, { op, column: named }: Measure): Term {
  if (op === 'count' && named === undefined) return { sql: raw('count(*)'), read: Number }
  const column = columnOf(plan, named ?? '')
  const measure = Object.hasOwn(measures, op) ? measures[op] : undefined
  if (!measure?.kinds.includes(column.kind)) throw badQuery(`There is no ${op} of “${column.name}” (${column.kind}).`)
  return { sql: raw(measure.sql(cell(column).text)), read: measure.read?.(column) ?? plain(column) }
}

interface MeasureKind { kinds: Column['kind'][]; sql: (cell: string) => string; read?: (column: Column) => Term['read'] }
const nullable = (stored: unknown) => (stored === null ? null : Number(stored))

const measures: Record<Measure['op'], MeasureKind> = {
  count: { kinds: ['text', 'int', 'bool', 'json'], sql: (c) => `count(${c})`, read: () => Number },
  sum: { kinds: ['int'], sql: (c) => `coalesce(sum(${c}), 0)`, read: () => (stored) => stored as bigint },
  avg: { kinds: ['int'], sql: (c) => `avg(${c})`, read: () => nullable },
  min: { kinds: ['text', 'int'], sql: (c) => `min(${c})` },
  max: { kinds: ['text', 'int'], sql: (c) => `max(${c})` },
}

const cell = (column: Column) => raw(`t.${name(column.column)}`)
/** The statement gives every integer as bigint; only sums need it. */
const plain = (column: Column): Term['read'] => (stored) => (typeof stored === 'bigint' && column.kind === 'int' ? Number(stored) : decode(column.kind, stored) as Scalar)

function exact(connection: Connection, statement: Sql): unknown[][] {
  try {
    return connection.exact(statement)
  } catch (error) {
    if (/integer overflow/i.test(messageOf(error))) throw badQuery('The sum is beyond 64 bits.')
    throw error
  }
}
