/** What a value becomes when its field gets another type. */
import type { Field, Option } from '../generated/types'
import { fieldTypeOf } from './index'

/** Days and moments of the company: a day begins at midnight of its time zone. */
export interface Days { of(moment: string): string; beginOf(day: string): string }

/** `loses`: a part of the former value is not in it. */
export interface Turned { value: unknown; loses?: boolean }

/**
 * The wire value of `to` that a wire value of `from` stands for, not judged yet; undefined when there is none. It goes by way of the text
 * that both types read, an entry becomes a list of one, a list of one its entry. What names a record names it only in a field that refers
 * to the same entity.
 */
export function convertValue(value: unknown, from: Field, to: Field, days: Days): Turned | undefined {
  if (value === null || value === undefined) return { value: null }
  const between = inTime[kindOf(from)]?.[kindOf(to)]
  if (between) return between(value as string, days)
  const places = fieldTypeOf(from).places && fieldTypeOf(to).places?.(to)
  return places === undefined ? asTurned(byText(value, from, to)) : cutTo(places, String(value), to)
}

const asTurned = (value: unknown): Turned | undefined => (value === undefined ? undefined : { value })

/** Digits that a number has no place for are cut off, not rounded: what is left was there before. */
function cutTo(places: number, number: string, to: Field): Turned {
  const [whole = '', digits = ''] = number.split('.')
  const kept = digits.slice(0, places)
  const text = kept === '' ? whole : `${whole}.${kept}`
  return { value: readAs(/[1-9]/.test(text) ? text : text.replace('-', ''), to), loses: /[1-9]/.test(digits.slice(places)) }
}

const kindOf = (field: Field) => fieldTypeOf(field).expressionType(field).kind

/** What is known of a moment beyond its day is its time. */
const inTime: { [from: string]: { [to: string]: (value: string, days: Days) => Turned } } = {
  date: { dateTime: (day, { beginOf }) => ({ value: beginOf(day) }) },
  dateTime: { date: (moment, { of, beginOf }) => ({ value: of(moment), loses: beginOf(of(moment)) !== moment }) },
}

function byText(value: unknown, from: Field, to: Field): unknown {
  if (fieldTypeOf(from).refersTo?.(from) !== fieldTypeOf(to).refersTo?.(to)) return undefined
  if (isList(to)) {
    const entries = (Array.isArray(value) ? value : [value]).map((entry) => readAs(entry, to))
    return entries.includes(undefined) ? undefined : entries.flat()
  }
  if (!Array.isArray(value)) return readAs(value, to)
  return value.length === 1 ? readAs(value[0], to) : undefined
}

const isList = (field: Field) => fieldTypeOf(field).valueSchema(field).type === 'array'

function readAs(value: unknown, to: Field): unknown {
  const type = fieldTypeOf(to)
  if (typeof value === 'object') return type.storage === 'json' ? value : undefined
  const text = String(value)
  const options = type.options?.(to)
  if (options) return options.find((o: Option) => [o.value, o.label.en, o.label.zh].includes(text))?.value ?? text
  return type.fromText ? type.fromText(text, to) : text
}
