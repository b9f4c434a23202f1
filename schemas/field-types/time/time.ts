import type { TimeField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { halfWidth, orderedOps, textForms } from '../behaviour'

/** Kept as HH:mm, or HH:mm:ss in a field with seconds; it has no time zone. */
export const time: FieldType<TimeField> = {
  ...textForms,
  operators: orderedOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 20 }),
  normalise: (value, field) => canonical(halfWidth(value as string).trim(), field.seconds === true) || null,
  check: (value, field) => (form(field).test(value as string) ? undefined : { code: 'badNotation', params: { example: field.seconds ? '09:30:15' : '09:30' } }),
  format: (value) => (value as string | null) ?? '',
}

const form = ({ seconds }: TimeField) => (seconds ? /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/ : /^([01]\d|2[0-3]):[0-5]\d$/)

/** 9:30, 9点30分, 9:30 pm, 下午9:30. Seconds other than zero have no place in a field without them. */
function canonical(text: string, seconds: boolean): string {
  const [, before = '', hour = '', minute = '', second, after = ''] = /^(上午|下午)?\s*(\d{1,2})[:时点]\s*(\d{1,2})?分?(?::?(\d{1,2})秒?)?\s*([ap]\.?m\.?)?$/i.exec(text) ?? []
  if (hour === '' || (!seconds && Number(second ?? 0) !== 0)) return text
  const afternoon = before === '下午' || /^p/i.test(after)
  const morning = before === '上午' || /^a/i.test(after)
  const hours = afternoon && Number(hour) < 12 ? Number(hour) + 12 : morning && Number(hour) === 12 ? 0 : Number(hour)
  return [String(hours), minute, ...(seconds ? [second ?? ''] : [])].map((part) => part.padStart(2, '0')).join(':')
}
