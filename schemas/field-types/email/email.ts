import type { EmailField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { halfWidth, textForms, textOps } from '../behaviour'

/** What mail servers take in practice: a dotted name, and a host of labels with a top-level domain; letters of any script. */
const address = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u
/** Longest address that can be delivered (RFC 5321). */
const longest = 254

export const email: FieldType<EmailField> = {
  ...textForms,
  operators: textOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: longest }),
  normalise: (value) => halfWidth(value as string).trim().toLowerCase() || null,
  check: (value) => (address.test(value as string) ? undefined : { code: 'badNotation', params: { example: 'name@example.com' } }),
  part: (text) => halfWidth(text).trim().toLowerCase(),
  format: (value) => (value as string | null) ?? '',
}
