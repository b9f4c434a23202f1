/** What a store works out once per collection object. Collections are not changed after use. */
import type { Collection, Column } from '../../ports/store'
import { badQuery } from './refusals'

/** `Selection`: what of a document to read, as the store needs it. */
export interface Planned<Selection> {
  readonly collection: Collection
  /** All columns by the names used in documents, `id` and `rev` among them. */
  readonly columns: ReadonlyMap<string, Column>
  /** Filled by `selections`. */
  readonly selections: Map<string, Selection>
}

export const idColumn: Column = { name: 'id', column: 'id', kind: 'text' }
export const revColumn: Column = { name: 'rev', column: 'rev', kind: 'int' }

/** The column of that name, or BAD_QUERY. */
export function columnOf({ collection, columns }: Pick<Planned<unknown>, 'collection' | 'columns'>, column: string): Column {
  const found = columns.get(column)
  if (!found) throw badQuery(`${collection.name} has no column “${column}”.`)
  return found
}

export function plans<P>(make: (collection: Collection) => P): (collection: Collection) => P {
  const made = new WeakMap<Collection, P & object>()
  return (collection) => {
    let plan = made.get(collection)
    if (!plan) made.set(collection, (plan = make(collection) as P & object))
    return plan
  }
}

/** Users may choose what to read: so many choices are kept at hand. */
const maxSelections = 200

/** Undefined names: all that a document has. */
export function selections<S, P extends Planned<S>>(make: (plan: P, names: string[] | undefined) => S): (plan: P, names: string[] | undefined) => S {
  return (plan, names) => {
    const key = names?.join() ?? '*'
    const known = plan.selections.get(key)
    if (known) return known
    if (plan.selections.size >= maxSelections) plan.selections.clear()
    const selection = make(plan, names)
    plan.selections.set(key, selection)
    return selection
  }
}
