import type { AddressField } from '../../generated/types'
import { ExpressionError } from '../../expressions/functions'
import { text as textType, type ExpressionValue } from '../../expressions/types'
import type { FieldType, Language, ValueProblem } from '../field-type'
import { checkText, halfWidth, nullable } from '../behaviour'
import { countries } from './countries'
import { isRegion, regionText } from '../region/region'
import { loadRegions, readRegion, stemOf } from '../region/regions'

/** `country`: two letters (ISO 3166), China unless given. `region`: a code of the national division. */
export interface Address { country?: string; region?: string; street?: string; postalCode?: string }
const members = ['country', 'region', 'street', 'postalCode'] as const
export const home = 'CN'

/**
 * Wire: the members that are known; a text is read. Stored: a line a member, and the names of the region, so that `contains` finds what
 * people read and `within` the region it begins with.
 */
export const address: FieldType<AddressField> = {
  storage: 'text',
  operators: ['contains', 'within', 'empty', 'notEmpty'],
  expressionType: () => ({ kind: 'map', members: Object.fromEntries(members.map((name) => [name, textType])) }),
  valueSchema: () => ({
    type: ['object', 'string'], maxLength: 400, additionalProperties: false,
    properties: Object.fromEntries(members.map((name) => [name, { type: ['string', 'null'], maxLength: name === 'street' ? 300 : 100 }])),
  }),
  normalise: (value) => orNothing(typeof value === 'string' ? readAddress(value) : tidy(value as Address)),
  check: (value) => members.map((name) => checkMember(name, value as Address)).find((problem) => problem !== undefined),
  toStored: nullable((value: Address) => [...members.map((name) => value[name] ?? ''), regionText(value.region, { language: 'zh' }, '')].join('\n')),
  fromStored: nullable((stored: string) => (stored.includes('\n') ? fromLines(stored.split('\n')) : readAddress(stored))),
  stemOf: (stored) => { const { country = '', region = '' } = fromLines(stored.split('\n')); return country + region === '' ? undefined : `${country}\n${stemOf(region)}` },
  load: loadRegions,
  toExpression: nullable((value: Address) => Object.fromEntries(members.map((name) => [name, value[name] ?? null]))),
  fromExpression: nullable((value: ExpressionValue) => fromExpression(value)),
  format: (value, _field, { language }) => (value === null || value === undefined ? '' : oneLine(value as Address, language)),
}

const clean = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()

function tidy({ country, region, street, postalCode }: Address): Address {
  const land = clean(country).toUpperCase()
  return given({ country: land === home ? '' : land, region: clean(region), street: clean(street), postalCode: clean(halfWidth(postalCode ?? '')).toUpperCase() })
}

const given = (all: Record<(typeof members)[number], string>): Address => Object.fromEntries(members.flatMap((name) => (all[name] === '' ? [] : [[name, all[name]]])))
const orNothing = (value: Address) => (Object.keys(value).length === 0 ? null : value)
const fromLines = ([country = '', region = '', street = '', postalCode = '']: string[]): Address => given({ country, region, street, postalCode })

const postalForm = /^[0-9A-Z][0-9A-Z -]{1,11}$/

function checkMember(name: (typeof members)[number], value: Address): ValueProblem | undefined {
  const text = value[name]
  if (text === undefined) return undefined
  if (name === 'street') return checkText(text)
  if (name === 'region') return value.country === undefined && isRegion(text) ? undefined : { code: 'badNotation', params: { example: '330106' } }
  if (name === 'country') return countries.includes(text) ? undefined : { code: 'badNotation', params: { example: 'SG' } }
  return postalForm.test(text) ? undefined : { code: 'badNotation', params: { example: '310012' } }
}

const codeAtEnd = /[\s,，(（]*(?:邮编[:：]?\s*)?(?<!\d)(\d{6})[)）]?$/
const codeAtStart = /^(?:邮编[:：]?\s*)?(\d{6})(?!\d)[\s,，]+/

/** An address as people write it: the postal code at either end, the region in front, the rest is the street. A lone code is a region's. */
export function readAddress(text: string): Address {
  const line = clean(halfWidth(text))
  if (/^\d{6}$/.test(line) && isRegion(line)) return { region: line }
  const postalCode = (codeAtEnd.exec(line) ?? codeAtStart.exec(line))?.[1] ?? ''
  const rest = postalCode === '' ? line : line.replace(codeAtEnd.test(line) ? codeAtEnd : codeAtStart, '')
  const found = readRegion(rest)
  const region = found?.sure || found?.rest === '' ? found : undefined
  return given({ country: '', region: region?.code ?? '', street: (region?.rest ?? rest).replace(/^[\s/,，、-]+/, ''), postalCode })
}

/** On one line, in the order the language writes it. */
export function oneLine({ country, region, street = '', postalCode = '' }: Address, language: Language): string {
  const land = country ? countryName(country, language) : ''
  const places = regionText(region, { language }, language === 'zh' ? '' : ' / ')
  if (language === 'zh') return `${land && `${land} `}${places}${street}${postalCode && `（${postalCode}）`}`
  return [street, ...places.split(' / ').reverse(), postalCode, land].filter(Boolean).join(', ')
}

export function countryName(code: string, language: Language): string {
  return countries.includes(code) ? (new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code) : code
}

function fromExpression(value: ExpressionValue): Address | null {
  const parts = Object.fromEntries(members.map((name) => [name, (value as Record<string, unknown>)[name] ?? '']))
  if (!Object.values(parts).every((part) => typeof part === 'string')) throw new ExpressionError({ code: 'expectsAddress' })
  return orNothing(tidy(parts as Address))
}
