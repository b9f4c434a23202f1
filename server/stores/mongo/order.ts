/** Sorting and continuing after a document. */
import type { Query, Scalar, Sort } from '../../ports/store'
import { idColumn } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import type { Key } from '../shared/sort-keys'
import { all, any, nothing, type Match, type Stage } from './match'
import { fieldOf } from './plan'
import { operand } from './values'

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
