/**
 * The functions of the expression language: how each is typed and what it does. Null in, null out, unless said otherwise.
 * Everything is bounded: no regular expressions, no recursion.
 */
import { Decimal } from 'decimal.js'
import { Explained } from '../errors'
import { any, boolean, date, decimal, text, type ExpressionType, type ExpressionValue } from './types'
import { compatible } from './compatible'

/** Exact arithmetic: 40 significant digits, half up. The shared constructor is left alone. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 40 })

/** The values do not fit, or the work grows beyond bounds. */
export class ExpressionError extends Explained {}

export interface ExpressionFunction {
  /** For the editor: how it is written. */
  signature: string
  /** Result type, or what is wrong. */
  check(args: ExpressionType[]): ExpressionType | string
  run(args: ExpressionValue[]): ExpressionValue
}

const isDecimal = (v: ExpressionValue): v is Decimal => Decimal.isDecimal(v)
const day = 86_400_000

function number(value: ExpressionValue): Decimal {
  if (!isDecimal(value)) throw new ExpressionError({ code: 'expectsNumber' })
  return value
}
function string(value: ExpressionValue): string {
  if (typeof value !== 'string') throw new ExpressionError({ code: 'expectsText' })
  return value
}
function items(value: ExpressionValue): ExpressionValue[] {
  if (!Array.isArray(value)) throw new ExpressionError({ code: 'expectsList' })
  return value
}
function dayNumber(value: ExpressionValue): number {
  const time = Date.parse(`${string(value).slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(time)) throw new ExpressionError({ code: 'expectsDate' })
  return time / day
}
const isoDay = (n: number) => {
  if (Math.abs(n) > 3_000_000) throw new ExpressionError({ code: 'dateOutOfRange' })
  return new Date(n * day).toISOString().slice(0, 10)
}

/** A value of the parameter's kind, or a clear failure: values of unknown type get past the checker. */
function demand(value: ExpressionValue, { kind }: ExpressionType): ExpressionValue {
  if (kind === 'decimal') return number(value)
  if (kind === 'list') return items(value)
  if (kind === 'date') dayNumber(value)
  return kind === 'text' || kind === 'date' ? string(value) : value
}

/** A function with fixed parameter types whose null arguments make the result null. */
function plain(signature: string, parameters: ExpressionType[], result: ExpressionType, run: (...args: never[]) => ExpressionValue): ExpressionFunction {
  return {
    signature,
    check: (args) => {
      if (args.length !== parameters.length) return `${signature} takes ${parameters.length} arguments, not ${args.length}`
      const wrong = args.findIndex((arg, i) => !compatible(arg, parameters[i]!))
      return wrong < 0 ? result : `${signature}: argument ${wrong + 1} has the wrong type`
    },
    run: (args) => (args.some((a) => a === null) ? null : run(...(args.map((arg, i) => demand(arg, parameters[i]!)) as never[]))),
  }
}

const numbers: ExpressionType = { kind: 'list', of: decimal }
const present = (values: ExpressionValue) => items(values).filter((v) => v !== null)

function extreme(name: 'min' | 'max', keep: (candidate: ExpressionValue, best: ExpressionValue) => boolean): ExpressionFunction {
  return {
    signature: `${name}(list)`,
    check: (args) => (args.length === 1 && args[0]!.kind === 'list' ? args[0]!.of : args.length === 1 && args[0]!.kind === 'any' ? any : `${name}(list) takes one list`),
    run: ([values]) => (values === null ? null : present(values!).reduce<ExpressionValue>((best, v) => (best === null || keep(v, best) ? v : best), null)),
  }
}
const less = (a: ExpressionValue, b: ExpressionValue) => (isDecimal(a) && isDecimal(b) ? a.lt(b) : string(a) < string(b))

export const functions: Record<string, ExpressionFunction> = {
  sum: plain('sum(list)', [numbers], decimal, (values: ExpressionValue) => present(values).reduce<Decimal>((total, v) => total.plus(number(v)), new Exact(0))),
  avg: plain('avg(list)', [numbers], decimal, (values: ExpressionValue) => {
    const given = present(values)
    return given.length === 0 ? null : given.reduce<Decimal>((total, v) => total.plus(number(v)), new Exact(0)).div(given.length)
  }),
  min: extreme('min', less),
  max: extreme('max', (a, b) => less(b, a)),
  size: plain('size(listOrText)', [any], decimal, (value: ExpressionValue) => new Exact(typeof value === 'string' ? [...value].length : items(value).length)),
  round: plain('round(number, digits)', [decimal, decimal], decimal, (n: Decimal, digits: Decimal) => {
    if (!digits.isInteger() || digits.isNegative() || digits.gt(40)) throw new ExpressionError({ code: 'badDigits' })
    return new Exact(n.toDecimalPlaces(digits.toNumber(), Decimal.ROUND_HALF_UP))
  }),
  abs: plain('abs(number)', [decimal], decimal, (n: Decimal) => n.abs()),
  floor: plain('floor(number)', [decimal], decimal, (n: Decimal) => n.floor()),
  ceil: plain('ceil(number)', [decimal], decimal, (n: Decimal) => n.ceil()),
  coalesce: {
    signature: 'coalesce(a, b, …)',
    check: (args) => (args.length === 0 ? 'coalesce(a, b, …) needs an argument' : (args.find((a) => a.kind !== 'any' && a.kind !== 'null') ?? any)),
    run: (args) => args.find((a) => a !== null) ?? null,
  },
  isEmpty: {
    signature: 'isEmpty(value)',
    check: (args) => (args.length === 1 ? boolean : 'isEmpty(value) takes one argument'),
    run: ([value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  },
  addDays: plain('addDays(date, days)', [date, decimal], date, (d: string, n: Decimal) => isoDay(dayNumber(d) + n.trunc().toNumber())),
  addMonths: plain('addMonths(date, months)', [date, decimal], date, (d: string, n: Decimal) => {
    const start = new Date(dayNumber(d) * day)
    const months = start.getUTCFullYear() * 12 + start.getUTCMonth() + n.trunc().toNumber()
    if (Math.abs(months) > 12 * 9999) throw new ExpressionError({ code: 'dateOutOfRange' })
    const last = new Date(Date.UTC(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 0)).getUTCDate()
    return isoDay(Date.UTC(Math.floor(months / 12), ((months % 12) + 12) % 12, Math.min(start.getUTCDate(), last)) / day)
  }),
  daysBetween: plain('daysBetween(from, to)', [date, date], decimal, (a: string, b: string) => new Exact(dayNumber(b) - dayNumber(a))),
  year: plain('year(date)', [date], decimal, (d: string) => new Exact(d.slice(0, 4))),
  month: plain('month(date)', [date], decimal, (d: string) => new Exact(d.slice(5, 7))),
  text: plain('text(value)', [any], text, (value: ExpressionValue) => (isDecimal(value) ? value.toFixed() : String(value))),
  concat: {
    signature: 'concat(a, b, …)',
    check: () => text,
    run: (args) => args.map((a) => (a === null ? '' : isDecimal(a) ? a.toFixed() : String(a))).join('').slice(0, 100_000),
  },
  contains: plain('contains(text, part)', [text, text], boolean, (whole: string, part: string) => whole.toLowerCase().includes(part.toLowerCase())),
  startsWith: plain('startsWith(text, part)', [text, text], boolean, (whole: string, part: string) => whole.toLowerCase().startsWith(part.toLowerCase())),
  has: {
    signature: 'has(value)',
    check: (args) => (args.length === 1 ? boolean : 'has(value) takes one argument'),
    run: ([value]) => value !== null,
  },
}
