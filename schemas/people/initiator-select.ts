import type { PersonKind } from './person-kind'

export const initiatorSelect: PersonKind<'initiatorSelect'> = { resolve: (_assignee, { chosen }) => chosen }
