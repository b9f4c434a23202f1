import { fieldTypeOf } from '../../../schemas/field-types'
import { useLanguage } from '../i18n'
import type { ShowProps } from './field-view'

/** A number in a column of numbers: figures of one width, below zero in red. */
export function Amount({ field, value, currency }: ShowProps & { currency?: string | undefined }) {
  const language = useLanguage()
  if (value === null || value === undefined) return null
  const text = fieldTypeOf(field).format(value, field, { language, ...(currency && { currency }) })
  return <span className={text.startsWith('-') ? 'fw-number fw-negative' : 'fw-number'}>{text}</span>
}
