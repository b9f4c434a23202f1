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
    throw new ExpressionError('yes or no is expected')
  },
  format: (value, _field, context) => (value === null || value === undefined ? '' : context.language === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
}
