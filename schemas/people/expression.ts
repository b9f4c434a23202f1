import { idsIn, type PersonKind } from './person-kind'

export const expression: PersonKind<'expression'> = {
  resolve: ({ expression: source }, { evaluate }) => idsIn(evaluate(source)),
  check: ({ expression: source }, checks) => checks.peopleExpression(source, '/expression'),
}
