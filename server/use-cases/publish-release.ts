import { keyOf, uniqueKeysOf, type DefinitionProblem, type UniqueKey } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition, Entity, Field, FormulaField, RollupField } from '../../schemas/generated/types'
import type { Where } from '../../schemas/filters'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import { tablesOf, type Table, type Tables } from '../model/tables'
import { StoreError, type Transaction } from '../ports/store'
import { inBatches } from '../records/batches'
import { rebuildRecords } from '../records/derived'
import { brokenRules, fieldsBehind, fillKeys } from '../records/unique'
import { consequencesOf, type Decisions } from './change-rules'
import { asEngine, inTransaction, type Context, type WriteContext } from './context'
import { noteDataChanges, runDataChange } from './data-changes'
import { assemble, documentsOf, draftsHash, hashOf, readDrafts, removalsOf, requireStudio, type Draft } from './definitions'
import { concludeUpgrade, openConflicts, pendingUpgrade, type Upgrade } from './layers'
import { noteTrash } from './trash'

export interface ReleaseItem { kind: string; key: string; version: number; removed?: boolean }
export interface Release { number: number; at: string; by: string; items: ReleaseItem[] }

export interface Publication {
  documents: Definition[]
  /** Definitions that are taken away, as kind:key. */
  removed?: string[]
  /** Drafts that are done with. */
  drafts?: Draft[]
  decisions?: Decisions
  /** An upgrade of the template that is published with it. */
  upgrade?: Upgrade
}

/** Publishes all drafts at once: checked as a whole, stored as new immutable versions, live in every process. 422 with every fault. */
export async function publishRelease(ctx: Context, expected?: string, decisions?: Decisions): Promise<Release> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  if (drafts.length === 0) throw new AppError(409, 'nothingToPublish')
  if (expected !== undefined && expected !== draftsHash(drafts)) throw new AppError(409, 'draftChanged')
  const upgrade = await pendingUpgrade(ctx)
  refuse(openConflicts(upgrade))
  return publish(ctx, { documents: documentsOf(drafts), removed: removalsOf(drafts), drafts, decisions, upgrade })
}

/** Also for templates and imports. */
export const publishDocuments = (ctx: Context, documents: Definition[]) => publish(ctx, { documents })

export async function publish(ctx: Context, publication: Publication): Promise<Release> {
  const { documents, removed = [], decisions } = publication
  const candidate = assemble(ctx.model, documents, removed)
  const { problems, dataChanges } = await consequencesOf(ctx, candidate, removed, decisions)
  refuse([...candidate.problems, ...problems])
  const { catalog, changed } = candidate
  const tables = tablesOf(catalog)
  await prepareStore(ctx, tables, changed)
  await refuseBrokenRules(ctx, tables, changed)
  const release = await inTransaction(ctx, async (inside) => {
    const stored = await storeRelease(inside, changed, publication)
    await noteDataChanges(ctx, inside.tx, stored.number, dataChanges)
    return stored
  })
  const after: Context = { ...ctx, model: { ...ctx.model, catalog, tables, release: release.number } }
  await rebuild(after, changed, ctx)
  for (const { table } of newKeys(ctx, tables, changed)) await inBatches(ctx, table, fillKeys)
  await workOff(after, release.number)
  return release
}

function refuse(problems: DefinitionProblem[]) {
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
}

async function workOff(ctx: Context, release: number) {
  const noted = await ctx.store.find(collections.dataChange, { where: { path: ['release'], op: 'eq', value: release } })
  for (const doc of noted) await runDataChange(asEngine(ctx, 'definition'), doc)
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
  refuse(problems)
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

async function storeRelease(ctx: WriteContext, changed: Definition[], { removed = [], drafts = [], upgrade }: Publication): Promise<Release> {
  const gone = removed.map((id) => ctx.model.published.get(id)!)
  const items: ReleaseItem[] = []
  for (const d of changed) items.push({ kind: d.kind, key: keyOf(d), version: await nextVersion(ctx, d.kind, keyOf(d)) })
  for (const { kind, key } of gone) items.push({ kind, key, version: await nextVersion(ctx, kind, key), removed: true })
  const release: Release = { number: ctx.model.release + 1, at: ctx.clock.now(), by: ctx.me.id, items }
  await insertRelease(ctx, ctx.tx, release)
  const bodies = [...changed, ...gone.map((p) => p.body)]
  for (const [i, item] of items.entries()) await insertVersion(ctx, release.number, item, bodies[i]!)
  await noteTrash(ctx, changed, gone)
  await forgetDrafts(ctx, drafts)
  if (upgrade) await concludeUpgrade(ctx, upgrade)
  await ctx.tx.bumpMetaVersion()
  return release
}

async function insertVersion({ tx, newId }: WriteContext, release: number, { kind, key, version, removed = false }: ReleaseItem, body: Definition) {
  await tx.updateWhere(collections.definition, { and: [{ path: ['kind'], op: 'eq', value: kind }, { path: ['key'], op: 'eq', value: key }] }, { current: false })
  await tx.insert(collections.definition, [{ id: newId(), rev: 1, kind, key, version, hash: hashOf(body), release: String(release), current: !removed, removed, body: body as never }])
}

/** Versions go on where a definition ended that was taken away and comes back. */
async function nextVersion({ tx }: WriteContext, kind: string, key: string): Promise<number> {
  const where: Where = { and: [{ path: ['kind'], op: 'eq', value: kind }, { path: ['key'], op: 'eq', value: key }] }
  const [last] = await tx.find(collections.definition, { where, sort: [{ column: 'version', descending: true }], limit: 1, columns: ['version'] })
  return ((last?.version as number | undefined) ?? 0) + 1
}

/** A draft that was changed since stays a draft. */
async function forgetDrafts({ tx }: WriteContext, drafts: Draft[]) {
  for (const { kind, key, rev } of drafts) {
    const id = idOf(kind, key)
    if ((await tx.get(collections.draft, id, []))?.rev === rev) await tx.remove(collections.draft, [id])
  }
}

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
async function rebuild(ctx: Context, changed: Definition[], before: Context) {
  for (const document of changed) {
    if (document.kind === 'entity' && computesAnew(before, document)) await inBatches(ctx, ctx.model.tables.get(document.name)!, rebuildRecords)
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
