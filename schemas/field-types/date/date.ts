import type { DateField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { expectText, orderedOps, textForms } from '../behaviour'

export const date: FieldType<DateField> = {
  ...textForms,
  operators: [...orderedOps, 'withinDays'],
  expressionType: () => ({ kind: 'date' }),
  valueSchema: () => ({ type: 'string', format: 'date' }),
  check: (value, field) => {
    if (!isDay(value as string)) return { code: 'badDate' }
    if (field.min !== undefined && (value as string) < field.min) return { code: 'tooSmall', params: { limit: field.min } }
    if (field.max !== undefined && (value as string) > field.max) return { code: 'tooLarge', params: { limit: field.max } }
    return undefined
  },
  fromExpression: (value) => expectText(value)?.slice(0, 10) ?? null,
  format: (value, _field, context) => {
    if (value === null || value === undefined) return ''
    const [y, m, d] = (value as string).split('-').map(Number) as [number, number, number]
    return new Intl.DateTimeFormat(context.language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d))
  },
}

/** A day that exists, written YYYY-MM-DD. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}
