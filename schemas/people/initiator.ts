import type { PersonKind } from './person-kind'

export const initiator: PersonKind<'initiator'> = { resolve: (_assignee, view) => [view.initiator] }
