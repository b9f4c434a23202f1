import type { PersonKind } from './person-kind'

export const previousSelect: PersonKind<'previousSelect'> = { resolve: (_assignee, { chosen }) => chosen }
