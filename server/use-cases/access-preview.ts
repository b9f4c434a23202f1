/** Who sees what: the rights of a role or a person, as published or as drafted, and what the drafts give to and take from each role. */
import { accessOf, changesOfRights, rightsIn, type Access, type Catalog, type EntityChanges, type EntityRights } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { both, columnsOf, either, type Where } from '../../schemas/filters'
import type { Label } from '../../schemas/generated/types'
import type { DirectoryPerson } from '../model/directory'
import { shares, tablesOf, type Table, type Tables } from '../model/tables'
import { notDeleted, whereFor } from '../records/visibility'
import { accessUnder, type Context } from './context'
import { assemble, documentsOf, readDrafts, removalsOf, requireStudio } from './definitions'

export interface AccessQuery { role?: string; person?: string; entity?: string; drafts?: boolean }
/** `records`: how many of the entity a person may read. */
export interface Holdings { role?: string; person?: string; label: Label; capabilities: string[]; entities: (EntityRights & { records?: { visible: number | null; all: number } })[] }

/** Of a role, a person or, without either, of every role. 422 with every problem when drafts are asked about that do not hold together. */
export async function accessReport(ctx: Context, { role, person, entity, drafts = false }: AccessQuery): Promise<{ items: Holdings[] }> {
  requireStudio(ctx)
  const state = drafts ? await draftedState(ctx) : { catalog: ctx.model.catalog, tables: ctx.model.tables }
  const wanted = ({ entity: name }: EntityRights) => entity === undefined || name === entity
  if (person !== undefined) return { items: [await ofPerson(ctx, person, state, wanted)] }
  if (role !== undefined && !state.catalog.roles.has(role)) throw new AppError(404, 'noSuchDefinition', { kind: { en: 'role', zh: '角色' }, name: role })
  const roles = role === undefined ? [...state.catalog.roles.keys()] : [role]
  return { items: roles.map((name) => ofRole(ctx, name, state.catalog, wanted)) }
}

interface State { catalog: Catalog; tables: Tables }

async function draftedState(ctx: Context): Promise<State> {
  const drafts = await readDrafts(ctx)
  const { catalog, problems } = assemble(ctx.model, documentsOf(drafts), removalsOf(drafts))
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
  return { catalog, tables: tablesOf(catalog) }
}

/** The rights of the role alone, as somebody would have them who has nothing else. */
const roleAccess = ({ clock }: Context, role: string, catalog: Catalog): Access => accessOf(catalog, { roles: [role], username: '', departments: [], today: clock.today() })

function ofRole(ctx: Context, name: string, catalog: Catalog, wanted: (e: EntityRights) => boolean): Holdings {
  const access = roleAccess(ctx, name, catalog)
  return { role: name, label: catalog.roles.get(name)!.label, capabilities: [...access.capabilities], entities: rightsIn(catalog, access).filter(wanted) }
}

async function ofPerson(ctx: Context, named: string, state: State, wanted: (e: EntityRights) => boolean): Promise<Holdings> {
  const person = ctx.model.directory.byName(named) ?? ctx.model.directory.person(named)
  if (!person) throw new AppError(404, 'notFound')
  const access = accessUnder(ctx, person, state.catalog)
  const entities: Holdings['entities'] = []
  for (const rights of rightsIn(state.catalog, access).filter(wanted)) {
    const table = ctx.model.tables.get(rights.entity)
    entities.push({ ...rights, ...(table && { records: { visible: await countSeen(ctx, table, readWhere(ctx, person, table, state)), all: await ctx.store.count(table.collection, { where: notDeleted }) } }) })
  }
  return { person: person.id, label: { en: person.name, zh: person.name }, capabilities: [...access.capabilities], entities }
}

const countSeen = async (ctx: Context, table: Table, where: Where | 'unknown' | undefined) => (where === 'unknown' ? null : ctx.store.count(table.collection, { where: both(notDeleted, where)! }))

/** What a person may read, as a condition on the published table; `unknown` when it asks for a field that is not stored yet. */
function readWhere(ctx: Context, person: DirectoryPerson, table: Table, { catalog, tables }: State): Where | 'unknown' | undefined {
  const as: Context = { ...ctx, me: person, access: accessUnder(ctx, person, catalog), model: { ...ctx.model, catalog, tables } }
  const then = tables.get(table.entity.name)
  return then ? inTermsOf(table, then, whereFor(as, then, 'read')) : { or: [] }
}

function inTermsOf(table: Table, then: Table, where: Where | undefined): Where | 'unknown' | undefined {
  if (where === undefined || then === table) return where
  const stored = new Map(table.collection.columns.map((c) => [c.column, c.name]))
  const names = new Map<string, string | undefined>([[shares, shares], ['id', 'id'], ...then.collection.columns.map((c) => [c.name, stored.get(c.column)] as const)])
  if (columnsOf(where).some((name) => names.get(name) === undefined)) return 'unknown'
  const renamed = (part: Where): Where => {
    if ('and' in part) return { and: part.and.map(renamed) }
    if ('or' in part) return { or: part.or.map(renamed) }
    if ('not' in part) return { not: renamed(part.not) }
    return 'some' in part ? { ...part, some: names.get(part.some)! } : { ...part, path: [names.get(part.path[0]!)!, ...part.path.slice(1)] }
  }
  return renamed(where)
}

/** `records`: those that some of its people see and would no longer see; null when that cannot be told before publishing. */
export interface RoleChange { role: string; label: Label; people: number; capabilities: { gained: string[]; lost: string[] }; entities: (EntityChanges & { label: Label; lost?: LostRecords })[] }
export interface LostRecords { records: number | null; people: { id: string; name: string; count: number }[] }

/** What each role would gain and lose by the drafts. Roles that stay as they are are left out. */
export async function draftAccess(ctx: Context): Promise<{ roles: RoleChange[] }> {
  requireStudio(ctx)
  const next = await draftedState(ctx)
  const now: State = { catalog: ctx.model.catalog, tables: ctx.model.tables }
  const roles: RoleChange[] = []
  for (const name of new Set([...now.catalog.roles.keys(), ...next.catalog.roles.keys()])) {
    const [before, after] = [now, next].map(({ catalog }) => ({ catalog, access: roleAccess(ctx, name, catalog) }))
    const changes = changesOfRights(before!, after!)
    const capabilities = { gained: missing(after!.access, before!.access), lost: missing(before!.access, after!.access) }
    if (changes.length === 0 && capabilities.gained.length + capabilities.lost.length === 0) continue
    const people = ctx.model.directory.active().filter((p) => p.roles.includes(name))
    const entities: RoleChange['entities'] = []
    for (const change of changes) {
      const label = (next.catalog.entities.get(change.entity) ?? now.catalog.entities.get(change.entity))!.definition.label
      const lost = readingNarrows(change) ? await lostRecords(ctx, ctx.model.tables.get(change.entity), people, now, next) : undefined
      entities.push({ ...change, label, ...(lost && { lost }) })
    }
    roles.push({ role: name, label: (next.catalog.roles.get(name) ?? now.catalog.roles.get(name))!.label, people: people.length, capabilities, entities })
  }
  return { roles }
}

const missing = (of: Access, from: Access) => [...of.capabilities].filter((c) => !from.capabilities.has(c))
const readingNarrows = ({ changes }: EntityChanges) => changes.some((c) => c.kind === 'verb' && c.name === 'read' && c.effect !== 'gained' && c.effect !== 'widened')

/** So many people are asked about. */
const mostPeople = 200
/** So many of them are named, and their records counted together. */
const mostNamed = 20

async function lostRecords(ctx: Context, table: Table | undefined, people: DirectoryPerson[], now: State, next: State): Promise<LostRecords | undefined> {
  if (!table) return undefined
  const losses: { person: DirectoryPerson; where: Where; count: number }[] = []
  for (const person of people.slice(0, mostPeople)) {
    const [was, is] = [readWhere(ctx, person, table, now), readWhere(ctx, person, table, next)]
    if (is === 'unknown' || was === 'unknown') return { records: null, people: [] }
    const where = both(notDeleted, was, { not: is ?? { and: [] } })!
    const count = await ctx.store.count(table.collection, { where })
    if (count > 0) losses.push({ person, where, count })
  }
  const named = losses.toSorted((a, b) => b.count - a.count).slice(0, mostNamed)
  const records = named.length > 0 ? await ctx.store.count(table.collection, { where: either(...named.map((l) => l.where))! }) : 0
  return { records, people: named.map(({ person: { id, name }, count }) => ({ id, name, count })) }
}
