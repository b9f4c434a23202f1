/** A small company for tests of approvals: who reports to whom, who has which role. Ids are first names. */
import type { Directory } from '../../schemas/node-types/node-type'

interface Colleague { manager: string | null; active?: boolean; roles?: string[]; department?: string }

const colleagues: Record<string, Colleague> = {
  ann: { department: 'east', manager: 'mia', roles: ['rep'] },
  ben: { manager: 'mia', roles: ['rep'] },
  mia: { department: 'east', manager: 'dan', roles: ['manager'] },
  dan: { department: 'sales', manager: 'bob', roles: ['director'] },
  fay: { department: 'money', manager: 'dan', roles: ['finance'] },
  fred: { department: 'money', manager: 'dan', roles: ['finance'] },
  bob: { department: 'house', manager: null, roles: ['boss'] },
  // Left the company; those who reported to ivy have dan above her.
  ivy: { department: 'east', manager: 'dan', active: false, roles: ['auditor'] },
  tom: { manager: 'ivy', roles: ['rep'] },
  // Each is the other's manager.
  leo: { manager: 'lia' },
  lia: { manager: 'leo' },
  root: { manager: null, roles: ['admin'] },
}

/** house ← sales ← east, house ← money; the east has no head, finance's head left. */
const departments: Record<string, { head: string | null; parent: string | null }> = {
  house: { head: 'bob', parent: null }, sales: { head: 'dan', parent: 'house' }, east: { head: null, parent: 'sales' }, money: { head: 'ivy', parent: 'house' },
}
const isBelow = (name: string | undefined, top: string): boolean => name === top || (name !== undefined && isBelow(departments[name]?.parent ?? undefined, top))

export const company: Directory = {
  person: (id) => { const c = Object.hasOwn(colleagues, id) ? colleagues[id] : undefined; return c && { id, active: c.active !== false, manager: c.manager, department: c.department ?? null } },
  byUsername: (username) => (Object.hasOwn(colleagues, username) ? username : undefined),
  byRole: (role) => Object.keys(colleagues).filter((id) => colleagues[id]!.roles?.includes(role)),
  byGroup: (group) => (group === 'bidders' ? ['fay', 'ivy', 'ben'] : []),
  departmentNamed: (name) => (Object.hasOwn(departments, name) ? name : undefined),
  byDepartment: (top, below) => Object.keys(colleagues).filter((id) => (below ? isBelow(colleagues[id]!.department, top) : colleagues[id]!.department === top)),
  departmentAt: (id) => departments[id],
  deputyOf: () => undefined,
  admins: () => ['root'],
}

/** The same people, some of them out of office: `{ mia: 'dan' }`. */
export const withDeputies = (deputies: Record<string, string>): Directory => ({
  ...company, deputyOf: (id) => (Object.hasOwn(deputies, id) ? { deputy: deputies[id]!, entry: `away-${id}` } : undefined),
})

/** The same people, but nobody can be asked when nobody else can. */
export const withoutAdmins: Directory = { ...company, admins: () => [] }
