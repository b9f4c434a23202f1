import type { ReferenceField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { choiceOps, textForms } from '../behaviour'

export const reference: FieldType<ReferenceField> = {
  ...textForms,
  operators: [...choiceOps, 'myDepartment'],
  expressionType: (field) => ({ kind: 'reference', entity: field.entity }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 64 }),
  refersTo: (field) => field.entity,
  format: (value, _field, context) => (value === null || value === undefined ? '' : (context.title?.(value as string) ?? '—')),
}
