/** The registry of looks: one line a field type. */
import type { Field } from '../../../schemas/generated/types'
import { address } from './address'
import { autoNumber } from './autoNumber'
import { boolean } from './boolean'
import { color } from './color'
import { date } from './date'
import { dateTime } from './dateTime'
import { decimal } from './decimal'
import { department } from './department'
import { dictionary } from './dictionary'
import { duration } from './duration'
import { email } from './email'
import { enumeration } from './enum'
import { file } from './file'
import type { FieldView } from './field-view'
import { formula } from './formula'
import { geo } from './geo'
import { image } from './image'
import { integer } from './integer'
import { json } from './json'
import { lines } from './lines'
import { longText } from './longText'
import { money } from './money'
import { multiEnum } from './multiEnum'
import { multiReference } from './multiReference'
import { percent } from './percent'
import { phone } from './phone'
import { rating } from './rating'
import { reference } from './reference'
import { region } from './region'
import { richText } from './richText'
import { rollup } from './rollup'
import { signature } from './signature'
import { tags } from './tags'
import { text } from './text'
import { time } from './time'
import { url } from './url'
import { user } from './user'
import './field-views.css'

export const fieldViews = {
  address, autoNumber, boolean, color, date, dateTime, decimal, department, dictionary, duration, email, enum: enumeration, file, formula, geo, image, integer, json,
  lines, longText, money, multiEnum, multiReference, percent, phone, rating, reference, region, richText, rollup, signature, tags, text, time, url, user,
} as const satisfies { [T in Field['type']]: FieldView<Extract<Field, { type: T }>> }

/** The look of a value; for a computed one give the field whose type it has (`effective`). */
export function viewOf(field: Field): FieldView {
  return fieldViews[field.type] as unknown as FieldView
}

export type { FieldView, InputProps, ShowProps } from './field-view'
export { Value } from './Value'
