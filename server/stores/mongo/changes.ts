/** Documents and changes of documents in stored form. */
import type { Column, Stored, StoredDoc } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import type { Raw } from './models'
import { fieldOf, type Plan } from './plan'
import { encode, fieldsOf, type Fields } from './values'

/** What an update does to a document's fields. Null is an absent field. */
export interface Change { $set?: Fields; $unset?: Record<string, 1> }

export function rawOf(plan: Plan, doc: StoredDoc): Raw {
  for (const key in doc) columnOf(plan, key)
  if (typeof doc.id !== 'string' || doc.id === '' || !Number.isSafeInteger(doc.rev)) throw badQuery(`A document of ${plan.collection.name} needs an id and a rev.`)
  return fieldsOf(plan.collection, [...plan.columns.values()], doc) as unknown as Raw
}

export function changeOf(plan: Plan, set: Record<string, Stored>): Change {
  const $set: Fields = {}
  const $unset: Record<string, 1> = {}
  for (const [named, value] of Object.entries(set)) {
    const column = writable(plan, named)
    const stored = encode(plan.collection, column, value)
    if (stored === undefined) $unset[fieldOf(column)] = 1
    else $set[fieldOf(column)] = stored
  }
  // MongoDB takes no empty ones.
  return { ...(Object.keys($set).length > 0 && { $set }), ...(Object.keys($unset).length > 0 && { $unset }) }
}

function writable(plan: Plan, named: string): Column {
  if (named === 'id' || named === 'rev') throw badQuery(`“${named}” cannot be set.`)
  return columnOf(plan, named)
}

/** The document as it will be. */
export function changed(doc: Raw, { $set, $unset }: Change): Raw {
  const next: Raw = { ...doc, ...$set }
  for (const field in $unset) delete next[field]
  return next
}
