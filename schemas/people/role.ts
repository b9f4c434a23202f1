import type { PersonKind } from './person-kind'

export const role: PersonKind<'role'> = {
  fixed: true,
  resolve: ({ role: name }, { people }) => people.byRole(name),
  check: ({ role: name }, checks) => checks.role(name, '/role'),
}
