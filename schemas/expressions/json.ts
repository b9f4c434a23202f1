import type { Decimal } from 'decimal.js'
import { Exact, ExpressionError } from './functions'
import type { ExpressionValue } from './types'

/** A JSON value as expressions calculate with it: numbers exactly as they are written. */
export function fromJson(value: unknown): ExpressionValue {
  if (typeof value === 'number') return finite(new Exact(value))
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return (value ?? null) as ExpressionValue
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromJson(member)]))
}

function finite(value: Decimal): Decimal {
  if (!value.isFinite()) throw new ExpressionError({ code: 'numberTooLarge' })
  return value
}
