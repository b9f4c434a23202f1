import { listOf } from '../../expressions/types'
import type { MultiReferenceField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { listOps, textListForms, titlesText } from '../behaviour'

export const multiReference: FieldType<MultiReferenceField> = {
  ...textListForms,
  operators: listOps,
  expressionType: (field) => listOf({ kind: 'reference', entity: field.entity }),
  valueSchema: () => ({ type: 'array', uniqueItems: true, maxItems: 500, items: { type: 'string', minLength: 1, maxLength: 64 } }),
  refersTo: (field) => field.entity,
  format: (value, _field, context) => titlesText(value, context),
}
