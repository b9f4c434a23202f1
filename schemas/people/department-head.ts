import type { PersonKind } from './person-kind'
import { headsAbove, nth } from './walks'

export const departmentHead: PersonKind<'departmentHead'> = {
  resolve: ({ levels = 1 }, { people, initiator }) => nth(headsAbove(initiator, people), levels),
}
