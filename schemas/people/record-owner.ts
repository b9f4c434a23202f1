import { idsIn, type PersonKind } from './person-kind'

export const recordOwner: PersonKind<'recordOwner'> = {
  resolve: (_assignee, { value }) => idsIn(value('owner')),
  check: (_assignee, checks) => checks.owned('/kind'),
}
