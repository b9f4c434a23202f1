import { idsIn, type PersonKind } from './person-kind'

export const formUser: PersonKind<'formUser'> = {
  resolve: ({ field }, { value }) => idsIn(value(field)),
  check: ({ field }, checks) => checks.peopleField(field, '/field'),
}
