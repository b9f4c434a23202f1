/**
 * What is kept in another form from a release on: fields of another type, keys of new rules of uniqueness. The new columns are filled while
 * the former definitions are in force, so that readers and writers go on; in the transaction of the release only what changed meanwhile is
 * carried over, so that no duplicate comes in between. Broken off, it begins again.
 */
import { comparedWith, retypedFields, storedKeysOf, uidOf, type DefinitionProblem, type Retyped, type UniqueKey, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { derivedAt, type Table, type Tables } from '../model/tables'
import type { Collection, Stored, StoredDoc, Where } from '../ports/store'
import { inPages } from '../records/batches'
import { converterOf, type Converting } from '../records/convert-value'
import { allColumns } from '../records/load'
import { guardUnique } from '../records/unique'
import { Interrupted } from '../background'
import { cutting, empties, type Decisions } from './change-rules'
import type { Context, WriteContext } from './context'

export interface Conversion {
  before: Table
  after: Table
  fields: Retyped[]
  /** Of rules that records are not compared by yet. */
  keys: UniqueKey[]
  /** Records whose key another has that may have been given up since. */
  skipped: Set<string>
  /** The record as the new definition has it. */
  turn(record: WireRecord): WireRecord
}

export function conversionsOf(ctx: Context, tables: Tables, changed: Definition[], decisions: Decisions = {}): Conversion[] {
  const names = new Set(changed.filter((d) => d.kind === 'entity').flatMap((d) => [d.name, ...comparedWith(d)]))
  return [...names].flatMap((name) => {
    const [before, after] = [ctx.model.tables.get(name), tables.get(name)!]
    const fields = before ? retypedFields(before.entity, after.entity) : []
    const keys = before ? newKeys(before, after) : []
    return fields.length + keys.length > 0 ? [{ before: before!, after, fields, keys, skipped: new Set<string>(), turn: turner(before!, after, fields, { timeZone: ctx.clock.timeZone, cuts: cutting(decisions, name) }, decisions) }] : []
  })
}

function newKeys(before: Table, after: Table): UniqueKey[] {
  const known = new Set(before.collection.columns.map((c) => c.name))
  return storedKeysOf(after.entity).filter(({ column }) => !known.has(column))
}

function turner(before: Table, after: Table, fields: Retyped[], how: Converting, decisions: Decisions): Conversion['turn'] {
  const former = new Map(before.entity.own.map((f) => [uidOf(f.definition), f.name]))
  const converters = fields.map((field) => ({ field, convert: converterOf(field, how) }))
  return (record) => {
    const turned: WireRecord = { ...record }
    for (const { name, definition } of after.entity.own) turned[name] = record[former.get(uidOf(definition)) ?? name] ?? null
    for (const { field: { to }, convert } of converters) {
      const { value, problems } = convert(turned[to.name])
      const refused = problems.find(({ at }) => !empties(decisions, after.entity.name, at))
      if (refused) throw refusal(after, '/fields', 'cannotConvert', { name: refused.problem.params?.label ?? to.definition.label, count: 1, entity: after.entity.name, at: refused.at })
      turned[to.name] = value
    }
    return turned
  }
}

function refusal({ entity }: Table, path: string, code: DefinitionProblem['code'], params: DefinitionProblem['params']): AppError {
  const problem: DefinitionProblem = { kind: 'entity', key: entity.name, path, code, params }
  return new AppError(422, code, params, [problem])
}

/** The collection with both forms: columns and indexes of the former and of the new definition. */
export function bothForms({ before: { collection: old }, after: { collection: next } }: Conversion): Collection {
  const there = new Map(old.columns.map((c) => [c.column, c.name]))
  const added = next.columns.filter((c) => !there.has(c.column))
  const names = new Map(next.columns.map((c) => [c.name, there.get(c.column) ?? c.column]))
  const renamed = (columns: string[]) => columns.map((name) => names.get(name) ?? name)
  const indexes = next.indexes.map((i) => ({ ...i, columns: renamed(i.columns), ...(i.covers && { covers: renamed(i.covers) }) }))
  return { ...old, columns: [...old.columns, ...added.map((c) => ({ ...c, name: c.column }))], indexes: [...old.indexes, ...indexes], search: [...new Set([...(old.search ?? []), ...renamed(next.search ?? [])])] }
}

/** Fills the new columns of all records, a batch a transaction. `progress` is told how many records it has come through. */
export async function fillColumns(ctx: Context, conversion: Conversion, progress: (ctx: WriteContext, done: number) => Promise<void>): Promise<void> {
  let done = 0
  await inPages(ctx, conversion.before, async (docs) => {
    if (ctx.background.stopping) throw new Interrupted()
    await ctx.store.transaction(async (tx) => {
      await fillSome({ ...ctx, tx }, conversion, await tx.getMany(conversion.before.collection, docs.map((d) => d.id), allColumns(conversion.before)))
      await progress({ ...ctx, tx }, done + docs.length)
    })
    done += docs.length
  }, [])
}

/** Clocks of several processes may differ by so much. */
const tolerance = 300_000
/** What was edited since then, or followed other records. */
export function writtenSince({ collection }: Table, since: string): Where {
  const value = new Date(Date.parse(since) - tolerance).toISOString()
  return { or: ['updatedAt', derivedAt].filter((name) => collection.columns.some((c) => c.name === name)).map((name) => ({ path: [name], op: 'gte', value })) }
}

/** In the transaction of the release: what was written since the filling began, and what could not get its key before. */
export async function carryOver(ctx: WriteContext, conversion: Conversion, since: string): Promise<void> {
  const { before, after, skipped } = conversion
  const written = await ctx.tx.find(before.collection, { where: writtenSince(before, since), columns: allColumns(before) })
  const known = new Set(written.map(({ id }) => id))
  const left = await ctx.tx.getMany(before.collection, [...skipped].filter((id) => !known.has(id)), allColumns(before))
  const fillings = await fillingsOf(ctx, conversion, [...written, ...left])
  await giveUpKeys(ctx, conversion, fillings)
  await guardUnique(after, () => write(ctx, after, fillings)).catch((error: unknown) => { throw same(after, error) })
}

/** A record whose key another holds gets it in the transaction of the release, when all that was written meanwhile is known. */
async function fillSome(ctx: WriteContext, conversion: Conversion, docs: StoredDoc[]) {
  const fillings = await fillingsOf(ctx, conversion, docs)
  for (const { column } of blocking(conversion)) {
    const holders = await holdersOf(ctx, conversion.after, column, fillings.map(({ set }) => set[column]).filter((value) => typeof value === 'string'))
    for (const { id, set } of fillings) {
      const value = set[column] ?? null
      if (value === null) continue
      if ((holders.get(value) ?? id) === id) holders.set(value, id)
      else { conversion.skipped.add(id); delete set[column] }
    }
  }
  await write(ctx, conversion.after, fillings)
}

/** Stored values that are to be written to the new columns, and those that stand there. */
interface Filling { id: string; set: Record<string, Stored>; known: StoredDoc | undefined }

async function fillingsOf({ tx }: WriteContext, { before, after, fields, turn }: Conversion, docs: StoredDoc[]): Promise<Filling[]> {
  const there = new Set(before.collection.columns.map((c) => c.column))
  const fresh = new Set(after.collection.columns.filter((c) => !there.has(c.column)).map((c) => c.name))
  const filled = new Map((await tx.getMany(after.collection, docs.map((d) => d.id), [...fresh])).map((d) => [d.id, d]))
  return docs.map((doc) => {
    // Every key asks whether the record is in the bin.
    const wanted = after.encode(turn(before.decode(doc)), [...fields.map((f) => f.to.name), 'deletedAt'])
    const known = filled.get(doc.id)
    return { id: doc.id, known, set: Object.fromEntries(Object.entries(wanted).filter(([name, value]) => fresh.has(name) && JSON.stringify(known?.[name] ?? null) !== JSON.stringify(value ?? null))) }
  })
}

const blocking = ({ keys }: Conversion) => keys.filter(({ rule }) => rule.mode !== 'warn')

async function holdersOf({ tx }: WriteContext, { collection }: Table, column: string, values: string[]): Promise<Map<Stored, string>> {
  if (values.length === 0) return new Map()
  const docs = await tx.find(collection, { where: { path: [column], op: 'in', value: values }, columns: [column] })
  return new Map(docs.map((d) => [d[column]!, d.id]))
}

/** All that change are free before any is taken. */
async function giveUpKeys({ tx }: WriteContext, conversion: Conversion, fillings: Filling[]) {
  for (const { column } of blocking(conversion)) for (const { id, set, known } of fillings) {
    if (column in set && (known?.[column] ?? null) !== null) await tx.update(conversion.after.collection, id, undefined, { [column]: null }, { keepRev: true })
  }
}

async function write({ tx }: WriteContext, { collection }: Table, fillings: Filling[]) {
  for (const { id, set } of fillings) if (Object.keys(set).length > 0) await tx.update(collection, id, undefined, set, { keepRev: true })
}

/** Records that were told apart and no longer are. */
function same(table: Table, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'duplicate') return error
  return refusal(table, '/unique', 'duplicateData', { ...error.params, count: { en: 'Some', zh: '部分' } })
}
