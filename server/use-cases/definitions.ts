/** Definitions: what is published, what is being drafted, and whether it holds together. */
import { createHash } from 'node:crypto'
import { compileCatalog, fieldAccess, identified, keyOf, repetitions, withNewColumns, type Compiled, type CompiledEntity, type DefinitionProblem, type FormerPipeline, type PipelineVersion } from '../../runtime/engine'
import { AppError, atMost, type Problem } from '../../schemas/errors'
import { filterFields } from '../../schemas/filters'
import type { Definition, Entity, Field, Form, Pipeline, Role, Sharing, View, UniqueRule } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { definitionProblems } from '../../schemas/validate'
import { collections } from '../model/collections'
import { formerPipelines, stillFollowed } from '../model/former-pipelines'
import { idOf, pipelinesIn, type Model } from '../model/model'
import type { Reader } from '../ports/store'
import { mayName } from '../records/visibility'
import { inTransaction, readerOf, type Context } from './context'
import { foreignNames, openConflicts, pendingUpgrade } from './layers'
import { identifiedReceivers, renamedReceivers } from './receivers'

export type Kind = Definition['kind']
export const kinds = ['entity', 'form', 'view', 'pipeline', 'flow', 'role', 'sharing', 'action', 'dictionary', 'calendar', 'ruleTable', 'template'] as const satisfies readonly Kind[]

export interface Draft {
  kind: Kind
  key: string
  definition: Definition
  base: number
  rev: number
  /** Publishing it takes the definition away. */
  removal: boolean
  updatedAt: string
  updatedBy: string
}

/** Layout is how a flow is drawn, not what it does. */
export function hashOf(definition: Definition): string {
  const { layout: _layout, ...content } = definition as Definition & { layout?: unknown }
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

/** The same document gives the same text, whatever the order of its members. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => (v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v))
}

export function requireStudio(ctx: Context) {
  if (!ctx.access.capabilities.has('studio')) throw new AppError(403, 'forbidden')
}

interface Published { release: number; definitions: Definition[]; /** Former versions of pinned pipelines that records go on by. */ former: FormerPipeline[] }

/** All published documents as far as they concern this person: entities with any right, fields that are not hidden; by the present names of fields. */
export async function visibleDefinitions(ctx: Context): Promise<Published> {
  const { release, catalog: { documents } } = ctx.model
  const former = await stillFollowed(readerOf(ctx), ctx.model)
  if (ctx.access.capabilities.has('studio')) return { release, definitions: documents, former }
  return { release, definitions: documents.map((d) => visible(ctx, d)).filter((d) => d !== undefined), former: former.filter((f) => visible(ctx, f.pipeline) !== undefined) }
}

/** All published documents as they were written, former names included (studio). */
export function writtenDefinitions(ctx: Context): Omit<Published, 'former'> {
  requireStudio(ctx)
  return { release: ctx.model.release, definitions: [...ctx.model.published.values()].map((p) => p.body) }
}

function visible(ctx: Context, definition: Definition): Definition | undefined {
  if (definition.kind === 'role') return { kind: 'role', name: definition.name, label: definition.label, grants: [] } satisfies Role
  if (definition.kind === 'template' || definition.kind === 'dictionary' || definition.kind === 'calendar') return definition
  if (definition.kind === 'sharing' || definition.kind === 'ruleTable') return undefined
  const entity = ctx.model.catalog.entities.get(definition.kind === 'entity' ? definition.name : definition.entity)
  const access = entity && ctx.access.entity(entity.name)
  if (!entity || !access) return undefined
  const sees = (field: string) => fieldAccess(access, entity, field) !== 'hidden'
  if (definition.kind === 'entity') return { ...definition, fields: definition.fields.filter((f) => sees(f.name)).map((f) => withResult(f, entity)), ...(definition.unique && { unique: visibleRules(definition.unique, sees) }) } satisfies Entity
  if (definition.kind === 'view') return visibleView(definition, sees, (field) => field === 'id' || mayName(ctx)(entity, field))
  if (definition.kind === 'form') return visibleForm(definition, sees, (name) => ctx.access.entity(name) !== undefined)
  return definition
}

/** What a roll-up gives is told with it: who may not know what it adds up could not find it out, and would be shown the bare value. */
const withResult = (field: Field, { fields }: CompiledEntity): Field => ('rollup' in field && field.rollup.entity !== undefined ? Object.assign({}, field, { of: fields.get(field.name)!.effective }) : field)

/** What other kinds of records they are held against is the server's affair. */
const visibleRules = (rules: UniqueRule[], sees: (field: string) => boolean): UniqueRule[] => rules.filter((rule) => comparedFields(rule).every(sees)).map(({ against: _, ...rule }) => rule)

const comparedFields = ({ fields, when }: UniqueRule) => [...fields, ...(when ? filterFields(when).map((path) => path.split('.')[0]!) : [])]

/** A view that asks about what the person may not name is no use to them. */
function visibleView(view: View, sees: (field: string) => boolean, asks: (field: string) => boolean): View | undefined {
  if (view.filter && !filterFields(view.filter).every((path) => asks(path.split('.')[0]!))) return undefined
  return { ...view, columns: view.columns?.filter((c) => sees(c.field)), filters: view.filters?.filter(asks), totals: view.totals?.filter(asks), sort: view.sort?.filter((key) => asks(key.replace(/^-/, ''))) }
}

function visibleForm(form: Form, sees: (field: string) => boolean, knows: (entity: string) => boolean): Form {
  const sections = (list: Form['tabs'][number]['sections']) => list.map((s) => ({ ...s, items: s.items.filter((i) => ('field' in i ? sees(i.field) : knows(i.related))) })).filter((s) => s.items.length > 0)
  return { ...form, tabs: form.tabs.map((t) => ({ ...t, sections: sections(t.sections) })).filter((t) => t.sections.length > 0) }
}

export async function getDefinition(ctx: Context, kind: string, key: string, version?: number) {
  requireStudio(ctx)
  const published = ctx.model.published.get(idOf(kind, key))
  const draft = await findDraft(ctx, kind, key)
  if (version !== undefined && version !== published?.version) return oldVersion(ctx, kind, key, version)
  if (!published && !draft) throw new AppError(404, 'noSuchDefinition', { kind, name: key })
  return {
    kind, key, version: published?.version ?? 0, hash: published?.hash ?? null, definition: published?.body ?? null,
    ...(draft && { draft: { definition: draft.definition, rev: draft.rev, removal: draft.removal, updatedAt: draft.updatedAt, updatedBy: draft.updatedBy } }),
  }
}

async function oldVersion(ctx: Context, kind: string, key: string, version: number) {
  const is = (column: string, value: string | number) => ({ path: [column], op: 'eq' as const, value })
  const [doc] = await readerOf(ctx).find(collections.definition, { where: { and: [is('kind', kind), is('key', key), is('version', version)] }, limit: 1 })
  if (!doc) throw new AppError(404, 'noSuchDefinition', { kind, name: `${key} ${version}` })
  return { kind, key, version, hash: doc.hash, definition: doc.body }
}

async function findDraft(ctx: Context, kind: string, key: string): Promise<Draft | undefined> {
  const doc = await readerOf(ctx).get(collections.draft, idOf(kind, key))
  return doc && toDraft(doc as never)
}

const toDraft = (doc: { kind: Kind; key: string; rev: number; body: Definition; base: number; removal: boolean | null; updatedAt: string; updatedBy: string }): Draft =>
  ({ kind: doc.kind, key: doc.key, definition: doc.body, base: doc.base, rev: doc.rev, removal: doc.removal === true, updatedAt: doc.updatedAt, updatedBy: doc.updatedBy })

export async function readDrafts(ctx: Context): Promise<Draft[]> {
  const docs = await readerOf(ctx).find(collections.draft, {})
  return docs.map((d) => toDraft(d as never))
}

/** The drafts, and a hash of them: what was checked is what will be published. */
export async function listDrafts(ctx: Context): Promise<{ hash: string; drafts: Draft[] }> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  return { hash: draftsHash(drafts), drafts }
}

export const documentsOf = (drafts: Draft[]) => drafts.filter((d) => !d.removal).map((d) => d.definition)
export const removalsOf = (drafts: Draft[]) => drafts.filter((d) => d.removal).map((d) => idOf(d.kind, d.key))

export const draftsHash = (drafts: Draft[]) =>
  createHash('sha256').update(canonicalJson(drafts.map((d) => [d.kind, d.key, d.definition, d.removal]).sort())).digest('hex')

/**
 * Keeps a draft. It may still be wrong in meaning, but it must be a document of its kind with the name it is stored under. `rev`: the
 * revision of the draft the change is based on, 0 for none; 409 with the other person's name when it is no longer that.
 */
export async function saveDraft(ctx: Context, kind: string, key: string, document: unknown, rev?: number): Promise<Draft> {
  requireStudio(ctx)
  const definition = document as Definition
  if (!kinds.includes(kind as Kind) || definition?.kind !== kind || typeof definition.name !== 'string' || keyOf(definition) !== key) {
    throw new AppError(422, 'badMember', { reason: `${kind} ${key}` }, [{ path: '/name', code: 'badMember', params: { reason: `${kind} ${key}` } }])
  }
  if (isSystem(kind, key)) refuseSystemChange(definition as Entity)
  return storeDraft(ctx, kind as Kind, key, definition, false, rev)
}

/** Drafts that a published definition is taken away. */
export async function draftRemoval(ctx: Context, kind: string, key: string, rev?: number): Promise<Draft> {
  requireStudio(ctx)
  const published = ctx.model.published.get(idOf(kind, key))
  if (!published) throw new AppError(404, 'noSuchDefinition', { kind, name: key })
  if (isSystem(kind, key)) throw new AppError(409, 'systemDefinition', { name: key })
  return storeDraft(ctx, published.kind, key, published.body, true, rev)
}

const isSystem = (kind: string, key: string) => systemDefinitions.some((d) => d.kind === kind && keyOf(d) === key)

function storeDraft(ctx: Context, kind: Kind, key: string, definition: Definition, removal: boolean, rev: number | undefined): Promise<Draft> {
  const id = idOf(kind, key)
  const base = ctx.model.published.get(id)?.version ?? 0
  const body = { kind, key, body: definition as never, base, removal, updatedAt: ctx.clock.now(), updatedBy: ctx.me.id }
  return inTransaction(ctx, async ({ tx }) => {
    const known = await expectDraft(ctx, tx, id, rev)
    if (known) await tx.update(collections.draft, id, undefined, body)
    else await tx.insert(collections.draft, [{ id, rev: 1, ...body }])
    return { kind, key, definition, base, rev: known ? known.rev + 1 : 1, removal, updatedAt: body.updatedAt, updatedBy: ctx.me.id }
  })
}

/** The stored draft, at the expected revision. */
async function expectDraft(ctx: Context, tx: Reader, id: string, rev: number | undefined): Promise<Draft | undefined> {
  const doc = await tx.get(collections.draft, id)
  const draft = doc && toDraft(doc as never)
  if (rev === undefined || rev === (draft?.rev ?? 0)) return draft
  throw new AppError(409, draft ? 'draftTaken' : 'draftGone', { name: draft ? (ctx.model.directory.nameOf(draft.updatedBy) ?? '?') : '' }, [], draft)
}

/** The engine's own fields stay; a customization may add to them. */
function refuseSystemChange(definition: Entity) {
  const needed = (systemDefinitions.find((d) => d.kind === 'entity' && d.name === definition.name) as Entity).fields
  const given = definitionProblems(definition).length > 0 ? [] : definition.fields
  const problems = needed.filter((f) => !given.some((g) => g.name === f.name && g.type === f.type)).map((f): Problem => ({ path: '/fields', code: 'fieldRemoved', params: { name: f.name } }))
  if (problems.length > 0) throw new AppError(422, 'fieldRemoved', problems[0]!.params, problems)
}

export async function discardDraft(ctx: Context, kind: string, key: string, rev?: number): Promise<void> {
  requireStudio(ctx)
  await inTransaction(ctx, async ({ tx }) => {
    await expectDraft(ctx, tx, idOf(kind, key), rev)
    await tx.remove(collections.draft, [idOf(kind, key)])
  })
}

export interface Candidate extends Compiled { documents: Definition[]; changed: Definition[] }

/** The same with the former versions of pipelines that records would go on by then. */
export async function assembleWithFormer(ctx: Context, changed: Definition[], removed: string[] = []): Promise<Candidate> {
  const stays = ({ pipeline: { kind, name } }: PipelineVersion) => !removed.includes(idOf(kind, name)) && !changed.some((d) => d.kind === kind && d.name === name)
  const coming = changed.filter((d): d is Pipeline => d.kind === 'pipeline' && definitionProblems(d).length === 0).map((pipeline) => ({ pipeline, version: Infinity }))
  return assemble(ctx.model, changed, removed, await formerPipelines(readerOf(ctx), ctx.model, [...pipelinesIn(ctx.model.published).filter(stays), ...coming]))
}

/** Published documents with the drafts (and further documents) in their place and without those removed, checked as a whole. */
export function assemble(model: Model, changed: Definition[], removed: string[] = [], former: FormerPipeline[] = []): Candidate {
  const set = new Map([...model.published].filter(([id]) => !removed.includes(id)).map(([id, p]) => [id, p.body]))
  const shape = changed.map((d) => definitionProblems(d).map((p): DefinitionProblem => ({ ...p, kind: d.kind, key: keyOf(d) })))
  const repeated = repetitions(changed.map((d) => idOf(d.kind, keyOf(d))))
  const twice = [...repeated].map((i): DefinitionProblem => ({ kind: changed[i]!.kind, key: keyOf(changed[i]!), path: '/name', code: 'duplicateName', params: { name: keyOf(changed[i]!) } }))
  const sound = changed.filter((_, i) => shape[i]!.length === 0 && !repeated.has(i))
  for (const document of sound) set.set(idOf(document.kind, keyOf(document)), withIdentities(document, model))
  const first = compileCatalog([...set.values()], former)
  const moved = moveColumns(model, set, first)
  const documents = [...set.values()]
  const compiled = moved.size > 0 ? compileCatalog(documents, former) : first
  return { ...compiled, warnings: [...compiled.warnings, ...renamedReceivers(model, documents)], documents, changed: [...new Set([...sound.map((d) => idOf(d.kind, keyOf(d))), ...moved])].map((id) => set.get(id)!), problems: atMost([...shape.flat(), ...twice, ...compiled.problems], mostProblems) }
}

/** Gives fields whose form of storage changes a column of their own, also in entities that only add such fields up. Returns which these are. */
function moveColumns(model: Model, set: Map<string, Definition>, { catalog }: Compiled): Set<string> {
  const moved = new Set<string>()
  for (const entity of catalog.entities.values()) {
    const id = idOf('entity', entity.name)
    const before = model.catalog.entities.get(entity.name)
    const definition = before && withNewColumns(set.get(id) as Entity, before, entity)
    if (definition) { set.set(id, definition); moved.add(id) }
  }
  return moved
}

const mostProblems = 500

/** What a document means by names of things that can be renamed is written into it. */
function withIdentities(document: Definition, model: Model): Definition {
  const before = model.published.get(idOf(document.kind, keyOf(document)))?.body
  if (document.kind === 'sharing') return identifiedReceivers(document, before as Sharing | undefined, model.directory)
  return document.kind === 'entity' ? identified(document, before as Entity | undefined, model.trashed.get(document.name)) : document
}

export async function validateDefinitions(ctx: Context, given: Definition[]): Promise<{ valid: boolean; problems: DefinitionProblem[]; warnings: DefinitionProblem[] }> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  const ids = new Set(given.map((d) => idOf(d.kind, keyOf(d))))
  const others = drafts.filter((d) => !ids.has(idOf(d.kind, d.key)))
  const { problems: faults, warnings, changed } = await assembleWithFormer(ctx, [...documentsOf(others), ...given], removalsOf(others))
  const problems = [...faults, ...openConflicts(await pendingUpgrade(ctx))]
  return { valid: problems.length === 0, problems, warnings: [...warnings, ...(await foreignNames(ctx, changed))] }
}

