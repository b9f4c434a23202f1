import { ExpressionError } from '../../expressions/functions'
import type { BooleanField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { identity, nullable } from '../behaviour'

export const boolean: FieldType<BooleanField> = {
  storage: 'bool',
  operators: ['eq', 'ne', 'empty', 'notEmpty'],
  expressionType: () => ({ kind: 'boolean' }),
  valueSchema: () => ({ type: 'boolean' }),
  toStored: identity,
  fromStored: identity,
  toExpression: nullable((v: boolean) => v),
  fromExpression: (value) => {
    if (value === null || typeof value === 'boolean') return value
    throw new ExpressionError({ code: 'expectsTruth' })
  },
  fromText: (text) => words.get(text.trim().toLowerCase()) ?? text,
  format: (value, _field, context) => (value === null || value === undefined ? '' : context.language === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
}

const words = new Map([...['true', 'yes', 'y', '1', '是', '√'].map((w) => [w, true] as const), ...['false', 'no', 'n', '0', '否', '×'].map((w) => [w, false] as const)])
