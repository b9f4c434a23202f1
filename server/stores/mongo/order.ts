/** Sorting and continuing after a document. */
import type { Column, Query, Scalar, Sort } from '../../ports/store'
import { badQuery } from './errors'
import { all, any, nothing, type Match, type Stage } from './match'
import { columnOf, fieldOf, idColumn, type Plan } from './plan'
import { operand } from './values'

export interface Key { column: Column; descending: boolean }

/** The sort keys with id as the last; it goes the way of the key before it, as an index on both can be walked either way. */
export function keysOf(plan: Plan, sort: Sort[] = []): Key[] {
  const keys = sort.map((s) => ({ column: sortable(plan, s.column), descending: s.descending === true }))
  if (keys.some((k) => k.column === idColumn)) return keys
  return [...keys, { column: idColumn, descending: keys.at(-1)?.descending ?? false }]
}

function sortable(plan: Plan, named: string): Column {
  const column = columnOf(plan, named)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`Documents cannot be sorted by “${named}” (${column.kind}).`)
  return column
}

/** An absent field comes before every value. A column that is named again decides nothing. */
export function sorting(keys: Key[]): Stage {
  const order: Record<string, 1 | -1> = {}
  for (const { column, descending } of keys) order[fieldOf(column)] ??= descending ? -1 : 1
  return { $sort: order }
}

/** The documents after a position: those that differ in the last key only, or in the one before, and so on; each part is one walk of an index. */
export function beyond(keys: Key[], after: NonNullable<Query['after']>, sort: Sort[] = []): Match {
  if (after.values.length !== sort.length) throw badQuery(`“after” needs a value for each of the ${sort.length} sort columns.`)
  const values = keys.map((_, i) => (i < after.values.length ? after.values[i]! : after.id))
  const parts = keys.map((key, at) => all([...keys.slice(0, at).map((same, i) => equal(same, values[i]!)), next(key, values[at]!)]))
  return any(parts)
}

const equal = ({ column }: Key, value: Scalar): Match => ({ [fieldOf(column)]: { $eq: value === null ? null : operand(column, value) } })

/** Nulls come first ascending and last descending. */
function next(key: Key, value: Scalar): Match {
  const field = fieldOf(key.column)
  if (value === null) return key.descending ? nothing : { [field]: { $ne: null } }
  const bound = operand(key.column, value)
  if (!key.descending) return { [field]: { $gt: bound } }
  return key.column === idColumn ? { [field]: { $lt: bound } } : any([{ [field]: { $lt: bound } }, { [field]: { $eq: null } }])
}
