import type { UserField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { systemEntities } from '../../system'
import { choiceOps, textForms } from '../behaviour'

/** A reference to the system's own entity of people; a type of its own because approvals, scopes and `me` speak of people. */
const people = systemEntities.user

export const user: FieldType<UserField> = {
  ...textForms,
  operators: [...choiceOps, 'me'],
  expressionType: () => ({ kind: 'reference', entity: people }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 64 }),
  refersTo: () => people,
  format: (value, _field, context) => (value === null || value === undefined ? '' : (context.title?.(value as string) ?? '—')),
}
