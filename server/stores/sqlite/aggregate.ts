/** Counts, sums and the like, grouped, in the database. */
import type { AggregateQuery, AggregateRow, Column, DatePart, HavingOp, Measure, Scalar } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery, messageOf } from '../shared/refusals'
import { branchesOf, groupedBy, type Branch } from './branches'
import type { Connection } from './connection'
import { type Plan } from './plan'
import { slicesOf, type Slice } from './slices'
import { join, name, raw, sql, type Sql } from './sql'
import { usableIndexes } from './usable'
import { decode } from './values'
import type { Source } from './where'

interface Term { sql: Sql; read: (stored: unknown) => AggregateRow['values'][number] | boolean }
/** A measure of some documents as columns, and of all of them from those columns. */
interface Sum extends Omit<Term, 'sql'> { parts: Sql[]; whole: (parts: string[]) => string }
type Group = AggregateQuery['groupBy'][number]

export function aggregate(connection: Connection, plan: Plan, query: AggregateQuery): AggregateRow[] {
  const branches = branchesOf(connection, plan, query)
  const keys = query.groupBy.map((g) => keyTerm(branches[0]!.source, g))
  const values = query.measures.map((m) => measureTerm(plan, m))
  if (keys.length + values.length === 0) throw badQuery('An aggregate needs something to group by or to measure.')
  const parts = branches.map((branch) => sliced(slicesOf(connection, plan, query, branch.where), values) ?? grouped(plan, query, branch, values))
  return exact(connection, statement(parts, query, keys.length, values)).map((cells) => ({
    keys: keys.map((term, i) => term.read(cells[i]) as Scalar),
    values: values.map((term, i) => term.read(cells[keys.length + i]) as AggregateRow['values'][number]),
  }))
}

/** The groups of all parts of the documents together. */
function statement(groupedParts: Sql[], query: AggregateQuery, keys: number, values: Sum[]): Sql {
  const grouping = Array.from({ length: keys }, (_, i) => `k${i}`)
  let column = 0
  const wholes = values.map(({ parts, whole }, i) => `${whole(parts.map(() => `v${column++}`))} AS m${i}`)
  const groups = sql`SELECT ${raw([...grouping, ...wholes].join(', '))} FROM (${join(groupedParts, ' UNION ALL ')})${raw(keys > 0 ? ` GROUP BY ${grouping.join(', ')}` : '')}`
  const order = [...(query.sort ?? []).map((key) => sortTerm(query, key)), ...grouping]
  return sql`SELECT * FROM (${groups})${having(query)}${raw(order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '')}${query.limit === undefined ? sql`` : sql` LIMIT ${query.limit}`}`
}

const comparisons: Record<HavingOp, string> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

function having({ having = [], measures }: AggregateQuery): Sql {
  if (having.length === 0) return sql``
  const parts = having.map(({ measure, op, value }) => {
    if (!measures[measure] || !Object.hasOwn(comparisons, op)) throw badQuery('“having” compares one of the measures.')
    return sql`${raw(`m${measure} ${comparisons[op]} `)}${value}`
  })
  return sql` WHERE ${join(parts, ' AND ')}`
}

function sortTerm({ groupBy, measures }: AggregateQuery, key: NonNullable<AggregateQuery['sort']>[number]): string {
  const [name, known] = 'group' in key ? [`k${key.group}`, groupBy[key.group]] : [`m${key.measure}`, measures[key.measure]]
  if (known === undefined) throw badQuery('Groups are sorted by one of their keys or measures.')
  return `${name}${key.descending ? ' DESC' : ''}`
}

/** Each slice is a group. */
function sliced(slices: Slice[] | undefined, values: Sum[]): Sql | undefined {
  if (!slices?.length) return undefined
  const parts = columnsOf(values)
  const counted = slices.some(({ doubtful }) => doubtful)
  const all = slices.map(({ key, source, condition }) => sql`SELECT ${join([sql`${key} AS k0`, ...parts, ...(counted ? [raw('count(*) AS n')] : [])], ', ')} ${source.from()} WHERE ${condition}`)
  return counted ? sql`SELECT ${raw(['k0', ...parts.map((_, i) => `v${i}`)].join(', '))} FROM (${join(all, ' UNION ALL ')}) WHERE n > 0` : join(all, ' UNION ALL ')
}

const columnsOf = (values: Sum[]): Sql[] => values.flatMap((v) => v.parts).map((part, i) => sql`${part} AS ${raw(`v${i}`)}`)

/** In the order of an index where there is one. Keys before the source: what they walk through belongs to it. */
function grouped(plan: Plan, query: AggregateQuery, { source, condition, lead }: Branch, values: Sum[]): Sql {
  const keys = query.groupBy.map((g) => keyTerm(source, g).sql)
  const ordered = lead !== undefined && query.groupBy.every((g) => typeof g === 'string') && groupedBy(usableIndexes(plan.collection, query.where), lead, query.groupBy)
  const by = [...(ordered ? [cell(columnOf(plan, lead))] : []), ...keys]
  const shown = [...keys.map((key, i) => sql`${key} AS ${raw(`k${i}`)}`), ...columnsOf(values)]
  return sql`SELECT ${join(shown, ', ')} ${source.from()} WHERE ${condition}${by.length > 0 ? sql` GROUP BY ${join(by, ', ')}` : sql``}`
}

const cut = (length: number) => (cell: string) => `substr(${cell}, 1, ${length})`
const parts: Record<DatePart, (cell: string) => string> = {
  year: cut(4),
  quarter: (cell) => `substr(${cell}, 1, 4) || '-Q' || ((CAST(substr(${cell}, 6, 2) AS INTEGER) + 2) / 3)`,
  month: cut(7),
  week: (cell) => `date(substr(${cell}, 1, 10), 'weekday 0', '-6 days')`,
  day: cut(10),
}

function keyTerm(source: Source, group: Group): Term {
  const { path, by } = typeof group === 'string' ? { path: [group] } : group
  const { column, value } = source.cell(path)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`One cannot group by “${path.join('.')}” (${column.kind}).`)
  if (by === undefined) return { sql: value, read: plain(column) }
  const part = Object.hasOwn(parts, by) ? parts[by] : undefined
  if (column.kind !== 'text' || !part) throw badQuery(`“${path.join('.')}” has no ${by} to group by.`)
  return { sql: raw(part(value.text)), read: plain(column) }
}

function measureTerm(plan: Plan, { op, column: named }: Measure): Sum {
  if (op === 'count' && named === undefined) return { parts: [raw('count(*)')], whole: total, read: Number }
  const column = columnOf(plan, named ?? '')
  const measure = Object.hasOwn(measures, op) ? measures[op] : undefined
  if (!measure?.kinds.includes(column.kind)) throw badQuery(`There is no ${op} of “${column.name}” (${column.kind}).`)
  return { parts: measure.parts(cell(column).text).map(raw), whole: measure.whole, read: measure.read?.(column) ?? plain(column) }
}

interface MeasureKind extends Pick<Sum, 'whole'> { kinds: Column['kind'][]; parts: (cell: string) => string[]; read?: (column: Column) => Term['read'] }
const nullable = (stored: unknown) => (stored === null ? null : Number(stored))
const total = ([part]: string[]) => `coalesce(sum(${part!}), 0)`

const measures: Record<Measure['op'], MeasureKind> = {
  count: { kinds: ['text', 'int', 'bool', 'json'], parts: (c) => [`count(${c})`], whole: total, read: () => Number },
  sum: { kinds: ['int'], parts: (c) => [`sum(${c})`], whole: total, read: () => (stored) => stored as bigint },
  avg: { kinds: ['int'], parts: (c) => [`total(${c})`, `count(${c})`], whole: ([sum, count]) => `sum(${sum!}) / nullif(sum(${count!}), 0)`, read: () => nullable },
  min: { kinds: ['text', 'int'], parts: (c) => [`min(${c})`], whole: ([part]) => `min(${part!})` },
  max: { kinds: ['text', 'int'], parts: (c) => [`max(${c})`], whole: ([part]) => `max(${part!})` },
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
