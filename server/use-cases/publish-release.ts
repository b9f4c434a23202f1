import { keyOf, uniqueKeysOf, type DefinitionProblem, type UniqueKey } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition, Entity, Field, FormulaField, RollupField } from '../../schemas/generated/types'
import { definitionProblems } from '../../schemas/validate'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import { tablesOf, type Table, type Tables } from '../model/tables'
import { StoreError, type Transaction } from '../ports/store'
import { inBatches } from '../records/batches'
import { rebuildRecords } from '../records/derived'
import { brokenRules, fieldsBehind, fillKeys } from '../records/unique'
import { changeProblems } from './change-rules'
import { inTransaction, type Context } from './context'
import { assemble, draftsHash, hashOf, readDrafts, requireStudio } from './definitions'

export interface Release { number: number; at: string; by: string; items: { kind: string; key: string; version: number }[] }

/** Publishes all drafts at once: checked as a whole, stored as new immutable versions, live in every process. 422 with every fault. */
export async function publishRelease(ctx: Context, expected?: string): Promise<Release> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  if (drafts.length === 0) throw new AppError(409, 'nothingToPublish')
  if (expected !== undefined && expected !== draftsHash(drafts)) throw new AppError(409, 'draftChanged')
  return publishDocuments(ctx, drafts.map((d) => d.definition), drafts.map((d) => idOf(d.kind, d.key)))
}

/** Also for templates and bundles. `drafts`: drafts that are done with. */
export async function publishDocuments(ctx: Context, documents: Definition[], drafts: string[] = []): Promise<Release> {
  const { changed, catalog, problems } = assemble(ctx.model, documents)
  const all = [...problems, ...(await changeProblems(ctx, changed, catalog))]
  if (all.length > 0) throw new AppError(422, all[0]!.code, all[0]!.params, all)
  const tables = tablesOf(catalog)
  await prepareStore(ctx, tables, changed)
  await refuseBrokenRules(ctx, tables, changed)
  const release = await inTransaction(ctx, ({ tx }) => storeRelease(ctx, tx, changed, drafts))
  await rebuild({ ...ctx, model: { ...ctx.model, catalog, tables, release: release.number } }, changed)
  for (const { table } of newKeys(ctx, tables, changed)) await inBatches(ctx, table, fillKeys)
  return release
}

/** Tables and indexes first: they only add, so that an interrupted publish leaves nothing that the published version minds. */
async function prepareStore(ctx: Context, tables: Tables, changed: Definition[]) {
  for (const name of new Set(changed.flatMap(storedIn))) await ensure(ctx, tables.get(name)!)
}

/** The entity and those it adds up: a roll-up brings them an index. */
function storedIn(document: Definition): string[] {
  if (document.kind !== 'entity') return []
  const added = document.fields.map((f) => (f as RollupField).rollup?.entity).filter((name) => name !== undefined)
  return [document.name, ...added]
}

async function ensure(ctx: Context, table: Table) {
  try {
    await ctx.store.ensureCollection(table.collection)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'DUPLICATE') throw error
    const problem: DefinitionProblem = { kind: 'entity', key: table.entity.name, path: '/unique', code: 'duplicateData', params: { count: { en: 'Some', zh: '部分' }, fields: fieldsBehind(table.entity, error.columns).map((f) => f.definition.label) } }
    throw new AppError(422, problem.code, problem.params, [problem])
  }
}

/** Rules of uniqueness that are new must hold for the records there are. */
async function refuseBrokenRules(ctx: Context, tables: Tables, changed: Definition[]) {
  const problems: DefinitionProblem[] = []
  for (const { table, keys } of newKeys(ctx, tables, changed)) {
    for (const { fields, count } of await brokenRules(ctx, table, keys)) problems.push({ kind: 'entity', key: table.entity.name, path: '/unique', code: 'duplicateData', params: { fields: fields.map((f) => f.definition.label), count: { en: String(count), zh: `${count}条` } } })
  }
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
}

/** Keys by which records that were there before are not compared yet. */
function newKeys(ctx: Context, tables: Tables, changed: Definition[]): { table: Table; keys: UniqueKey[] }[] {
  return changed.filter((d) => d.kind === 'entity').flatMap((d) => {
    const table = tables.get(d.name)!
    const before = ctx.model.tables.get(d.name)
    const known = new Set(before?.collection.columns.map((c) => c.name))
    const keys = before ? uniqueKeysOf(table.entity).filter(({ column }) => !known.has(column)) : []
    return keys.length > 0 ? [{ table, keys }] : []
  })
}

async function storeRelease(ctx: Context, tx: Transaction, changed: Definition[], drafts: string[]): Promise<Release> {
  const items = changed.map((d) => ({ kind: d.kind, key: keyOf(d), version: versionOf(ctx, d) }))
  const release: Release = { number: ctx.model.release + 1, at: ctx.clock.now(), by: ctx.me.id, items }
  await insertRelease(ctx, tx, release)
  for (const [i, document] of changed.entries()) {
    const { kind, key, version } = items[i]!
    await tx.updateWhere(collections.definition, { and: [{ path: ['kind'], op: 'eq', value: kind }, { path: ['key'], op: 'eq', value: key }] }, { current: false })
    await tx.insert(collections.definition, [{ id: ctx.newId(), rev: 1, kind, key, version, hash: hashOf(document), release: String(release.number), current: true, body: document as never }])
  }
  await tx.remove(collections.draft, drafts)
  await tx.bumpMetaVersion()
  return release
}

const versionOf = (ctx: Context, document: Definition) => (ctx.model.published.get(idOf(document.kind, keyOf(document)))?.version ?? 0) + 1

/** The number is unique: of two publications on the same state one fails. */
async function insertRelease(ctx: Context, tx: Transaction, release: Release) {
  try {
    await tx.insert(collections.release, [{ id: ctx.newId(), rev: 1, ...release }])
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DUPLICATE') throw new AppError(409, 'draftChanged')
    throw error
  }
}

/** Fills computed fields that are new or defined otherwise. */
async function rebuild(ctx: Context, changed: Definition[]) {
  for (const document of changed) {
    if (document.kind === 'entity' && computesAnew(ctx, document)) await inBatches(ctx, ctx.model.tables.get(document.name)!, rebuildRecords)
  }
}

function computesAnew(ctx: Context, document: Entity): boolean {
  const before = ctx.model.published.get(idOf('entity', document.name))?.body as Entity | undefined
  if (!before) return false
  const meaning = (f: Field): string => JSON.stringify([(f as FormulaField).formula, (f as RollupField).rollup, (f as { fields?: Field[] }).fields?.map(meaning)])
  const known = new Map(before.fields.map((f) => [f.uid ?? f.name, meaning(f)]))
  return document.fields.some((f) => meaning(f) !== '[null,null,null]' && known.get(f.uid ?? f.name) !== meaning(f))
}

export async function listReleases(ctx: Context): Promise<{ items: Release[] }> {
  requireStudio(ctx)
  const docs = await ctx.store.find(collections.release, { sort: [{ column: 'number', descending: true }], limit: 100 })
  return { items: docs.map((d) => ({ number: d.number as number, at: d.at as string, by: d.by as string, items: d.items as unknown as Release['items'] })) }
}

/** What the drafts touch: how many records of each entity, and which fields are new or changed. */
export async function draftImpact(ctx: Context) {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  const items = await Promise.all(drafts.map(async ({ kind, key, definition }) => {
    const before = ctx.model.published.get(idOf(kind, key))?.body
    const entity = 'entity' in definition ? definition.entity : definition.kind === 'entity' ? definition.name : undefined
    const table = entity === undefined ? undefined : ctx.model.tables.get(entity)
    const records = table ? await ctx.store.count(table.collection, { where: { path: ['deletedAt'], op: 'empty' } }) : 0
    return { kind, key, change: before ? ('changed' as const) : ('added' as const), records, fields: fieldChanges(before as Entity | undefined, definition) }
  }))
  return { items }
}

function fieldChanges(before: Entity | undefined, after: Definition): { added: string[]; changed: string[] } {
  // A draft may be anything yet; what it changes is told once it has the shape of an entity.
  if (after.kind !== 'entity' || definitionProblems(after).length > 0) return { added: [], changed: [] }
  const known = new Map(before?.fields.map((f) => [f.uid ?? f.name, JSON.stringify({ ...f, uid: undefined })]))
  const keyed = after.fields.map((f) => ({ name: f.name, before: known.get(f.uid ?? f.name), now: JSON.stringify({ ...f, uid: undefined }) }))
  return { added: keyed.filter((f) => f.before === undefined).map((f) => f.name), changed: keyed.filter((f) => f.before !== undefined && f.before !== f.now).map((f) => f.name) }
}
