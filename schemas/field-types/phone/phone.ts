import type { PhoneField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { halfWidth, maskedText, textForms, textOps } from '../behaviour'

/**
 * Kept: a Chinese number in its national form (13800000000, 057188886666), a foreign one as +<digits> (E.164), an extension behind x.
 * One number has one form, whatever way it was written, so that it is found and told apart.
 */
const canonicalForm = /^(\+\d{7,15}|\d{3,15})(x\d{1,6})?$/
const mobile = /^1[3-9]\d{9}$/
/** Area code, then seven or eight digits. */
const landline = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$/

export const phone: FieldType<PhoneField> = {
  ...textForms,
  operators: textOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 60 }),
  normalise: (value) => canonical(halfWidth(value as string).trim()) || null,
  check: (value) => (canonicalForm.test(value as string) ? undefined : { code: 'badNotation', params: { example: '138 0000 0000, 0571-88886666, +1 415 555 0123' } }),
  part: (text) => bare(halfWidth(text)),
  mask: maskedText,
  format: (value) => (value === null || value === undefined ? '' : shown(value as string)),
}

/** Text that is no number stays as it is, so that checking refuses it. */
function canonical(text: string): string {
  const [, number = text, extension] = /^(.*\d.*?)[\s,;]*(?:ext\.?|x|转|#)\s*(\d{1,6})$/i.exec(text) ?? /^((?:\D*\d){7,}\D*)-(\d{1,6})$/.exec(whole(text) ? '' : text) ?? []
  const digits = national(bare(number).replace(/^00/, '+'))
  const result = extension === undefined ? digits : `${digits}x${extension}`
  return canonicalForm.test(result) ? result : text
}

/** A number that needs no part of its digits to be an extension. */
const whole = (text: string) => { const digits = national(bare(text)); return digits.startsWith('+') || mobile.test(digits) || landline.test(digits) || digits.length < 9 }

/** Without what is only written to read it better. */
const bare = (text: string) => text.replace(/[\s().\-–—·/]/g, '')

/** +86 (0)571… and +86 138… as they are dialled in the country. */
function national(digits: string): string {
  const local = /^\+86(?:0)?(\d+)$/.exec(digits)?.[1]
  if (local === undefined) return digits.replace(/^(0086)/, '')
  return mobile.test(local) || /^[48]00/.test(local) ? local : landline.test(`0${local}`) ? `0${local}` : local
}

function shown(value: string): string {
  if (!canonicalForm.test(value)) return value
  const [number = '', extension] = value.split('x')
  const grouped = mobile.test(number) ? number.replace(/^(\d{3})(\d{4})/, '$1 $2 ') : /^[48]00\d{7}$/.test(number) ? number.replace(/^(\d{3})(\d{3})/, '$1-$2-') : number.replace(landline, '$1-$2')
  return extension === undefined ? grouped : `${grouped}-${extension}`
}
