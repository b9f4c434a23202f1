/**
 * What a person may do, from the roles they have and the rules that share records with them. The one place that decides; use-cases
 * ask it on every path. Roles add up: whatever one role grants is granted.
 */
import type { Filter, Grant, Sharing } from '../../schemas/generated/types'
import { both, either, nothing, resolveFilter, type Where } from '../../schemas/filters'
import type { Catalog, CompiledEntity, Person } from './model'
import { conditionTarget } from './row-filter'
import type { FieldAccess } from './write-record'

export type Verb = Grant['verbs'][number]
export type Scope = Grant['scope']

/** Some records of an entity: those of a scope that also meet the condition. A right covers a union of extents. */
export interface Extent { scope: Scope; condition?: Filter }

export interface EntityAccess {
  verbs: Partial<Record<Verb, Extent[]>>
  actions: Map<string, Extent[]>
  flows: Map<string, Extent[]>
  /** Field rights that differ from write. */
  fields: Map<string, Exclude<FieldAccess, 'write'>>
}

export interface Access {
  entity(name: string): EntityAccess | undefined
  capabilities: ReadonlySet<string>
}

/** Who asks: scopes and conditions speak of them. */
export interface Viewer {
  me: Person
  /** The person's department and those below it. */
  departments: string[]
  /** YYYY-MM-DD */
  today: string
}

const width: Record<Scope, number> = { own: 0, departmentOnly: 1, department: 2, all: 3 }
const openness: Record<FieldAccess, number> = { hidden: 0, mask: 1, read: 2, write: 3 }

/** What decides which roles and sharing rules are a person's. */
export interface Holder {
  roles: string[]
  username: string
  /** The person's department and those above it. */
  departments: { id: string; name: string }[]
  /** YYYY-MM-DD; rules end. */
  today: string
}

export function accessOf(catalog: Catalog, holder: Holder): Access {
  const roles = rolesOf(catalog, holder.roles)
  const grants = new Map<string, Grant[]>()
  for (const grant of roles.flatMap((r) => r.grants)) grants.set(grant.entity, [...(grants.get(grant.entity) ?? []), grant])
  const entities = new Map([...grants].map(([name, list]) => [name, merge(list)]))
  for (const rule of catalog.sharing) if (reaches(rule, holder)) open(entities.get(rule.entity), rule)
  return { entity: (name) => entities.get(name), capabilities: capabilitiesOf(catalog, holder.roles) }
}

/** Rights outside the records. */
export const capabilitiesOf = (catalog: Catalog, roleNames: string[]): ReadonlySet<string> => new Set(rolesOf(catalog, roleNames).flatMap((r) => r.capabilities ?? []))

const rolesOf = (catalog: Catalog, names: string[]) => names.map((r) => catalog.roles.get(r)).filter((r) => r !== undefined)

/** Rights of the engine itself: effects of definitions may write what the person who causes them may not. */
export const fullAccess: Access = {
  entity: () => ({ verbs: { create: everywhere, read: everywhere, update: everywhere, delete: everywhere }, actions: new Map(), flows: new Map(), fields: new Map() }),
  capabilities: new Set(['studio', 'users', 'purge']),
}
const everywhere: Extent[] = [{ scope: 'all' }]

function merge(grants: Grant[]): EntityAccess {
  const access: EntityAccess = { verbs: {}, actions: new Map(), flows: new Map(), fields: new Map() }
  for (const { scope, condition, ...grant } of grants) {
    const extent: Extent = { scope, ...(condition && { condition }) }
    for (const verb of grant.verbs) access.verbs[verb] = widened(access.verbs[verb], extent)
    for (const action of grant.actions ?? []) access.actions.set(action, widened(access.actions.get(action), extent))
    for (const flow of grant.flows ?? []) access.flows.set(flow, widened(access.flows.get(flow), extent))
  }
  for (const field of new Set(grants.flatMap((g) => Object.keys(g.fields ?? {})))) {
    const right = grants.map((g): FieldAccess => g.fields?.[field] ?? 'write').reduce((a, b) => (openness[a] >= openness[b] ? a : b))
    if (right !== 'write') access.fields.set(field, right)
  }
  return access
}

/** Whether a rule opens records to a person today. The last day counts. */
export function reaches({ with: { roles = [], departments = [], departmentIds = {}, users = [] }, until }: Sharing, holder: Holder): boolean {
  if (until !== undefined && until < holder.today) return false
  // A department is the one that was meant, whatever it is called today.
  const isOneOf = (named: string) => holder.departments.some(({ id, name }) => (departmentIds[named] === undefined ? name === named : id === departmentIds[named]))
  return roles.some((r) => holder.roles.includes(r)) || departments.some(isOneOf) || users.some((u) => u.toLowerCase() === holder.username.toLowerCase())
}

/** A rule widens rights that roles give; it gives none. Actions and flows count as changing the record. */
function open(access: EntityAccess | undefined, { filter, verbs }: Sharing) {
  if (!access) return
  const extent: Extent = { scope: 'all', ...(filter && { condition: filter }) }
  const changes = verbs.includes('update')
  for (const verb of changes ? (['read', 'update'] as const) : verbs) if (access.verbs[verb]) access.verbs[verb] = widened(access.verbs[verb], extent)
  for (const rights of changes ? [access.actions, access.flows] : []) for (const [name, extents] of rights) rights.set(name, widened(extents, extent))
}

/** The same rights, with fields of an entity hidden. Who had no right on it sees its other fields: they are shown one of its records. */
export function hiding(access: Access, entity: string, hidden: Iterable<string>): Access {
  const own = access.entity(entity)
  const none: EntityAccess = { verbs: {}, actions: new Map(), flows: new Map(), fields: new Map() }
  const shown: EntityAccess = { ...none, ...own, fields: new Map([...(own?.fields ?? []), ...[...hidden].map((field) => [field, 'hidden'] as const)]) }
  return { ...access, entity: (name) => (name === entity ? shown : access.entity(name)) }
}

/** Whether everything in the one lies in the other, as far as scopes tell. */
export const covers = (a: Extent, b: Extent) => a.condition === undefined && width[a.scope] >= width[b.scope]

/** The extents with one more, without those that another one covers anyway. */
function widened(extents: Extent[] = [], extent: Extent): Extent[] {
  return extents.some((e) => covers(e, extent)) ? extents : [...extents.filter((e) => !covers(extent, e)), extent]
}

/** The records of extents as a condition in stored terms, which a store compiles and memory evaluates; undefined: all records. */
export function extentsWhere(extents: Extent[] | undefined, entity: CompiledEntity, verb: Verb, viewer: Viewer): Where | undefined {
  return extents === undefined ? nothing : either(...extents.map((e) => both(scopeWhere(e.scope, entity, verb, viewer), conditionWhere(e.condition, entity, viewer))))
}

function scopeWhere(scope: Scope, entity: CompiledEntity, verb: Verb, viewer: Viewer): Where | undefined {
  if (scope === 'all') return undefined
  const owned: Where = { path: ['owner'], op: 'eq', value: viewer.me.id }
  const departments = departmentsIn[scope](viewer)
  return either(owned, ...(departments ? [{ path: ['ownerDept'], op: 'in' as const, value: departments }] : []), ...teamWhere(entity, verb, viewer))
}

const departmentsIn: Record<Exclude<Scope, 'all'>, (viewer: Viewer) => string[] | undefined> = {
  own: () => undefined,
  departmentOnly: ({ me }) => (me.department === null ? [] : [me.department]),
  department: ({ departments }) => departments,
}

/** The records whose team the person is in now, where that counts for the verb. */
function teamWhere({ definition: { team }, fields }: CompiledEntity, verb: Verb, { me, today }: Viewer): Where[] {
  if (!team || !(team.verbs ?? ['read']).includes(verb as 'read')) return []
  const value = me.id
  if (!fields.get(team.field)!.rows) return [{ path: [team.field], op: fields.get(team.field)!.type.storage === 'json' ? 'contains' : 'eq', value }]
  const limit = (column: string | undefined, op: 'lte' | 'gte'): Where | undefined => (column === undefined ? undefined : { or: [{ path: [column], op: 'empty' }, { path: [column], op, value: today }] })
  return [{ some: team.field, where: both({ path: [team.user!], op: 'eq', value }, limit(team.from, 'lte'), limit(team.to, 'gte'))! }]
}

function conditionWhere(condition: Filter | undefined, entity: CompiledEntity, { me, departments, today }: Viewer): Where | undefined {
  return condition && resolveFilter(condition, conditionTarget(entity), { me: me.id, departments, today }).where
}

export function fieldAccess(access: EntityAccess | undefined, entity: CompiledEntity, field: string): FieldAccess {
  if (!entity.fields.has(field) || access === undefined) return 'hidden'
  return access.fields.get(field) ?? 'write'
}
