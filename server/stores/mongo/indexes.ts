/** The indexes of a collection, as MongoDB has them. Which there are is in their names: `ux:f_1,f_2`. */
import type { Collection, Column } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { fieldOf, textOf, type Plan } from './plan'

export interface StoreIndex {
  name: string
  /** As they are called in documents. */
  columns: string[]
  /** Paths in the stored document. */
  fields: string[]
  unique: boolean
}

export const idIndex: StoreIndex = { name: '_id_', columns: ['id'], fields: ['_id'], unique: true }
export const isOurs = (name: string) => /^[ui]x:/.test(name)

type Columns = Pick<Plan, 'collection' | 'columns'>

/**
 * An index that is not unique ends with the id, so that it gives documents in page order. A unique one ignores nulls and thus does
 * not hold every document: one that does goes with it, or sorting by an automatic number would read everything.
 */
export function indexesOf(plan: Columns): StoreIndex[] {
  const wanted = plan.collection.indexes.flatMap((index) => (index.unique ? [uniqueIndex(plan, index), plainIndex(plan, index)] : [plainIndex(plan, index)]))
  return [idIndex, ...new Map(wanted.map((index) => [index.name, index])).values()]
}

function uniqueIndex(plan: Columns, { columns }: Collection['indexes'][number]): StoreIndex {
  return named({ columns, fields: columns.map((c) => textOf(columnOf(plan, c))), unique: true })
}

function plainIndex(plan: Columns, { columns }: Collection['indexes'][number]): StoreIndex {
  const fields = columns.map((c) => columnOf(plan, c)).map((column, i, all) => (i === all.findIndex(isList) ? elementsOf(column) : textOf(column)))
  return named({ columns, fields: fields.includes('_id') ? fields : [...fields, '_id'], unique: false })
}

const isList = ({ kind }: Column) => kind === 'json'
/** The elements that “contains” looks for. MongoDB indexes one list an index. */
export const elementsOf = (column: Column) => `${fieldOf(column)}.e`

const named = (index: Omit<StoreIndex, 'name'>): StoreIndex => ({ name: `${index.unique ? 'u' : 'i'}x:${index.fields.join(',')}`, ...index })

/** As `createIndexes` takes it. Null is an absent field: a document that lacks one of the fields is not in a unique index. */
export const specOf = ({ name, fields, unique }: StoreIndex) => ({
  name,
  key: Object.fromEntries(fields.map((field) => [field, 1 as const])),
  ...(unique && name !== idIndex.name && { unique, partialFilterExpression: Object.fromEntries(fields.map((field) => [field, { $exists: true }])) }),
})
