/**
 * What a person may do, from the roles they have. The one place that decides; use-cases ask it on every path. Roles add up:
 * whatever one role grants is granted.
 */
import type { Filter, Grant } from '../../schemas/generated/types'
import type { Catalog, CompiledEntity, Person, WireRecord } from './model'
import type { FieldAccess } from './write-record'

export type Verb = Grant['verbs'][number]
export type Scope = Grant['scope']

export interface EntityAccess {
  /** Widest scope in which the verb is granted. */
  verbs: Partial<Record<Verb, Scope>>
  actions: Map<string, Scope>
  flows: Map<string, Scope>
  /** Field rights that differ from write. */
  fields: Map<string, Exclude<FieldAccess, 'write'>>
}

export interface Access {
  entity(name: string): EntityAccess | undefined
  capabilities: ReadonlySet<string>
}

const width: Record<Scope, number> = { own: 0, department: 1, all: 2 }
const openness: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }
const wider = (a: Scope | undefined, b: Scope): Scope => (a !== undefined && width[a] >= width[b] ? a : b)

export function accessOf(catalog: Catalog, roleNames: string[]): Access {
  const roles = roleNames.map((r) => catalog.roles.get(r)).filter((r) => r !== undefined)
  const grants = new Map<string, Grant[]>()
  for (const grant of roles.flatMap((r) => r.grants)) grants.set(grant.entity, [...(grants.get(grant.entity) ?? []), grant])
  const entities = new Map([...grants].map(([name, list]) => [name, merge(list)]))
  return { entity: (name) => entities.get(name), capabilities: new Set(roles.flatMap((r) => r.capabilities ?? [])) }
}

/** Rights of the engine itself: effects of definitions may write what the person who causes them may not. */
export const fullAccess: Access = {
  entity: () => ({ verbs: { create: 'all', read: 'all', update: 'all', delete: 'all' }, actions: new Map(), flows: new Map(), fields: new Map() }),
  capabilities: new Set(),
}

function merge(grants: Grant[]): EntityAccess {
  const access: EntityAccess = { verbs: {}, actions: new Map(), flows: new Map(), fields: new Map() }
  for (const grant of grants) {
    for (const verb of grant.verbs) access.verbs[verb] = wider(access.verbs[verb], grant.scope)
    for (const action of grant.actions ?? []) access.actions.set(action, wider(access.actions.get(action), grant.scope))
    for (const flow of grant.flows ?? []) access.flows.set(flow, wider(access.flows.get(flow), grant.scope))
  }
  for (const field of new Set(grants.flatMap((g) => Object.keys(g.fields ?? {})))) {
    const right = grants.map((g): FieldAccess => g.fields?.[field] ?? 'write').reduce((a, b) => (openness[a] >= openness[b] ? a : b))
    if (right !== 'write') access.fields.set(field, right)
  }
  return access
}

/** The records a scope covers, as a filter; undefined: all. A record without owner belongs to everyone who may see a department. */
export function scopeFilter(scope: Scope): Filter | undefined {
  if (scope === 'all') return undefined
  if (scope === 'own') return { field: 'owner', op: 'me' }
  return { or: [{ field: 'owner', op: 'me' }, { field: 'ownerDept', op: 'myDepartment' }] }
}

/** Whether one record lies in a scope. `departments`: the person's department and those below. */
export function inScope(scope: Scope, record: WireRecord, me: Person, departments: string[]): boolean {
  if (scope === 'all' || record.owner === me.id) return true
  return scope === 'department' && departments.includes(record.ownerDept as string)
}

export function fieldAccess(access: EntityAccess | undefined, entity: CompiledEntity, field: string): FieldAccess {
  if (!entity.fields.has(field) || access === undefined) return 'hidden'
  return access.fields.get(field) ?? 'write'
}
