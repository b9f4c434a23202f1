import { columnOf, comparedWith, keyOf, retypedFields, type Catalog, type DefinitionProblem } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition, Entity, Field, FormulaField, RollupField } from '../../schemas/generated/types'
import type { Where } from '../../schemas/filters'
import { collections } from '../model/collections'
import { idOf, type Model, type ModelHolder } from '../model/model'
import { tablesOf, type Table, type Tables } from '../model/tables'
import { StoreError, type Transaction } from '../ports/store'
import { fieldsBehind } from '../records/unique'
import { consequencesOf, type Decisions, type NewDataChange } from './change-rules'
import { asEngine, contextFor, systemPerson, type Context, type Services, type WriteContext } from './context'
import { bothForms, carryOver, conversionsOf, type Conversion } from './convert-fields'
import { noteDataChanges, runDataChange, runningChanges } from './data-changes'
import { duplicateData } from './duplicate-groups'
import { assembleWithFormer, documentsOf, draftsHash, hashOf, readDrafts, removalsOf, requireStudio, type Candidate, type Draft } from './definitions'
import { newComparisons, refuseComparedSince, type NewComparison } from './new-comparisons'
import { concludeUpgrade, openConflicts, pendingUpgrade, takeBaseBack, type FormerBase, type Upgrade } from './layers'
import { fillAll, noteFailed, notePending, noteReleased, whileNoted, type PendingRelease } from './pending-releases'
import { columnsBack, noteTrash, settle } from './trash'

export interface ReleaseItem { kind: string; key: string; version: number; removed?: boolean }
/** `warnings`: what is published all the same and should be looked at. */
export interface Release {
  number: number
  at: string
  by: string
  items: ReleaseItem[]
  warnings?: DefinitionProblem[]
  /** What it still does to records, by the ids of the data changes. */
  dataChanges?: string[]
}
/** A release that comes once values have another form; the data change says how far that is. */
export interface Coming { pending: string }

export interface Publication {
  documents: Definition[]
  /** Definitions that are taken away, as kind:key. */
  removed?: string[]
  /** Drafts that are done with. */
  drafts?: Pick<Draft, 'kind' | 'key' | 'rev'>[]
  decisions?: Decisions
  /** An upgrade of the template that is published with it. */
  upgrade?: Upgrade
  /** What customizations are measured against once it is published: an upgrade is undone. */
  base?: FormerBase
}

/** Publishes all drafts at once: checked as a whole, stored as new immutable versions, live in every process. 422 with every fault. `wait`: until everything is done to the records. */
export async function publishRelease(ctx: Context, expected?: string, decisions?: Decisions, wait = true): Promise<Release | Coming> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  if (drafts.length === 0) throw new AppError(409, 'nothingToPublish')
  if (expected !== undefined && expected !== draftsHash(drafts)) throw new AppError(409, 'draftChanged')
  const upgrade = await pendingUpgrade(ctx)
  refuse(openConflicts(upgrade))
  return (wait ? publishInTurn : publishSoon)(ctx, { documents: documentsOf(drafts), removed: removalsOf(drafts), drafts, decisions, upgrade })
}

/** Also for templates and imports. */
export const publishDocuments = (ctx: Context, documents: Definition[]) => publish(ctx, { documents })

/** Gives the release once everything is done to the records. */
export async function publish(ctx: Context, publication: Publication, pending?: PendingRelease): Promise<Release> {
  const { released, follow } = await begin(ctx, publication, pending)
  const { dataChanges: _, ...release } = await released()
  await follow(release)
  return release
}

/** The same beside work that nobody waits for: one after the other. */
export async function publishInTurn(ctx: Context, publication: Publication): Promise<Release> {
  const { released, follow } = await begin(ctx, publication)
  const { dataChanges: _, ...release } = await released()
  await ctx.background.run(() => follow(release))
  return release
}

/** Gives the release at once, or what it waits for; records are changed after the answer. */
export async function publishSoon(ctx: Context, publication: Publication): Promise<Release | Coming> {
  const { job, released, follow } = await begin(ctx, publication)
  if (job) {
    ctx.background.start(async () => follow(await released()).catch(unlessRefused))
    return { pending: job.id }
  }
  const release = await released()
  ctx.background.start(() => follow(release))
  return release
}

interface Begun { job?: PendingRelease; released(): Promise<Release>; follow(release: Release): Promise<void> }

/** Everything that speaks against it is said; nothing is published yet. */
async function begin(ctx: Context, publication: Publication, pending?: PendingRelease): Promise<Begun> {
  const { documents, removed = [], decisions } = publication
  const since = ctx.clock.now()
  const candidate = await assembleWithFormer(ctx, documents, removed)
  const { problems, dataChanges } = await consequencesOf(ctx, candidate, removed, decisions)
  refuse([...candidate.problems, ...problems])
  const tables = tablesOf(candidate.catalog)
  const prepared: Prepared = { tables, since, comparisons: newComparisons(ctx, candidate, tables), changed: candidate.changed, dataChanges: [...dataChanges, ...(await columnsBack(ctx, documents)), ...rebuildsFor(ctx, candidate)] }
  const conversions = conversionsOf(ctx, tables, candidate.changed, decisions)
  const job = conversions.length > 0 ? (pending ?? (await notePending(ctx, conversions, publication))) : undefined
  return {
    ...(job && { job }),
    released: async () => {
      const release = await (job ? whileNoted(ctx, job, () => releaseNow(ctx, publication, prepared, conversions, job)) : releaseNow(ctx, publication, prepared, []))
      return candidate.warnings.length > 0 ? { ...release, warnings: candidate.warnings } : release
    },
    follow: ({ number, items }) => unlessPublishedSince(() => followUp({ ...ctx, model: { ...ctx.model, catalog: candidate.catalog, tables, release: number, published: publishedThen(ctx, candidate, items) } }, conversions)),
  }
}

/** The versions in force after a release, whose items are those of what changed, then of what was taken away. */
function publishedThen({ model }: Context, { changed }: Candidate, items: ReleaseItem[]): Model['published'] {
  const published = new Map(model.published)
  for (const { kind, key, removed } of items) if (removed) published.delete(idOf(kind, key))
  for (const [i, body] of changed.entries()) published.set(idOf(body.kind, keyOf(body)), { kind: body.kind, key: keyOf(body), version: items[i]!.version, hash: hashOf(body), body })
  return published
}

/** What was refused stands with the data change. */
function unlessRefused(error: unknown) {
  if (!(error instanceof AppError)) throw error
}

function refuse(problems: DefinitionProblem[]) {
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
}

/** `since`: when records were asked. */
interface Prepared { tables: Tables; since: string; comparisons: NewComparison[]; changed: Definition[]; dataChanges: NewDataChange[] }

async function releaseNow(ctx: Context, publication: Publication, { tables, since, comparisons, changed, dataChanges }: Prepared, conversions: Conversion[], job?: PendingRelease): Promise<Release> {
  await prepareStore(ctx, tables, changed, conversions)
  if (job) await fillAll(ctx, conversions, job)
  return ctx.store.transaction(async (tx) => {
    const inside: WriteContext = { ...ctx, tx }
    for (const conversion of conversions) await carryOver(inside, conversion, job!.at)
    await refuseComparedSince(inside, tables, comparisons, since)
    const stored = await storeRelease(inside, changed, publication)
    if (job) await noteReleased(inside, job, stored.number)
    for (const { kind, entity, params } of dataChanges) if (kind === 'restoreColumns') await settle(inside, { kind: 'columns', key: entity, uid: columnOf(params.from as Field) })
    const noted = await noteDataChanges(ctx, tx, stored.number, dataChanges)
    return noted.length > 0 ? { ...stored, dataChanges: noted } : stored
  })
}

/** What may be done after it; a later publication takes up what this one leaves. */
async function followUp(after: Context, conversions: Conversion[]) {
  for (const { after: table } of conversions) await after.store.ensureCollection(table.collection)
  for (const doc of await runningChanges(after)) await runDataChange(asEngine(after, 'definition'), doc)
}

async function unlessPublishedSince(work: () => Promise<void>) {
  await work().catch((error: unknown) => { if (!(error instanceof AppError) || error.code !== 'definitionsChanged') throw error })
}

/** Tables and indexes first: they only add, so that an interrupted publish leaves nothing that the published version minds. */
async function prepareStore(ctx: Context, tables: Tables, changed: Definition[], conversions: Conversion[]) {
  for (const name of new Set(changed.flatMap(storedIn))) {
    const conversion = conversions.find((c) => c.after.entity.name === name)
    await ensure(ctx, tables.get(name)!, conversion && bothForms(conversion))
  }
}

/** The entity and those it adds up or is compared with: a roll-up brings them an index, a rule a key; a pinned pipeline brings one to the entity. */
function storedIn(document: Definition): string[] {
  if (document.kind === 'pipeline') return [document.entity]
  if (document.kind !== 'entity') return []
  const added = document.fields.map((f) => (f as RollupField).rollup?.entity).filter((name) => name !== undefined)
  return [document.name, ...added, ...comparedWith(document)]
}

async function ensure(ctx: Context, table: Table, collection = table.collection) {
  try {
    await ctx.store.ensureCollection(collection)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'DUPLICATE') throw error
    refuse([duplicateData(table.entity, fieldsBehind(table.entity, error.columns))])
  }
}

async function storeRelease(ctx: WriteContext, changed: Definition[], { removed = [], drafts = [], upgrade, base }: Publication): Promise<Release> {
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
  if (upgrade) await concludeUpgrade(ctx, upgrade, release.number)
  if (base) await takeBaseBack(ctx, base, release.number)
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
async function forgetDrafts({ tx }: WriteContext, drafts: NonNullable<Publication['drafts']>) {
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

/** Computed fields that are new, defined otherwise or kept in another form are filled. */
function rebuildsFor(ctx: Context, { changed, catalog }: Candidate): NewDataChange[] {
  return changed.flatMap((d) => (d.kind === 'entity' && (computesAnew(ctx, d) || computesRetyped(ctx, catalog, d.name)) ? [{ kind: 'rebuild' as const, entity: d.name, params: {} }] : []))
}

function computesRetyped({ model }: Context, catalog: Catalog, name: string): boolean {
  const before = model.catalog.entities.get(name)
  return before !== undefined && retypedFields(before, catalog.entities.get(name)!).some(({ to }) => to.computed || to.rows?.some((c) => c.computed))
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

/** At every start: releases that were broken off while fields got another form or keys were filled. One that is overtaken or refused stays undone; its drafts are there. */
export async function resumeReleases(services: Services, holder: ModelHolder): Promise<void> {
  const where: Where = { and: [{ path: ['status'], op: 'eq', value: 'running' }, { path: ['release'], op: 'eq', value: 0 }] }
  for (const doc of await services.store.find(collections.dataChange, { where })) {
    const model = await holder.current()
    const ctx = contextFor(services, model, model.directory.person(doc.by as string) ?? systemPerson, 'en', 'definition')
    try {
      if ((doc.params as { base: number }).base !== model.release) throw new AppError(409, 'draftChanged')
      await publish(ctx, doc.publication as unknown as Publication, { id: doc.id, at: doc.at as string })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await noteFailed(ctx, doc.id, error)
    }
  }
}
