/** A small company for tests of approvals: who reports to whom, who has which role. Ids are first names. */
import type { Directory } from '../../schemas/node-types/node-type'

interface Colleague { manager: string | null; active?: boolean; roles?: string[] }

const colleagues: Record<string, Colleague> = {
  ann: { manager: 'mia', roles: ['rep'] },
  ben: { manager: 'mia', roles: ['rep'] },
  mia: { manager: 'dan', roles: ['manager'] },
  dan: { manager: 'bob', roles: ['director'] },
  fay: { manager: 'dan', roles: ['finance'] },
  fred: { manager: 'dan', roles: ['finance'] },
  bob: { manager: null, roles: ['boss'] },
  // Left the company; those who reported to ivy have dan above her.
  ivy: { manager: 'dan', active: false, roles: ['auditor'] },
  tom: { manager: 'ivy', roles: ['rep'] },
  // Each is the other's manager.
  leo: { manager: 'lia' },
  lia: { manager: 'leo' },
  root: { manager: null, roles: ['admin'] },
}

export const company: Directory = {
  person: (id) => { const c = Object.hasOwn(colleagues, id) ? colleagues[id] : undefined; return c && { id, active: c.active !== false, manager: c.manager } },
  byUsername: (username) => (Object.hasOwn(colleagues, username) ? username : undefined),
  byRole: (role) => Object.keys(colleagues).filter((id) => colleagues[id]!.roles?.includes(role)),
  admins: () => ['root'],
}

/** The same people, but nobody can be asked when nobody else can. */
export const withoutAdmins: Directory = { ...company, admins: () => [] }
