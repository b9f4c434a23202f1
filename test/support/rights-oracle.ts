/**
 * Rights worked out the slow way, for tests: from the documents of roles, record by record, in the words of schemas/README.md. It shares
 * nothing with the engine, so that both would have to be wrong in the same way.
 */
import type { WireRecord } from '../../runtime/engine'
import type { Definition, Entity, Filter, Grant, Role, Sharing } from '../../schemas/generated/types'

/** A record opened by hand. */
export interface Share { entity: string; record: string; grantee: string; right: string; until: string | null }
/** `departmentNames`: the department and those above it. */
export interface Someone { id: string; username: string; roles: string[]; department: string | null; departmentNames: string[] }
export interface Oracle {
  knows(entity: string): boolean
  grants(entity: string, verb: Grant['verbs'][number]): boolean
  may(verb: Grant['verbs'][number], entity: string, record: WireRecord): boolean
  field(entity: string, field: string): 'hidden' | 'mask' | 'read' | 'write'
  capable(of: NonNullable<Role['capabilities']>[number]): boolean
}

const openness = ['hidden', 'mask', 'read', 'write'] as const

/** `below`: the departments below a department, itself included. */
export function oracleFor(person: Someone, documents: Definition[], below: (department: string | null) => string[], today: string, shares: Share[]): Oracle {
  const roles = documents.filter((d): d is Role => d.kind === 'role' && person.roles.includes(d.name))
  const grantsOn = (entity: string) => roles.flatMap((r) => r.grants).filter((g) => g.entity === entity)
  const scopes: Record<Exclude<Grant['scope'], 'own'>, (record: WireRecord) => boolean> = {
    departmentOnly: (r) => person.department !== null && r.ownerDept === person.department,
    department: (r) => below(person.department).includes(r.ownerDept as string),
    all: () => true,
  }
  const isOwn = (verb: Grant['verbs'][number], entity: string, record: WireRecord) => record.owner === person.id || inTeam(verb, entityOf(documents, entity).team, record)
  const shared = (verb: Grant['verbs'][number], entity: string, record: WireRecord) => shares.some((s) =>
    s.entity === entity && s.record === record.id && (s.grantee === person.id || below(s.grantee).includes(person.department!)) && (s.until === null || s.until >= today) && (verb === 'read' || (verb === 'update' && s.right === 'write')))
  const ruled = (verb: Grant['verbs'][number], entity: string, record: WireRecord) => documents.some((d) => d.kind === 'sharing' && d.entity === entity && (verb === 'update' ? d.verbs.includes('update') : verb === 'read') && receives(d, person, today) && (!d.filter || meets(d.filter, record, person)))
  const inTeam = (verb: string, team: Entity['team'], record: WireRecord) => {
    if (!team || !(team.verbs ?? ['read']).some((v) => v === verb)) return false
    const people = record[team.field]
    if (team.user === undefined) return [people].flat().includes(person.id)
    return ((people as WireRecord[] | null) ?? []).some((row) => row[team.user!] === person.id && String(row[team.from ?? ''] ?? '0') <= today && today <= String(row[team.to ?? ''] ?? '9'))
  }
  return {
    knows: (entity) => grantsOn(entity).length > 0,
    grants: (entity, verb) => grantsOn(entity).some((g) => g.verbs.includes(verb)),
    may: (verb, entity, record) => ((shared(verb, entity, record) || ruled(verb, entity, record)) && grantsOn(entity).some((g) => g.verbs.includes(verb))) || grantsOn(entity).some((g) => g.verbs.includes(verb) && (isOwn(verb, entity, record) || (g.scope !== 'own' && scopes[g.scope](record))) && (!g.condition || meets(g.condition, record, person))),
    capable: (of) => roles.some((r) => r.capabilities?.includes(of)),
    field: (entity, field) => {
      const rights = grantsOn(entity).map((g) => g.fields?.[field] ?? 'write')
      return openness[Math.max(0, ...rights.map((r) => openness.indexOf(r)))]!
    },
  }
}

function receives({ with: to, until }: Sharing, person: Someone, today: string): boolean {
  const named = [...(to.roles ?? []).filter((r) => person.roles.includes(r)), ...(to.departments ?? []).filter((d) => person.departmentNames.includes(d)), ...(to.users ?? []).filter((u) => u === person.username)]
  return named.length > 0 && (until ?? '9999') >= today
}

/** A filter over one record in wire form, for the operators that tests use. */
export function meets(filter: Filter, record: WireRecord, me: Someone): boolean {
  if ('and' in filter) return filter.and.every((f) => meets(f, record, me))
  if ('or' in filter) return filter.or.some((f) => meets(f, record, me))
  if ('not' in filter) return !meets(filter.not, record, me)
  const [name, column] = filter.field.split('.')
  const value = record[name!]
  return column === undefined ? compare(filter, value, me) : ((value as WireRecord[] | null) ?? []).some((row) => compare(filter, row[column], me))
}

function compare({ op, value: wanted }: Extract<Filter, { op: unknown }>, value: unknown, me: Someone): boolean {
  const there = value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  switch (op) {
    case 'eq': return there && value === wanted
    case 'ne': return value !== wanted
    case 'in': return there && (wanted as unknown[]).includes(value)
    case 'nin': return !there || !(wanted as unknown[]).includes(value)
    case 'gt': return there && Number(value) > Number(wanted)
    case 'lte': return there && Number(value) <= Number(wanted)
    case 'contains': return there && (Array.isArray(value) ? value.includes(wanted) : String(value).toLowerCase().includes(String(wanted).toLowerCase()))
    case 'empty': return !there
    case 'notEmpty': return there
    case 'me': return value === me.id
    default: throw new Error(`the oracle does not know ${op}`)
  }
}

/** What is left of a value behind a mask that the field does not describe. */
export function maskOf(type: string, value: unknown): unknown {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return value ?? null
  return ['text', 'phone'].includes(type) && (value as string).length >= 8 ? `•••${(value as string).slice(-4)}` : '•••'
}

export const entityOf = (documents: Definition[], name: string) => documents.find((d): d is Entity => d.kind === 'entity' && d.name === name)!
