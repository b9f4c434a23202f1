import type { DateTimeField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { orderedOps, textForms } from '../behaviour'

export const dateTime: FieldType<DateTimeField> = {
  ...textForms,
  operators: [...orderedOps, 'withinDays'],
  expressionType: () => ({ kind: 'dateTime' }),
  valueSchema: () => ({ type: 'string', format: 'date-time' }),
  normalise: (value) => { const time = new Date(value as string); return Number.isNaN(time.getTime()) ? value : time.toISOString() },
  check: (value) => (Number.isNaN(Date.parse(value as string)) ? { code: 'badDate' } : undefined),
  format: (value, _field, context) =>
    value === null || value === undefined ? '' : new Intl.DateTimeFormat(context.language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value as string)),
}
