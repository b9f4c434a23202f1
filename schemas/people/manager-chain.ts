import type { PersonKind } from './person-kind'
import { managersAbove } from './walks'

/** Every manager up to a level, or up to and with the first who has a role. */
export const managerChain: PersonKind<'managerChain'> = {
  resolve: ({ levels = Infinity, until }, { people, initiator }) => {
    const last = new Set(until === undefined ? [] : people.byRole(roleOf(until)))
    const chain: string[] = []
    for (const id of managersAbove(initiator, people)) {
      if (chain.push(id) >= levels || last.has(id)) break
    }
    return chain
  },
  check: ({ until }, checks) => { if (until !== undefined) checks.role(roleOf(until), '/until') },
}

/** `role:director` names the role director. */
const roleOf = (until: string) => until.slice('role:'.length)
