/** Behaviour that several field types share. */
import { Exact, ExpressionError } from '../expressions/functions'
import type { ExpressionType, ExpressionValue } from '../expressions/types'
import { listOf, text as textType } from '../expressions/types'
import { Decimal } from 'decimal.js'
import type { Field, Option, Options } from '../generated/types'
import { maskSign } from './mask'
import type { FieldType, FilterOp, FormatContext, JsonSchema, ValueProblem } from './field-type'

export const identity = (value: unknown) => value
export const nullable = <T>(convert: (value: never) => T) => (value: unknown): T | null => (value === null || value === undefined ? null : convert(value as never))

export const textOps: FilterOp[] = ['eq', 'ne', 'in', 'nin', 'contains', 'startsWith', 'empty', 'notEmpty']
export const orderedOps: FilterOp[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'nin', 'between', 'empty', 'notEmpty']
export const choiceOps: FilterOp[] = ['eq', 'ne', 'in', 'nin', 'empty', 'notEmpty']
export const listOps: FilterOp[] = ['contains', 'empty', 'notEmpty']

/** Control characters other than tab and line breaks, and halves of surrogate pairs, cannot be stored and read back. */
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

export function checkText(value: unknown): ValueProblem | undefined {
  return unstorable.test(value as string) ? { code: 'badText' } : undefined
}

/** Full-width letters, digits and signs, as Chinese input methods type them, in their usual form. */
export const halfWidth = (text: string) => text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

export function expectText(value: ExpressionValue): string | null {
  if (value === null || typeof value === 'string') return value
  if (Decimal.isDecimal(value)) return value.toFixed()
  throw new ExpressionError({ code: 'expectsText' })
}

/** Both ends of a text, the last four characters unless said otherwise; never more than half of it. */
export function maskedText(value: unknown, { keepFirst = 0, keepLast = 4 }: NonNullable<Field['mask']> = {}): string {
  const characters = [...(value as string)]
  if (2 * (keepFirst + keepLast) > characters.length) return maskSign
  return characters.slice(0, keepFirst).join('') + maskSign + characters.slice(characters.length - keepLast).join('')
}

/** Values that are a text in all three forms. */
export const textForms = {
  storage: 'text' as const,
  toStored: identity,
  fromStored: identity,
  toExpression: nullable((v: string) => v),
  fromExpression: expectText,
}

/** No entry is no value. */
const orNothing = (value: unknown) => ((value as unknown[]).length === 0 ? null : value)

/** A list of texts, kept as JSON. */
export const textListForms = {
  storage: 'json' as const,
  expressionType: () => listOf(textType),
  normalise: orNothing,
  toStored: nullable((v: string[]) => orNothing(v)),
  fromStored: nullable((v: string[]) => v),
  toExpression: (v: unknown) => ((v as string[] | null) ?? []) as ExpressionValue,
  fromExpression: (value: ExpressionValue) => {
    if (value === null) return null
    if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return orNothing(value)
    throw new ExpressionError({ code: 'expectsTexts' })
  },
}

/** The titles of the records or files whose ids a value holds; a dash where the reader does not know them. */
export const titlesText = (value: unknown, { title, language }: FormatContext) => [(value as string[] | string | null) ?? []].flat().map((id) => title?.(id) ?? '—').join(language === 'zh' ? '、' : ', ')

/** A sum may be larger than a number holds exactly; then it is a text. */
export const wholeFromStored = (stored: unknown) => (typeof stored !== 'bigint' ? stored : Number.isSafeInteger(Number(stored)) ? Number(stored) : String(stored))

/** A written number, or the text as it is. */
export const numberFromText = (text: string) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text)

/** Whole numbers that are the same on the wire and in the store. What is being typed and is no number yet calculates as nothing. */
export const wholeForms = {
  storage: 'int' as const,
  expressionType: (): ExpressionType => ({ kind: 'decimal' }),
  toStored: identity,
  fromStored: wholeFromStored,
  toExpression: (v: unknown) => (typeof v === 'number' || typeof v === 'bigint' ? exact(v) : null),
  fromExpression: (value: ExpressionValue) => (value === null ? null : expectDecimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber()),
}

/** Members of the definitions of exact decimals. */
interface ScaledField { scale?: number; min?: string; max?: string }
/** Largest number of units a stored whole number holds exactly. */
const maxUnits = new Exact(Number.MAX_SAFE_INTEGER)

export const scaleOf = (field: { scale?: number }) => field.scale ?? 2
export const exact = (value: unknown) => new Exact(typeof value === 'bigint' ? String(value) : (value as string | number))

/** Exact decimals of a fixed scale: decimal, money, percent. Wire: "1234.50". Stored: whole units of 10^-scale. */
export function scaled<F extends Field & ScaledField>(format: (value: string, field: F, context: FormatContext) => string): FieldType<F> {
  return {
    storage: 'int',
    operators: orderedOps,
    expressionType: () => ({ kind: 'decimal' }),
    valueSchema: (): JsonSchema => ({ type: ['string', 'number'], pattern: '^-?\\d{1,15}(\\.\\d{1,15})?$' }),
    normalise: (value, field) => {
      const text = String(value)
      return fits(text, field) ? exact(text).toFixed(scaleOf(field)) : text
    },
    check: (value, field) => checkScaled(String(value), field),
    places: scaleOf,
    toStored: (value, field) => (value === null || value === undefined ? null : exact(value).times(Exact.pow(10, scaleOf(field))).toDecimalPlaces(0).toNumber()),
    fromStored: (stored, field) => (stored === null || stored === undefined ? null : unitsToText(stored as number | bigint, scaleOf(field))),
    toExpression: nullable((v: string) => exact(v)),
    fromExpression: (value, field) => (value === null ? null : expectDecimal(value).toFixed(scaleOf(field), Decimal.ROUND_HALF_UP)),
    format: (value, field, context) => (value === null || value === undefined ? '' : format(value as string, field, context)),
  }
}

/** Whole units of 10^-scale as a decimal text; no float in between. */
export function unitsToText(units: number | bigint, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(units)
  const sign = digits.startsWith('-') ? '-' : ''
  const padded = digits.slice(sign.length).padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

const decimalText = /^-?\d{1,15}(\.\d{1,15})?$/
const fits = (text: string, field: { scale?: number }) => decimalText.test(text) && exact(text).decimalPlaces() <= scaleOf(field)

function checkScaled(text: string, field: ScaledField): ValueProblem | undefined {
  if (!decimalText.test(text)) return { code: 'badFormat' }
  const value = exact(text)
  if (value.decimalPlaces() > scaleOf(field)) return { code: 'tooPrecise', params: { scale: scaleOf(field) } }
  if (value.abs().times(Exact.pow(10, scaleOf(field))).gt(maxUnits)) return { code: value.isNegative() ? 'tooSmall' : 'tooLarge', params: { limit: unitsToText(Number.MAX_SAFE_INTEGER, scaleOf(field)) } }
  return checkRange(value, field)
}

export function checkRange(value: Decimal, field: { min?: string | number; max?: string | number }): ValueProblem | undefined {
  if (field.min !== undefined && value.lt(field.min)) return { code: 'tooSmall', params: { limit: field.min } }
  if (field.max !== undefined && value.gt(field.max)) return { code: 'tooLarge', params: { limit: field.max } }
  return undefined
}

export function expectDecimal(value: ExpressionValue): Decimal {
  if (!Decimal.isDecimal(value)) throw new ExpressionError({ code: 'expectsNumber' })
  if (!value.isFinite()) throw new ExpressionError({ code: 'numberTooLarge' })
  return value
}

/** Groups the digits of an exact decimal text as people write it, without a float in between. */
export function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

export const optionLabel = (options: Options | undefined, value: unknown, context: FormatContext) =>
  options?.find((o: Option) => o.value === value)?.label[context.language] ?? String(value)

export const optionValues = (options: Options | undefined) => (options ?? []).map((o: Option) => o.value)
