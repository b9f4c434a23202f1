import type { LongTextField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, textForms } from '../behaviour'

export const longText: FieldType<LongTextField> = {
  ...textForms,
  operators: ['contains', 'empty', 'notEmpty'],
  expressionType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', maxLength: field.maxLength ?? 10_000 }),
  normalise: (value) => (value as string).replace(/\r\n?/g, '\n') || null,
  check: checkText,
  format: (value) => (value as string | null) ?? '',
}
