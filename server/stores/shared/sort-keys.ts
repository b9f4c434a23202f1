import type { Column, Sort } from '../../ports/store'
import { columnOf, idColumn, type Planned } from './plans'
import { badQuery } from './refusals'

export interface Key { column: Column; descending: boolean }

/** The sort keys with id as the last; it goes the way of the key before it, as an index on both can be walked either way. */
export function keysOf(plan: Planned<unknown>, sort: Sort[] = []): Key[] {
  const keys = sort.map((s) => ({ column: sortable(plan, s.column), descending: s.descending === true }))
  if (keys.some((k) => k.column === idColumn)) return keys
  return [...keys, { column: idColumn, descending: keys.at(-1)?.descending ?? false }]
}

function sortable(plan: Planned<unknown>, named: string): Column {
  const column = columnOf(plan, named)
  if (column.kind === 'json' || column.kind === 'rows') throw badQuery(`Documents cannot be sorted by “${named}” (${column.kind}).`)
  return column
}
