/** People and departments, held in memory: who reports to whom, who has which role, which departments lie below which. */
import { capabilitiesOf, type Catalog, type Person } from '../../runtime/engine'
import { idsIn, type Directory as ApprovalDirectory } from '../../schemas/people'
import { systemEntities } from '../../schemas/system'
import type { Reader } from '../ports/store'
import { collections } from './collections'
import type { Tables } from './tables'

export interface DirectoryPerson extends Person { active: boolean; manager: string | null; language: 'en' | 'zh' }

/** Nobody: start-up and the engine's own work. */
export const systemPerson: Person = { id: 'system', username: 'system', name: 'Formwright', roles: [], department: null }

export interface Absence { id: string; person: string; deputy: string; from: string; until: string; flows: string[] | null; createdAt: string }

/** As of no particular moment: who is out of office today is added where the clock is known (`flows/people-now.ts`). */
export interface Directory extends Omit<ApprovalDirectory, 'deputyOf'> {
  person(id: string): DirectoryPerson | undefined
  /** Everybody who may sign in. */
  active(): DirectoryPerson[]
  byName(username: string): DirectoryPerson | undefined
  /** What a person is called; the engine itself has a name too. */
  nameOf(id: string): string | undefined
  /** The department and all below it; empty for none. */
  subtree(department: string | null): string[]
  departmentName(id: string): string | undefined
  departments(): { id: string; name: string }[]
  /** The department and all above it; empty for none. */
  above(department: string | null): string[]
  /** Who is out of office on a day, the latest entry first; the first and the last day count. */
  absences(day: string): Absence[]
  /** Whether records of an entity were ever shared with one of these people or departments: most are asked without looking. */
  wasSharedWith(grantees: string[], entity: string): boolean
}

/** `today`: absences that are over by then are left out. */
export async function loadDirectory(reader: Reader, tables: Tables, catalog: Catalog, today: string): Promise<Directory> {
  const [absences, users, departments, groups, shared] = await Promise.all([absencesUntil(reader, today), rowsOf(reader, tables, systemEntities.user), rowsOf(reader, tables, systemEntities.department), rowsOf(reader, tables, systemEntities.group), reader.aggregate(collections.share, { groupBy: ['grantee', 'entity'], measures: [{ op: 'count' }] })])
  const pairs = new Set(shared.map(({ keys }) => keys.join()))
  const parents = new Map(departments.map((d) => [d.id as string, d.parent as string | null]))
  const people = new Map(users.map((u) => [u.id as string, toPerson(u)]))
  const usernames = new Map([...people.values()].map((p) => [p.username.toLowerCase(), p]))
  const names = new Map(departments.map((d) => [d.id as string, d.name as string]))
  const ids = new Map([...names].map(([id, name]) => [name, id]))
  const heads = new Map(departments.map((d) => [d.id as string, d.head as string | null]))
  const members = new Map(groups.map((g) => [g.name as string, idsIn(g.members)]))
  const children = groupChildren(departments)
  const active = [...people.values()].filter((p) => p.active)
  return {
    person: (id) => people.get(id),
    active: () => active,
    byName: (username) => usernames.get(username.toLowerCase()),
    nameOf: (id) => (id === systemPerson.id ? systemPerson.name : people.get(id)?.name),
    byUsername: (username) => usernames.get(username.toLowerCase())?.id,
    byRole: (role) => active.filter((p) => p.roles.includes(role)).map((p) => p.id),
    byGroup: (group) => members.get(group) ?? [],
    byDepartment: (department, wide) => { const among = new Set(wide ? below(department, children) : [department]); return active.filter((p) => p.department !== null && among.has(p.department)).map((p) => p.id) },
    departmentAt: (department) => (names.has(department) ? { head: heads.get(department) ?? null, parent: parents.get(department) ?? null } : undefined),
    admins: () => active.filter((p) => capabilitiesOf(catalog, p.roles).has('studio')).map((p) => p.id),
    subtree: (department) => (department === null ? [] : below(department, children)),
    departmentName: (id) => names.get(id),
    departments: () => [...names].map(([id, name]) => ({ id, name })),
    departmentNamed: (name) => ids.get(name),
    above: (department) => (department === null ? [] : upFrom(department, parents)),
    absences: (day) => absences.filter((a) => a.from <= day && day <= a.until),
    wasSharedWith: (grantees, entity) => pairs.size > 0 && grantees.some((g) => pairs.has(`${g},${entity}`)),
  }
}

async function absencesUntil(reader: Reader, day: string): Promise<Absence[]> {
  return (await reader.find(collections.outOfOffice, { where: { path: ['until'], op: 'gte', value: day }, sort: [{ column: 'createdAt', descending: true }] })) as unknown as Absence[]
}

type Row = { [field: string]: unknown }

async function rowsOf(reader: Reader, tables: Tables, entity: string): Promise<Row[]> {
  const table = tables.get(entity)
  // An installation from before this entity was the system's takes it up with its next release.
  if (!table) return []
  const docs = await reader.find(table.collection, { where: { path: ['deletedAt'], op: 'empty' } })
  return docs.map((doc) => table.decode(doc))
}

function toPerson(user: Row): DirectoryPerson {
  return {
    id: user.id as string, username: user.username as string, name: user.name as string, roles: (user.roles as string[] | null) ?? [],
    department: user.department as string | null, manager: user.manager as string | null, active: user.active !== false, language: (user.language as 'en' | 'zh' | null) ?? 'zh',
  }
}

function groupChildren(departments: Row[]): Map<string, string[]> {
  const children = new Map<string, string[]>()
  for (const d of departments) if (d.parent) children.set(d.parent as string, [...(children.get(d.parent as string) ?? []), d.id as string])
  return children
}

function upFrom(department: string, parents: Map<string, string | null>): string[] {
  const seen = new Set([department])
  for (const id of seen) { const parent = parents.get(id); if (parent) seen.add(parent) }
  return [...seen]
}

function below(root: string, children: Map<string, string[]>): string[] {
  const seen = new Set([root])
  for (const id of seen) for (const child of children.get(id) ?? []) seen.add(child)
  return [...seen]
}
