import { Decimal } from 'decimal.js'
import type { RatingField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { exact, expectDecimal, identity, nullable, numberFromText, orderedOps, wholeFromStored } from '../behaviour'

export const rating: FieldType<RatingField> = {
  storage: 'int',
  operators: orderedOps,
  expressionType: () => ({ kind: 'decimal' }),
  valueSchema: (field) => ({ type: 'integer', minimum: 1, maximum: field.max ?? 5 }),
  toStored: identity,
  fromStored: wholeFromStored,
  toExpression: nullable((v: number) => exact(v)),
  fromExpression: (value) => (value === null ? null : expectDecimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber()),
  fromText: numberFromText,
  format: (value, field) => (value === null || value === undefined ? '' : `${String(value)} / ${field.max ?? 5}`),
}
