export type Scalar = string | number | boolean | null
export type PrimitiveOp = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'nin' | 'contains' | 'startsWith' | 'empty'

/**
 * A condition in stored terms: what a filter becomes once its names, values and moving operators (me, withinDays) are resolved.
 * Stores compile it, `match.ts` evaluates it; one table of cases (`cases.ts`) holds for all. `path` walks through references
 * (up to three) to a column.
 *
 * - `ne` and `nin` hold for null; every other comparison with null fails; `eq null` is refused, use `empty`.
 * - `contains` is literal and ignores the case of ASCII letters; on a list it means: has this element. On `rows` itself only `empty` works.
 * - A path of two names whose first is a sub-table (`rows`) asks whether some row meets the comparison.
 * - `some` asks whether one row of a sub-table, or one document of a relation (see `Collection.relations`), meets all of a condition on
 *   its own columns.
 * - `empty`: null, "" or an empty list. A path through an empty or invisible reference ends at null.
 */
export type Where =
  | { and: Where[] }
  | { or: Where[] }
  | { not: Where }
  | { some: string; where: Where }
  | { path: string[]; op: PrimitiveOp; value?: Scalar | Scalar[] }

export const everything: Where = { and: [] }
export const nothing: Where = { or: [] }

/** Both conditions; missing ones are left out. */
export function both(...conditions: (Where | undefined)[]): Where | undefined {
  const given = conditions.filter((c) => c !== undefined)
  return given.length > 1 ? { and: given } : given[0]
}

/** At least one of the conditions; a missing one holds always. */
export function either(...conditions: (Where | undefined)[]): Where | undefined {
  const given = conditions.filter((c) => c !== undefined)
  if (given.length < conditions.length) return undefined
  return given.length === 1 ? given[0] : { or: given }
}

/** The first names on all paths of a condition: what a document must hold to be judged by it. */
export function columnsOf(where: Where): string[] {
  if ('and' in where) return where.and.flatMap(columnsOf)
  if ('or' in where) return where.or.flatMap(columnsOf)
  if ('some' in where) return [where.some]
  return 'not' in where ? columnsOf(where.not) : [where.path[0]!]
}
