import type { EnumField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { choiceOps, optionLabel, optionValues, textForms } from '../behaviour'

export const enumeration: FieldType<EnumField> = {
  ...textForms,
  operators: choiceOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', enum: optionValues(field.options) }),
  options: (field) => field.options,
  format: (value, field, context) => (value === null || value === undefined ? '' : optionLabel(field.options, value, context)),
}
