/** The registry of field types: one line a type. */
import type { Field } from '../generated/types'
import type { FieldType } from './field-type'
import { address } from './address/address'
import { autoNumber } from './autoNumber/autoNumber'
import { boolean } from './boolean/boolean'
import { color } from './color/color'
import { date } from './date/date'
import { dateTime } from './dateTime/dateTime'
import { decimal } from './decimal/decimal'
import { department } from './department/department'
import { dictionary } from './dictionary/dictionary'
import { duration } from './duration/duration'
import { email } from './email/email'
import { enumeration } from './enum/enum'
import { file } from './file/file'
import { formula } from './formula/formula'
import { geo } from './geo/geo'
import { image } from './image/image'
import { integer } from './integer/integer'
import { json } from './json/json'
import { lines } from './lines/lines'
import { longText } from './longText/longText'
import { money } from './money/money'
import { multiEnum } from './multiEnum/multiEnum'
import { multiReference } from './multiReference/multiReference'
import { percent } from './percent/percent'
import { phone } from './phone/phone'
import { rating } from './rating/rating'
import { reference } from './reference/reference'
import { region } from './region/region'
import { richText } from './richText/richText'
import { rollup } from './rollup/rollup'
import { signature } from './signature/signature'
import { tags } from './tags/tags'
import { text } from './text/text'
import { time } from './time/time'
import { url } from './url/url'
import { user } from './user/user'

export type FieldTypeName = Field['type']

export const fieldTypes = {
  address, autoNumber, boolean, color, date, dateTime, decimal, department, dictionary, duration, email, enum: enumeration, file, formula, geo, image, integer, json,
  lines, longText, money, multiEnum, multiReference, percent, phone, rating, reference, region, richText, rollup, signature, tags, text, time, url, user,
} satisfies { [T in FieldTypeName]: FieldType<Extract<Field, { type: T }>> }

/** The behaviour of a field. */
export function fieldTypeOf(field: Field): FieldType {
  return fieldTypes[field.type] as unknown as FieldType
}

/** Whatever field types must know before they judge values. */
export const loadFieldTypes = () => Promise.all((Object.values(fieldTypes) as unknown as FieldType[]).flatMap((type) => type.load?.() ?? []))

/** Whether a JSON value has the kind of the field's values at all; what it says is for `check`. */
export function isValueLike(value: unknown, field: Field): boolean {
  return [fieldTypeOf(field).valueSchema(field).type].flat().some((type) => kinds[type as JsonKind](value))
}

type JsonKind = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
const kinds: Record<JsonKind, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
