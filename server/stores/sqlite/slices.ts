/**
 * Groups added up one by one. Where an index has a few of them one after the other (“by status, in each of my departments”), each is looked
 * up in it and read alone, so that no document's group is read and compared: a loose index scan. Measured: README.md.
 */
import type { AggregateQuery, Index, Where } from '../../ports/store'
import { columnOf, idColumn } from '../shared/plans'
import { conjuncts } from './conjuncts'
import type { Connection } from './connection'
import type { Param } from './driver'
import { fewRows } from './much'
import type { Plan } from './plan'
import { join, name, raw, sql, type Sql } from './sql'
import { usableIndexes } from './usable'
import { operand } from './values'
import { Source } from './where'

/** The documents of one group, or some of them; all slices together are all documents, each once. */
export interface Slice {
  key: Param
  source: Source
  condition: Sql
  /** Whether the slice may be empty, so that there is no such group. */
  doubtful: boolean
}

/** More would make long statements. */
const maxSlices = 100
/** Documents a slice, on average, from which looking up slices takes less time than comparing groups. */
const worth = 50

/** Undefined: no index has the groups, they are many, or the documents few. What is read must be in the index. */
export function slicesOf(connection: Connection, plan: Plan, query: AggregateQuery, where: Where | undefined): Slice[] | undefined {
  const walk = walkOf(plan, query, where)
  if (!walk) return undefined
  const most = Math.min(maxSlices, Math.floor(highestRow(connection, plan) / worth))
  if (walk.places.length === 0 || walk.places.length > most) return undefined
  const groups = fewRows(connection, plan, groupsAlong(plan, walk, most), most)
  if (!groups) return undefined
  const source = new Source(plan)
  const rest = walk.rest.map((part) => source.where(part))
  return (groups as Param[][]).map((found) => {
    const key = found.at(-1)!
    const bounds = [...walk.leads, walk.group].map((column, i) => sql`t.${raw(quoted(plan, column))} IS ${found[i + 1]!}`)
    return { key, source, condition: join([...bounds, ...onlyOf(plan, walk), ...rest], ' AND '), doubtful: rest.length > 0 }
  })
}

/** At least as many as there are documents. */
const highestRow = (connection: Connection, { table }: Plan) => (connection.row(`SELECT max(rowid) FROM ${table}`)![0] ?? 0) as number

interface Walk {
  /** Columns before the group in the index, and the values of each place in it where groups begin. */
  leads: string[]
  places: Param[][]
  group: string
  only: Index['only']
  /** Conditions beside those on the leads. */
  rest: Where[]
}

function walkOf(plan: Plan, { groupBy: [group, another], measures }: AggregateQuery, where: Where | undefined): Walk | undefined {
  if (typeof group !== 'string' || another !== undefined) return undefined
  const parts = conjuncts(where)
  const fixed = new Map(parts.filter(isFixed).toReversed().map((part) => [part.path[0]!, part]))
  const read = measures.flatMap(({ column }) => column ?? [])
  for (const { columns, covers = [], only, totals } of usableIndexes(plan.collection, where)) {
    const leads = columns.slice(0, columns.indexOf(group))
    const held = new Set([...columns, ...(totals ? [] : [idColumn.name]), ...covers, ...(only ? [only.column] : [])])
    if (!columns.includes(group) || !leads.every((c) => fixed.has(c)) || !read.every((c) => held.has(c)) || !parts.every((part) => asksOnlyFor(held, part))) continue
    const bound = leads.map((c) => fixed.get(c)!)
    const implied = (part: Where) => only?.empty === true && 'op' in part && part.op === 'empty' && part.path[0] === only.column
    return { leads, group, only, places: combined(bound.map((part) => valuesOf(plan, part))), rest: parts.filter((part) => !bound.includes(part as Fixed) && !implied(part)) }
  }
  return undefined
}

type Fixed = Extract<Where, { op: unknown }>
const isFixed = (part: Where): part is Fixed => 'op' in part && part.path.length === 1 && (part.op === 'eq' || (part.op === 'in' && Array.isArray(part.value)))

/** Each once. */
function valuesOf(plan: Plan, { path, value }: Fixed): Param[] {
  const column = columnOf(plan, path[0]!)
  return [...new Set((Array.isArray(value) ? value : [value]).map((v) => operand(column, v)))]
}

/** Lists may be long: of too many combinations, none. */
function combined(lists: Param[][]): Param[][] {
  if (lists.reduce((product, { length }) => product * length, 1) > maxSlices) return []
  return lists.reduce<Param[][]>((places, list) => places.flatMap((place) => list.map((value) => [...place, value])), [[]])
}

function asksOnlyFor(held: ReadonlySet<string>, where: Where): boolean {
  if ('and' in where) return where.and.every((part) => asksOnlyFor(held, part))
  if ('or' in where) return where.or.every((part) => asksOnlyFor(held, part))
  if ('not' in where) return asksOnlyFor(held, where.not)
  return 'op' in where && where.path.length === 1 && held.has(where.path[0]!)
}

/** Each place with each of its groups, null too: from every group the index is asked for the next. `n` stands in for leads where there are none. */
function groupsAlong(plan: Plan, walk: Walk, most: number): Sql {
  const places = join(walk.places.map((place) => sql`(0${join(place.map((value) => sql`, ${value}`), '')})`), ', ')
  const columns = raw(['n', ...walk.leads.map((_, i) => `l${i}`)].join(', '))
  const group = raw(`t.${quoted(plan, walk.group)}`)
  const here = (place: string) => sql`FROM ${raw(plan.table)} AS t WHERE ${join([sql`1`, ...walk.leads.map((lead, i) => raw(`t.${quoted(plan, lead)} = ${place}.l${i}`)), ...onlyOf(plan, walk)], ' AND ')}`
  return sql`WITH RECURSIVE p(${columns}) AS (VALUES ${places}),
    g(${columns}, k) AS (SELECT ${columns}, (SELECT min(${group}) ${here('p')}) FROM p
      UNION ALL SELECT ${columns}, (SELECT min(${group}) ${here('g')} AND ${group} > g.k) FROM g WHERE k IS NOT NULL LIMIT ${most * 2})
    SELECT * FROM g WHERE k IS NOT NULL UNION ALL SELECT ${columns}, NULL FROM p WHERE EXISTS (SELECT 1 ${here('p')} AND ${group} IS NULL)`
}

const onlyOf = (plan: Plan, { only }: Walk): Sql[] => (only ? [raw(`t.${quoted(plan, only.column)} IS ${only.empty ? '' : 'NOT '}NULL`)] : [])
const quoted = (plan: Plan, column: string) => name(columnOf(plan, column).column)
