/** What is worked out once per collection object. Collections are not changed after use. */
import type { Collection, Column } from '../../ports/store'
import { idColumn, plans, revColumn, type Planned } from '../shared/plans'
import { indexesOf, type StoreIndex } from './indexes'
import type { Selection } from './selection'

export interface Plan extends Planned<Selection> {
  readonly indexes: StoreIndex[]
}

/**
 * The name of a column's field in MongoDB: its own, save that what has a meaning to MongoDB, mongoose or JavaScript is written as
 * `%` and its code. Fields that begin with an underscore are thus never a column's: `_id`, and what a query adds on its way.
 */
export const fieldOf = (column: Column): string =>
  column === idColumn ? '_id' : column.column.replace(/^[_\d]|^(?=(?:constructor|prototype)$)|[%.$\0]/g, (c) => `%${c === '' ? '' : c.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** Where the value lies that comparisons and indexes use. Lists and objects are stored as text, see values.ts. */
export const textOf = (column: Column): string => (column.kind === 'json' ? `${fieldOf(column)}.t` : fieldOf(column))

export const planOf = plans(makePlan)

function makePlan(collection: Collection): Plan {
  const columns = new Map([idColumn, revColumn, ...collection.columns].map((c) => [c.name, c]))
  return { collection, columns, indexes: indexesOf({ collection, columns }), selections: new Map() }
}
