import type { Decimal } from 'decimal.js'

/** What an expression calculates with. Dates and moments are ISO text. */
export type ExpressionValue = null | boolean | string | Decimal | ExpressionValue[] | { [member: string]: ExpressionValue }

/** Types the checker knows. `any` is compatible with everything: null, empty lists, values of unknown shape. */
export type ExpressionType =
  | { kind: 'any' | 'null' | 'decimal' | 'text' | 'boolean' | 'date' | 'dateTime' }
  | { kind: 'list'; of: ExpressionType }
  /** `rows`: a row of a sub-table, and the present names of columns by their former ones. */
  | { kind: 'map'; members: { [name: string]: ExpressionType }; rows?: { entity: string; field: string; former: { [name: string]: string } } }
  /** Id of a record; `record.member` walks to it. */
  | { kind: 'reference'; entity: string }

export const any: ExpressionType = { kind: 'any' }
export const decimal: ExpressionType = { kind: 'decimal' }
export const text: ExpressionType = { kind: 'text' }
export const boolean: ExpressionType = { kind: 'boolean' }
export const date: ExpressionType = { kind: 'date' }
export const dateTime: ExpressionType = { kind: 'dateTime' }
export const listOf = (of: ExpressionType): ExpressionType => ({ kind: 'list', of })
