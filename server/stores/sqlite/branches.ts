/**
 * Alternatives (“mine, or one of my departments'”) taken apart. No index serves an OR: SQLite either reads everything or collects
 * and sorts what each side gives. Branches that exclude one another can be read one by one, each from the index of its own column,
 * and counts and sums of them add up.
 */
import type { Index, Query, Where } from '../../ports/store'
import { conjuncts } from './conjuncts'
import type { Connection } from './connection'
import { isMuch } from './much'
import type { Plan } from './plan'
import { searched } from './search'
import { join, sql, type Sql } from './sql'
import { usableIndexes } from './usable'
import { Source, type OffIndex } from './where'

/** A part of the documents that a condition matches, as SQL; all branches together are all of them, each once. */
export interface Branch {
  source: Source
  condition: Sql
  /** The same before it was compiled; undefined where a search has found the documents. */
  where?: Where
  /** The column whose index it is read from; undefined where nothing was taken apart. */
  lead?: string
}

/** Documents that a search may find before reading all in order takes less time. */
const fewToAddUp = 50_000

/** More would make long statements of little use. */
const maxBranches = 5

export function branchesOf(connection: Connection, plan: Plan, { where, visible }: Pick<Query, 'where' | 'visible'>): Branch[] {
  const found = searched(connection, plan, where, fewToAddUp)
  if (found) return [{ ...compiled(new Source(plan, visible, () => true, found), where), where: undefined }]
  const indexes = usableIndexes(plan.collection, where)
  const apart = takenApart(indexes, where)
  if (!apart) return [compiled(new Source(plan, visible), where)]
  return apart.map(({ where: part, lead }) => {
    const within = indexedWith(indexes, lead)
    return { ...compiled(new Source(plan, visible, (column) => !within.has(column)), part), lead }
  })
}

/**
 * How to read a page that an index has in order, for somebody who sees so little that collecting and sorting it is less work than
 * looking for it along that index: by the indexes of the alternatives alone. Undefined: they see more, or nothing can be taken apart.
 */
export function narrow(connection: Connection, plan: Plan, where: Where | undefined): OffIndex | undefined {
  const indexes = usableIndexes(plan.collection, where)
  const apart = takenApart(indexes, where)
  if (!apart) return undefined
  const few = apart.map(({ part }) => { const { source, condition } = compiled(new Source(plan), part); return sql`SELECT * FROM (SELECT 1 ${source.from()} WHERE ${condition} LIMIT ${littleToSort})` })
  if (isMuch(connection, plan, join(few, ' UNION ALL '), littleToSort)) return undefined
  const within = new Set(apart.flatMap(({ lead }) => [...indexedWith(indexes, lead)]))
  return (column) => !within.has(column)
}

/** Documents. An estimate, not measured: counting so many should cost far less than walking an index past what is not visible. */
const littleToSort = 2000

function compiled(source: Source, where: Where | undefined): Branch {
  return { source, condition: source.where(where), where }
}

interface Alternative { part: Where; lead: string }

/**
 * The conditions of the branches and the column that each names values of; undefined where taking apart is of no use: there are no
 * alternatives, one of them has no index, or something else that is compared for equality has a better one.
 */
function takenApart(indexes: Index[], where: Where | undefined): (Alternative & { where: Where })[] | undefined {
  const parts = conjuncts(where)
  const alternatives = parts.find((part): part is { or: Where[] } => 'or' in part && alternativesOf(indexes, part.or) !== undefined)
  const leads = alternatives && alternativesOf(indexes, alternatives.or)
  if (!leads || !servesEqualities(indexes, parts, leads[0]!.lead)) return undefined
  const rest = parts.filter((part) => part !== alternatives)
  return leads.map(({ part, lead }, i) => ({ part, lead, where: { and: [part, ...rest, ...leads.slice(0, i).map((l): Where => ({ not: l.part }))] } }))
}

/** Columns whose comparisons may choose the index of a branch: those of the indexes that begin with its column. */
function indexedWith(indexes: Index[], lead: string): ReadonlySet<string> {
  return new Set([lead, ...indexesBy(indexes, lead).flatMap(({ columns, only }) => [...columns, ...(only ? [only.column] : [])])])
}

/** An index that has the branch's column and then the given ones, in any order. */
export const groupedBy = (indexes: Index[], lead: string, columns: string[]): boolean =>
  indexesBy(indexes, lead).some((index) => columns.length > 0 && columns.length < index.columns.length && index.columns.slice(1, columns.length + 1).every((c) => columns.includes(c)))

/** Those with the most indexes first: what is left for the others is looked up. */
function alternativesOf(indexes: Index[], given: Where[]): Alternative[] | undefined {
  const or = given.flatMap(disjuncts)
  const found = or.flatMap((part) => { const lead = leadOf(indexes, part); return lead === undefined ? [] : [{ part, lead }] })
  if (or.length < 2 || or.length > maxBranches || found.length < or.length) return undefined
  return found.sort((a, b) => widest(indexes, b.lead) - widest(indexes, a.lead))
}

/** A column of which a condition names values, in an index; what asks for some row or related document gives ids. */
function leadOf(indexes: Index[], part: Where): string | undefined {
  const parts = conjuncts(part)
  if (parts.some((p) => 'some' in p)) return 'id'
  return parts.find((p): p is Comparison => isEquality(p) && (p.path[0] === 'id' || indexesBy(indexes, p.path[0]!).length > 0))?.path[0]
}

const indexesBy = (indexes: Index[], lead: string) => indexes.filter((index) => index.columns[0] === lead)
const widest = (indexes: Index[], lead: string) => Math.max(0, ...indexesBy(indexes, lead).map((index) => index.columns.length))

/** Whether what must be equal anyway is in the indexes of the branch; otherwise an index by it reads less. */
function servesEqualities(indexes: Index[], parts: Where[], lead: string): boolean {
  const within = indexedWith(indexes, lead)
  return parts.every((part) => !isEquality(part) || within.has(part.path[0]!) || (part.path[0] !== 'id' && indexesBy(indexes, part.path[0]!).length === 0))
}

const disjuncts = (where: Where): Where[] => ('or' in where ? where.or.flatMap(disjuncts) : [where])

type Comparison = Extract<Where, { op: unknown }>
const isEquality = (part: Where): part is Comparison => 'op' in part && Array.isArray(part.path) && part.path.length === 1 && (part.op === 'eq' || part.op === 'in')
