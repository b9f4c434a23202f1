import type { PersonKind } from './person-kind'

export const user: PersonKind<'user'> = {
  fixed: true,
  resolve: ({ user: username }, { people }) => [people.byUsername(username)].filter((id) => id !== undefined),
}
