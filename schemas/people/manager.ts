import type { PersonKind } from './person-kind'
import { managersAbove, nth } from './walks'

export const manager: PersonKind<'manager'> = {
  resolve: ({ levels = 1 }, { people, initiator }) => nth(managersAbove(initiator, people), levels),
}
