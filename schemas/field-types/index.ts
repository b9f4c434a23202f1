/** The registry of field types: one line a type. */
import type { Field } from '../generated/types'
import type { FieldType } from './field-type'
import { autoNumber } from './autoNumber/autoNumber'
import { boolean } from './boolean/boolean'
import { date } from './date/date'
import { dateTime } from './dateTime/dateTime'
import { decimal } from './decimal/decimal'
import { enumeration } from './enum/enum'
import { formula } from './formula/formula'
import { integer } from './integer/integer'
import { lines } from './lines/lines'
import { longText } from './longText/longText'
import { money } from './money/money'
import { multiEnum } from './multiEnum/multiEnum'
import { multiReference } from './multiReference/multiReference'
import { percent } from './percent/percent'
import { reference } from './reference/reference'
import { rollup } from './rollup/rollup'
import { text } from './text/text'
import { user } from './user/user'

export type FieldTypeName = Field['type']

export const fieldTypes = {
  autoNumber, boolean, date, dateTime, decimal, enum: enumeration, formula, integer, lines, longText, money, multiEnum, multiReference,
  percent, reference, rollup, text, user,
} satisfies { [T in FieldTypeName]: FieldType<Extract<Field, { type: T }>> }

/** The behaviour of a field. */
export function fieldTypeOf(field: Field): FieldType {
  return fieldTypes[field.type] as unknown as FieldType
}

/** Whether a JSON value has the kind of the field's values at all; what it says is for `check`. */
export function isValueLike(value: unknown, field: Field): boolean {
  const type = fieldTypeOf(field)
  if (type.storage === 'bool') return typeof value === 'boolean'
  if (type.storage === 'int') return typeof value === 'string' ? type.valueSchema(field).type !== 'integer' : typeof value === 'number' && Number.isFinite(value)
  return type.storage === 'text' ? typeof value === 'string' : Array.isArray(value)
}
