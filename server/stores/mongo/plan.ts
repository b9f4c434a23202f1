/** What is worked out once per collection object. Collections are not changed after use. */
import type { Collection, Column } from '../../ports/store'
import { badQuery } from './errors'
import { indexesOf, type StoreIndex } from './indexes'
import type { Selection } from './selection'

export interface Plan {
  readonly collection: Collection
  /** All columns by the names used in documents, `id` and `rev` among them. */
  readonly columns: ReadonlyMap<string, Column>
  readonly indexes: StoreIndex[]
  /** Filled by `selectOf`. */
  readonly selections: Map<string, Selection>
}

export const idColumn: Column = { name: 'id', column: 'id', kind: 'text' }
export const revColumn: Column = { name: 'rev', column: 'rev', kind: 'int' }

const plans = new WeakMap<Collection, Plan>()

export function planOf(collection: Collection): Plan {
  let plan = plans.get(collection)
  if (!plan) plans.set(collection, (plan = makePlan(collection)))
  return plan
}

/** The column of that name, or BAD_QUERY. */
export function columnOf(plan: Pick<Plan, 'collection' | 'columns'>, column: string): Column {
  const found = plan.columns.get(column)
  if (!found) throw badQuery(`${plan.collection.name} has no column “${column}”.`)
  return found
}

/**
 * The name of a column's field in MongoDB: its own, save that what has a meaning to MongoDB, mongoose or JavaScript is written as
 * `%` and its code. Fields that begin with an underscore are thus never a column's: `_id`, and what a query adds on its way.
 */
export const fieldOf = (column: Column): string =>
  column === idColumn ? '_id' : column.column.replace(/^[_\d]|^(?=(?:constructor|prototype)$)|[%.$\0]/g, (c) => `%${c === '' ? '' : c.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** Where the value lies that comparisons and indexes use. Lists and objects are stored as text, see values.ts. */
export const textOf = (column: Column): string => (column.kind === 'json' ? `${fieldOf(column)}.t` : fieldOf(column))

function makePlan(collection: Collection): Plan {
  const columns = new Map([idColumn, revColumn, ...collection.columns].map((c) => [c.name, c]))
  return { collection, columns, indexes: indexesOf({ collection, columns }), selections: new Map() }
}
