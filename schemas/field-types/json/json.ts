import { Decimal } from 'decimal.js'
import type { JsonField } from '../../generated/types'
import { fromJson } from '../../expressions/json'
import type { ExpressionValue } from '../../expressions/types'
import type { FieldType } from '../field-type'
import { identity, nullable } from '../behaviour'

/** Deepest nesting that is kept; a store gives up at 200 levels. */
const deepest = 20

/** A lone text is read as JSON text, so that it can come from a form or a cell; it is no value of its own. */
export const json: FieldType<JsonField> = {
  storage: 'json',
  operators: ['empty', 'notEmpty'],
  expressionType: () => ({ kind: 'any' }),
  valueSchema: () => ({ type: ['object', 'array', 'number', 'boolean', 'string'] }),
  normalise: (value) => orNothing(plain(typeof value === 'string' ? read(value) : value)),
  check: (value, field) => {
    if (typeof value === 'string') return { code: 'badNotation', params: { example: '{"a": 1}' } }
    if (nests(value, deepest)) return { code: 'tooDeep', params: { limit: deepest } }
    const limit = field.maxLength ?? 20_000
    return JSON.stringify(value).length > limit ? { code: 'tooLong', params: { limit } } : undefined
  },
  toStored: nullable((v: unknown) => v),
  fromStored: identity,
  toExpression: fromJson,
  fromExpression,
  format: (value) => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)),
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.trim()
  }
}

/** As it is after being written down: no −0, no members without a value. What nests too deeply is left for `check`. */
const plain = (value: unknown): unknown => (nests(value, deepest) ? value : JSON.parse(JSON.stringify(value)))

function orNothing(value: unknown): unknown {
  const empty = value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  return empty ? null : value
}

const nests = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => nests(member, levels - 1)))

function fromExpression(value: ExpressionValue): unknown {
  if (Decimal.isDecimal(value)) return value.toNumber()
  if (Array.isArray(value)) return value.map(fromExpression)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromExpression(member)]))
}
