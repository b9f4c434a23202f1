import type { ColorField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { choiceOps, halfWidth, textForms } from '../behaviour'

export const color: FieldType<ColorField> = {
  ...textForms,
  operators: choiceOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 20 }),
  normalise: (value) => canonical(halfWidth(value as string).trim().toLowerCase()) || null,
  check: (value) => (/^#[0-9a-f]{6}$/.test(value as string) ? undefined : { code: 'badNotation', params: { example: '#1677ff' } }),
  format: (value) => (value as string | null) ?? '',
}

/** #17f and 1177ff mean #1177ff. */
function canonical(text: string): string {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1]
  if (digits === undefined) return text
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
}
