/**
 * Fields that are kept in another form from a release on. The new columns are filled while the former definitions are in force, so that
 * readers and writers go on; in the transaction of the release only what changed meanwhile is carried over. Broken off, it begins again.
 */
import { retypedFields, uidOf, type DefinitionProblem, type Retyped, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import type { Table, Tables } from '../model/tables'
import type { Collection, StoredDoc } from '../ports/store'
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
  /** The record as the new definition has it. */
  turn(record: WireRecord): WireRecord
}

export function conversionsOf(ctx: Context, tables: Tables, changed: Definition[], decisions: Decisions = {}): Conversion[] {
  return changed.filter((d) => d.kind === 'entity').flatMap(({ name }) => {
    const [before, after] = [ctx.model.tables.get(name), tables.get(name)!]
    const fields = before ? retypedFields(before.entity, after.entity) : []
    return fields.length > 0 ? [{ before: before!, after, fields, turn: turner(before!, after, fields, { timeZone: ctx.clock.timeZone, cuts: cutting(decisions, name) }, decisions) }] : []
  })
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

/** In the transaction of the release: what was written since the filling began. */
export async function carryOver(ctx: WriteContext, conversion: Conversion, since: string): Promise<void> {
  const from = new Date(Date.parse(since) - tolerance).toISOString()
  const { collection } = conversion.before
  await fillSome(ctx, conversion, await ctx.tx.find(collection, { where: { path: ['updatedAt'], op: 'gte', value: from }, columns: allColumns(conversion.before) }))
}

async function fillSome({ tx }: WriteContext, { before, after, fields, turn }: Conversion, docs: StoredDoc[]) {
  const there = new Set(before.collection.columns.map((c) => c.column))
  const fresh = new Set(after.collection.columns.filter((c) => !there.has(c.column)).map((c) => c.name))
  const filled = new Map((await tx.getMany(after.collection, docs.map((d) => d.id), [...fresh])).map((d) => [d.id, d]))
  for (const doc of docs) {
    const wanted = after.encode(turn(before.decode(doc)), fields.map((f) => f.to.name))
    const known = filled.get(doc.id)
    const set = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => fresh.has(name) && JSON.stringify(known?.[name] ?? null) !== JSON.stringify(value ?? null)))
    if (Object.keys(set).length > 0) await guardUnique(after, () => tx.update(after.collection, doc.id, undefined, set, { keepRev: true })).catch((error: unknown) => { throw same(after, error) })
  }
}

/** Values that were told apart by the former type and no longer are. */
function same(table: Table, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'duplicate') return error
  return refusal(table, '/unique', 'duplicateData', { ...error.params, count: { en: 'Some', zh: '部分' } })
}
