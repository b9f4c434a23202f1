/** What the drafts touch before they are published: records they concern or would refuse, and who would see less. */
import { differences, keyOf, reaches, type Catalog, type DefinitionProblem } from '../../runtime/engine'
import type { Definition, Entity, Pipeline } from '../../schemas/generated/types'
import { definitionProblems } from '../../schemas/validate'
import type { DirectoryPerson } from '../model/directory'
import { followersOf } from '../model/former-pipelines'
import { idOf } from '../model/model'
import { whereFor, notDeleted } from '../records/visibility'
import { both } from '../../schemas/filters'
import { affectedRecords, type Finding, type FindingsOf } from './affected-records'
import { consequencesOf, countWhere } from './change-rules'
import { accessUnder, holderOf, type Context } from './context'
import { assembleWithFormer, documentsOf, readDrafts, removalsOf, requireStudio, type Candidate, type Kind } from './definitions'

export interface LostAccess { entity: string; person: string; name: string; before: number; after: number }
export interface ImpactItem {
  kind: string
  key: string
  change: 'added' | 'changed' | 'removed'
  /** Records of the entity it belongs to. */
  records: number
  fields: { added: string[]; changed: string[] }
  findings?: Finding[]
  /** People who would see fewer records. */
  lost?: LostAccess[]
  /** Records that would go on by a former version of the pipeline. */
  staying?: number
}

/** `refusals`: what publishing refuses because of what is published and of records; some of it is a question, answered by decisions. */
export interface DraftImpact { items: ImpactItem[]; refusals: DefinitionProblem[] }

export async function draftImpact(ctx: Context): Promise<DraftImpact> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  const removed = removalsOf(drafts)
  const candidate = await assembleWithFormer(ctx, documentsOf(drafts), removed)
  const findings = onceEach((before, after) => affectedRecords(ctx, before, after, candidate))
  const items: ImpactItem[] = []
  for (const { kind, key, definition, removal } of drafts) {
    const before = ctx.model.published.get(idOf(kind, key))?.body
    const after = candidate.changed.find((d) => d.kind === kind && keyOf(d) === key)
    const found = before ? await detailsOf(ctx, before, after, candidate, findings) : {}
    items.push({ kind, key, change: removal ? 'removed' : before ? 'changed' : 'added', records: await countRecords(ctx, definition), fields: fieldChanges(before as Entity | undefined, removal ? before! : definition), ...found })
  }
  return { items, refusals: (await consequencesOf(ctx, candidate, removed, {}, findings)).problems }
}

/** Records are read once for what is told of them and for what they refuse. */
function onceEach(find: FindingsOf): FindingsOf {
  const known = new Map<string, Promise<Finding[]>>()
  return (before, after) => {
    const found = known.get(after.name) ?? find(before, after)
    known.set(after.name, found)
    return found
  }
}

async function countRecords(ctx: Context, definition: Definition): Promise<number> {
  const entity = 'entity' in definition ? definition.entity : definition.kind === 'entity' ? definition.name : undefined
  const table = entity === undefined ? undefined : ctx.model.tables.get(entity)
  return table ? ctx.store.count(table.collection, { where: notDeleted }) : 0
}

async function detailsOf(ctx: Context, before: Definition, after: Definition | undefined, candidate: Candidate, findingsOf: FindingsOf): Promise<Pick<ImpactItem, 'findings' | 'lost' | 'staying'>> {
  if (after?.kind === 'entity') { const findings = await findingsOf(before as Entity, after); return findings.length > 0 ? { findings } : {} }
  if (after?.kind === 'pipeline') { const staying = await countStaying(ctx, after, candidate); return staying > 0 ? { staying } : {} }
  const lost = await lostAccess(ctx, before, after, candidate.catalog)
  return lost.length > 0 ? { lost } : {}
}

async function countStaying(ctx: Context, { name, entity }: Pipeline, { catalog }: Candidate): Promise<number> {
  const table = ctx.model.tables.get(entity)
  const former = catalog.formerPipelines.get(entity)?.filter((f) => f.pipeline.name === name) ?? []
  return table && former.length > 0 ? countWhere(ctx, entity, { or: former.map((f) => followersOf(table, f)) }) : 0
}

/** How many records everybody whom the definition gives rights may read, now and then; those who lose some. */
async function lostAccess(ctx: Context, before: Definition, after: Definition | undefined, catalog: Catalog): Promise<LostAccess[]> {
  const lost: LostAccess[] = []
  const { people, entities } = (concerns as { [kind: string]: Concern<Definition> | undefined })[before.kind]?.(ctx, before, after) ?? { people: [], entities: [] }
  for (const person of people) {
    const [now, then] = [ctx.model.catalog, catalog].map((c) => ({ ...ctx, me: person, access: accessUnder(ctx, person, c) }))
    for (const entity of entities) {
      const [before, after] = [await readable(now!, entity), await readable(then!, entity)]
      if (after < before) lost.push({ entity, person: person.id, name: person.name, before, after })
    }
  }
  return lost
}

type Concern<D> = (ctx: Context, before: D, after: D | undefined) => { people: DirectoryPerson[]; entities: string[] } | undefined
/** Whose rights on what a changed or removed definition could narrow. */
const concerns: { [K in Kind]?: Concern<Extract<Definition, { kind: K }>> } = {
  role: ({ model }, before, after) => (after && differences(before.grants, after.grants).length > 0 ? { people: model.directory.active().filter((p) => p.roles.includes(before.name)), entities: [...model.tables.keys()] } : undefined),
  sharing: (ctx, before) => ({ people: ctx.model.directory.active().filter((p) => reaches(before, holderOf(ctx, p))), entities: [before.entity] }),
}

async function readable(ctx: Context, entity: string): Promise<number> {
  const table = ctx.model.tables.get(entity)!
  return ctx.access.entity(entity) ? ctx.store.count(table.collection, { where: both(notDeleted, whereFor(ctx, table, 'read'))! }) : 0
}

function fieldChanges(before: Entity | undefined, after: Definition): ImpactItem['fields'] {
  // A draft may be anything yet; what it changes is told once it has the shape of an entity.
  if (after.kind !== 'entity' || definitionProblems(after).length > 0) return { added: [], changed: [] }
  const known = new Map(before?.fields.map((f) => [f.uid ?? f.name, JSON.stringify({ ...f, uid: undefined })]))
  const keyed = after.fields.map((f) => ({ name: f.name, before: known.get(f.uid ?? f.name), now: JSON.stringify({ ...f, uid: undefined }) }))
  return { added: keyed.filter((f) => f.before === undefined).map((f) => f.name), changed: keyed.filter((f) => f.before !== undefined && f.before !== f.now).map((f) => f.name) }
}
