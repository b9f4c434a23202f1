/** The registry of looks: one line a field type. */
import type { Field } from '../../../schemas/generated/types'
import { autoNumber } from './autoNumber'
import { boolean } from './boolean'
import { color } from './color'
import { date } from './date'
import { dateTime } from './dateTime'
import { decimal } from './decimal'
import { email } from './email'
import { enumeration } from './enum'
import type { FieldView } from './field-view'
import { formula } from './formula'
import { integer } from './integer'
import { lines } from './lines'
import { longText } from './longText'
import { money } from './money'
import { multiEnum } from './multiEnum'
import { multiReference } from './multiReference'
import { percent } from './percent'
import { phone } from './phone'
import { rating } from './rating'
import { reference } from './reference'
import { rollup } from './rollup'
import { text } from './text'
import { url } from './url'
import { user } from './user'
import './field-views.css'

export const fieldViews = {
  autoNumber, boolean, color, date, dateTime, decimal, email, enum: enumeration, formula, integer, lines, longText, money, multiEnum,
  multiReference, percent, phone, rating, reference, rollup, text, url, user,
} as const satisfies { [T in Field['type']]: FieldView<Extract<Field, { type: T }>> }

/** The look of a value; for a computed one give the field whose type it has (`effective`). */
export function viewOf(field: Field): FieldView {
  return fieldViews[field.type] as unknown as FieldView
}

export type { FieldView, InputProps, ShowProps } from './field-view'
export { Value } from './Value'
