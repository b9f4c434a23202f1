import type { TextField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, textForms, textOps } from '../behaviour'

const formats = {
  email: { format: 'email' },
  phone: { pattern: '^[+0-9][0-9 ()-]{2,30}$' },
  url: { format: 'uri', pattern: '^https?://' },
}

export const text: FieldType<TextField> = {
  ...textForms,
  operators: textOps,
  collated: true,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', minLength: field.minLength, maxLength: field.maxLength ?? 255, ...(field.format && formats[field.format]) }),
  normalise: (value) => (value as string).trim() || null,
  check: (value) => (/[\r\n]/.test(value as string) ? { code: 'badText' } : checkText(value)),
  format: (value) => (value as string | null) ?? '',
}
