import { Decimal } from 'decimal.js'
import type { GeoField } from '../../generated/types'
import { ExpressionError } from '../../expressions/functions'
import type { ExpressionValue } from '../../expressions/types'
import type { FieldType } from '../field-type'
import { exact, halfWidth, identity } from '../behaviour'

interface Place { lat: number; lng: number }

/** Wire: {lat, lng} to six decimals, about a hand's breadth; “30.25, 120.16” is understood. */
export const geo: FieldType<GeoField> = {
  storage: 'json',
  operators: ['empty', 'notEmpty'],
  expressionType: () => ({ kind: 'map', members: { lat: { kind: 'decimal' }, lng: { kind: 'decimal' } } }),
  valueSchema: () => ({
    type: ['object', 'string'], maxLength: 60, additionalProperties: false, required: ['lat', 'lng'],
    properties: { lat: { type: 'number', minimum: -90, maximum: 90 }, lng: { type: 'number', minimum: -180, maximum: 180 } },
  }),
  normalise: (value) => (typeof value === 'string' ? read(halfWidth(value).trim()) : rounded(value as Place)),
  check: (value) => (typeof value !== 'string' ? undefined : { code: 'badNotation', params: { example: '30.2741, 120.1551' } }),
  toStored: identity,
  fromStored: identity,
  toExpression: (value) => (isPlace(value) ? { lat: exact(value.lat), lng: exact(value.lng) } : null),
  fromExpression: (value) => (value === null ? null : fromExpression(value)),
  format: (value) => (isPlace(value) ? `${value.lat}, ${value.lng}` : typeof value === 'string' ? value : ''),
}

function isPlace(value: unknown): value is Place {
  const { lat, lng } = (value ?? {}) as Partial<Place>
  return typeof lat === 'number' && typeof lng === 'number' && Math.abs(lat) <= 90 && Math.abs(lng) <= 180
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6 + 0
const rounded = ({ lat, lng }: Place): Place => ({ lat: round(lat), lng: round(lng) })

function read(text: string): Place | string | null {
  if (text === '') return null
  const [, lat, lng] = /^([+-]?\d{1,2}(?:\.\d+)?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)°?$/.exec(text) ?? []
  const place = { lat: Number(lat), lng: Number(lng) }
  return isPlace(place) && lat !== undefined ? rounded(place) : text
}

function fromExpression(value: ExpressionValue): Place {
  const { lat, lng } = value as { lat?: unknown; lng?: unknown }
  if (!Decimal.isDecimal(lat) || !Decimal.isDecimal(lng)) throw new ExpressionError({ code: 'expectsPlace' })
  const place = { lat: lat.toNumber(), lng: lng.toNumber() }
  if (!isPlace(place)) throw new ExpressionError({ code: 'placeOutOfRange' })
  return rounded(place)
}
