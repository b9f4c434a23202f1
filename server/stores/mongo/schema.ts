/** Collections and indexes: created or extended; columns and collections are dropped only when that is asked for. */
import type { Collection, Column, Index } from '../../ports/store'
import { columnOf, idColumn, revColumn } from '../shared/plans'
import { badQuery, checkOnly } from '../shared/refusals'
import { isMissing } from './errors'
import { idIndex, isOurs, specOf } from './indexes'
import type { Models, Registered } from './models'
import { planOf } from './plan'

/** Indexes first, and all of them in one command: when one cannot be built, everything is as it was. Returns what was done, in words. */
export async function ensureCollection(models: Models, collection: Collection): Promise<string[]> {
  checkDefinition(collection)
  const registered = await models.registry.findById(collection.name).lean()
  const added = missingColumns(collection, registered?.columns ?? [])
  const created = registered ? [] : [`created collection ${collection.name}`]
  const indexed = await ensureIndexes(models, collection)
  if (!registered || added.length > 0) await register(models, collection.name, added)
  return [...created, ...(registered ? added.map(({ column }) => `added column ${column} to ${collection.name}`) : []), ...indexed]
}

type Entry = Registered['columns'][number]

const register = (models: Models, name: string, columns: Entry[]) =>
  models.registry.updateOne({ _id: name }, { $addToSet: { columns: { $each: columns } } }, { upsert: true })

/** MongoDB knows no columns; the registry remembers their kinds. */
function missingColumns(collection: Collection, known: Entry[]): Entry[] {
  const kinds = new Map(known.map((entry) => [entry.column.toLowerCase(), entry.kind]))
  return entriesOf(collection.columns).filter(({ column, kind }) => {
    const stored = kinds.get(column.toLowerCase())
    if (stored !== undefined && stored !== kind) throw badQuery(`Column ${column} of ${collection.name} is ${stored}; as ${kind} it needs a new column.`)
    return stored === undefined
  })
}

const entriesOf = (columns: Column[], within = ''): Entry[] =>
  columns.flatMap((c) => [{ column: within + c.column, kind: c.kind }, ...entriesOf(c.rows ?? [], `${c.column}.`)])

async function ensureIndexes(models: Models, collection: Collection): Promise<string[]> {
  const model = models.of(collection)
  const wanted = planOf(collection).indexes
  const existing = await existingIndexes(models, collection)
  const missing = wanted.filter(({ name }) => !existing.includes(name))
  const superfluous = existing.filter((name) => isOurs(name) && !wanted.some((index) => index.name === name))
  // Also makes the collection, when only the index on the id is missing: transactions make none.
  if (missing.length > 0) await model.collection.createIndexes(missing.map(specOf))
  for (const name of superfluous) await model.collection.dropIndex(name)
  const built = missing.filter((index) => index !== idIndex).map(({ name }) => name)
  return [...(built.length > 0 ? [`created indexes ${built.join(', ')} of ${collection.name}`] : []), ...(superfluous.length > 0 ? [`dropped indexes ${superfluous.join(', ')} of ${collection.name}`] : [])]
}

/** Names; of a collection that is not there, none. */
async function existingIndexes(models: Models, collection: Collection): Promise<string[]> {
  try {
    return (await models.of(collection).collection.listIndexes().toArray()).map((index) => String(index.name))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function checkDefinition(collection: Collection): void {
  checkColumns(collection.name, [idColumn, revColumn, ...collection.columns])
  for (const column of collection.columns) {
    if (column.kind === 'rows') checkColumns(`${collection.name}.${column.name}`, [idColumn, ...(column.rows ?? [])])
    if (column.rows?.some((c) => c.kind === 'rows')) throw badQuery(`${collection.name}.${column.name}: rows inside rows cannot be stored.`)
  }
  for (const index of collection.indexes) checkIndex(collection, index)
}

function checkColumns(owner: string, columns: Column[]): void {
  const repeated = (values: string[]) => values.find((value, i) => values.indexOf(value) !== i)
  const twice = repeated(columns.map((c) => c.name)) ?? repeated(columns.map((c) => c.column.toLowerCase()))
  if (twice !== undefined) throw badQuery(`${owner} has column ${twice} twice.`)
}

function checkIndex(collection: Collection, { columns, only }: Index): void {
  const known = new Map([idColumn, revColumn, ...collection.columns].map((c) => [c.name, c]))
  const rows = columns.find((column) => columnOf({ collection, columns: known }, column).kind === 'rows')
  if (columns.length === 0 || rows !== undefined) throw badQuery(`An index of ${collection.name} needs columns of the documents themselves${rows ? `; “${rows}” is a sub-table` : ''}.`)
  if (only) checkOnly(collection, columnOf({ collection, columns: known }, only.column))
}

/** Also the indexes that speak of it. */
export async function dropColumn(models: Models, collection: Collection, { column }: Column): Promise<void> {
  const { collection: stored } = models.of(collection)
  try {
    for (const index of await stored.listIndexes().toArray()) if (isOurs(String(index.name)) && Object.hasOwn(index.key as object, column)) await stored.dropIndex(String(index.name))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  await stored.updateMany({}, { $unset: { [column]: '' } })
  await models.registry.updateOne({ _id: collection.name }, { $pull: { columns: { column } } })
}

export async function dropCollection(models: Models, collection: Collection): Promise<void> {
  try {
    await models.of(collection).collection.drop()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  await models.registry.deleteOne({ _id: collection.name })
}
