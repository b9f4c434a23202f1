import type { PersonKind } from './person-kind'

export const group: PersonKind<'group'> = {
  resolve: ({ group: name }, { people }) => people.byGroup(name),
}
