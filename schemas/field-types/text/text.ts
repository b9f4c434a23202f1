import type { TextField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, maskedText, textForms, textOps } from '../behaviour'

export const text: FieldType<TextField> = {
  ...textForms,
  operators: textOps,
  collated: true,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', minLength: field.minLength, maxLength: field.maxLength ?? 255 }),
  normalise: (value) => (value as string).trim() || null,
  check: (value) => (/[\r\n]/.test(value as string) ? { code: 'badText' } : checkText(value)),
  mask: maskedText,
  format: (value) => (value as string | null) ?? '',
}
