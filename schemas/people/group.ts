import type { PersonKind } from './person-kind'

export const group: PersonKind<'group'> = {
  fixed: true,
  resolve: ({ group: name }, { people }) => people.byGroup(name),
}
