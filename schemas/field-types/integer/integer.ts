import { Decimal } from 'decimal.js'
import type { IntegerField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { exact, expectDecimal, grouped, identity, nullable, numberFromText, orderedOps, wholeFromStored } from '../behaviour'

export const integer: FieldType<IntegerField> = {
  storage: 'int',
  operators: orderedOps,
  expressionType: () => ({ kind: 'decimal' }),
  valueSchema: (field) => ({ type: 'integer', minimum: field.min ?? Number.MIN_SAFE_INTEGER, maximum: field.max ?? Number.MAX_SAFE_INTEGER }),
  toStored: identity,
  fromStored: wholeFromStored,
  toExpression: nullable((v: number) => exact(v)),
  fromExpression: (value) => (value === null ? null : expectDecimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber()),
  fromText: numberFromText,
  format: (value, field) => (value === null || value === undefined ? '' : grouped(String(value)) + (field.unit ? ` ${field.unit}` : '')),
}
