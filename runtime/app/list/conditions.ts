import type { Filter } from '../../../schemas/generated/types'
import type { FilterOp } from '../../../schemas/field-types/field-type'

/** One row of a filter, as it stands in the address. */
export interface Condition { field: string; op: FilterOp; value?: unknown }

export type Arity = 'none' | 'one' | 'many' | 'pair'
const arities: Partial<Record<FilterOp, Arity>> = { in: 'many', nin: 'many', between: 'pair', empty: 'none', notEmpty: 'none', me: 'none', myDepartment: 'none' }

/** How many values the operator compares with. */
export const arityOf = (op: FilterOp): Arity => arities[op] ?? 'one'

/** Whether it says anything yet: a row without its value filters nothing. */
export function isComplete({ op, value }: Condition): boolean {
  if (arityOf(op) === 'none') return true
  return Array.isArray(value) ? value.some(isGiven) : isGiven(value)
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== ''

/** One comparison as a filter. */
export const where = (field: string, op: FilterOp, value?: unknown): Filter => ({ field, op, ...(value !== undefined && { value }) }) as Filter

/** All that hold together; undefined when nothing is asked. */
export function allOf(...filters: (Filter | undefined)[]): Filter | undefined {
  const present = filters.filter((filter) => filter !== undefined)
  return present.length > 1 ? { and: present } : present[0]
}

const conjuncts = (filter: Filter | undefined): Filter[] => (filter === undefined ? [] : 'and' in filter ? filter.and : [filter])

/** The parts of filters side by side: each can be changed, or left out, by itself. */
export const flatAllOf = (...filters: (Filter | undefined)[]): Filter | undefined => allOf(...filters.flatMap(conjuncts))

export const toFilter = (conditions: readonly Condition[]): Filter | undefined => allOf(...conditions.filter(isComplete).map(comparison))

/** A pair with one open end is a comparison with the other. */
function comparison({ field, op, value }: Condition): Filter {
  const arity = arityOf(op)
  if (arity !== 'pair') return where(field, op, arity === 'none' ? undefined : value)
  const [from, to] = value as [unknown, unknown]
  if (isGiven(from) && isGiven(to)) return where(field, op, value)
  return isGiven(from) ? where(field, 'gte', from) : where(field, 'lte', to)
}

/** A filter as rows of conditions, as far as it is one: comparisons that all hold. */
export function conditionsOf(filter: Filter | undefined): Condition[] {
  if (filter === undefined) return []
  if ('and' in filter) return filter.and.flatMap(conditionsOf)
  return 'op' in filter ? [filter as Condition] : []
}

/** The comparisons of a filter that a person can change one by one, and what is more than that. */
export function toConditions(filter: Filter | undefined): { conditions: Condition[]; rest: Filter | undefined } {
  const parts = conjuncts(filter)
  const simple = (part: Filter): part is Extract<Filter, { op: unknown }> => 'op' in part && !part.field.includes('.')
  return { conditions: parts.filter(simple).map(({ field, op, value }) => ({ field, op: op as FilterOp, value })), rest: allOf(...parts.filter((part) => !simple(part))) }
}

export function parseConditions(text: string | null): Condition[] {
  if (!text) return []
  try {
    const rows: unknown = JSON.parse(text)
    return Array.isArray(rows) ? rows.filter((row): row is Condition => typeof row?.field === 'string' && typeof row?.op === 'string') : []
  } catch {
    return []
  }
}
