/** Values of any kind survive the way into the store and back, and the way into an expression and back. */
import fc from 'fast-check'
import { compileField } from '../../runtime/engine'
import { Exact } from '../../schemas/expressions'
import { loadFieldTypes, type FieldTypeName } from '../../schemas/field-types'
import type { Field } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'

const label = { en: 'Value', zh: '值' }
const options = ['a', 'b', 'c'].map((value) => ({ value, label }))
const storable = fc.string({ unit: 'binary', maxLength: 40 }).map((s) => s.replace(/[\u0000-\u001f\u007f]/g, ''))

/** Decimal texts with up to so many digits on both sides of the point. */
const decimalText = (whole: number, fraction: number) => fc.tuple(fc.boolean(), fc.bigInt(0n, 10n ** BigInt(whole) - 1n), fc.integer({ min: 0, max: fraction }), fc.bigInt(0n, 10n ** BigInt(fraction) - 1n))
  .map(([negative, digits, places, rest]) => `${negative ? '-' : ''}${digits}${places === 0 ? '' : `.${String(rest).padStart(fraction, '0').slice(0, places)}`}`)
const moment = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2999-12-31T23:59:59Z'), noInvalidDate: true }).map((d) => d.toISOString())

interface Values { field: Record<string, unknown>; values: fc.Arbitrary<unknown> }

const scaled = [0, 1, 2, 3, 6].map((scale): Values => ({ field: { scale }, values: scale === 0 ? decimalText(15, 1).map((t) => t.split('.')[0]!) : decimalText(9, scale) }))
/** Types whose values are written by people; computed values have the form of the type they result in. */
const written: Partial<Record<FieldTypeName, Values[]>> = {
  text: [{ field: {}, values: storable }],
  longText: [{ field: {}, values: fc.array(storable, { maxLength: 5 }).chain((lines) => fc.constantFrom('\n', '\r\n', '\r').map((end) => lines.join(end))) }],
  richText: [
    { field: {}, values: fc.array(storable, { maxLength: 4 }).map((lines) => lines.join('\n')) },
    { field: {}, values: fc.array(fc.oneof(fc.constantFrom('<p>', '</p>', '<strong>', '</b>', '<b>', '<ul>', '<li>', '</li>', '</ul>', '<h1>', '</h2>', '<br>', '<a href="https://a.b/c?d&amp;e">', '</a>', '<blockquote>', '<script>', '</script>', '<x y="', '&lt;', '&#65;', '<', '>', '"'), fc.string({ maxLength: 5 })), { maxLength: 30 }).map((pieces) => pieces.join('')) },
  ],
  integer: [{ field: {}, values: fc.maxSafeInteger() }],
  decimal: scaled,
  money: scaled,
  percent: scaled,
  email: [{ field: {}, values: fc.emailAddress() }],
  url: [{ field: {}, values: fc.webUrl({ withQueryParameters: true, withFragments: true }) }, { field: {}, values: storable }],
  phone: [{ field: {}, values: fc.stringMatching(/^(\+?[0-9() -]{3,18})( ?(x|转|-) ?[0-9]{1,4})?$/) }],
  rating: [{ field: { max: 7 }, values: fc.integer({ min: 1, max: 7 }) }],
  color: [{ field: {}, values: fc.stringMatching(/^#?([0-9a-fA-F]{3}){1,2}$/) }],
  time: [false, true].map((seconds) => ({ field: { seconds }, values: fc.stringMatching(/^[0-2]?[0-9]:[0-6][0-9](:[0-5][0-9])?( [ap]m)?$/) })),
  duration: [{ field: {}, values: fc.oneof(fc.nat({ max: 100_000_000 }), fc.stringMatching(/^([0-9]{1,3} ?(d|天))? ?([0-9]{1,3} ?(h|小时))? ?([0-9]{1,3} ?(min|分钟)?)?$/)) }, { field: { hoursPerDay: 8 }, values: fc.nat({ max: 1_000_000 }) }],
  tags: [{ field: {}, values: fc.array(storable) }],
  json: [{ field: {}, values: fc.jsonValue() }],
  geo: [{ field: {}, values: fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lng: fc.double({ min: -180, max: 180, noNaN: true }) }) }],
  region: [{ field: {}, values: fc.constantFrom('110000', '330106', '429004', '浙江省杭州市', 'Hangzhou', '重庆', '朝阳区', '香港 / 九龙') }],
  address: [
    { field: {}, values: fc.record({ country: fc.constantFrom('CN', 'sg', 'US'), region: fc.constantFrom('330106', '110000'), street: fc.string({ unit: 'binary' }), postalCode: fc.constantFrom('310012', 'sw1a 1aa', '') }, { requiredKeys: [] }) },
    { field: {}, values: fc.tuple(fc.constantFrom('', '310012 ', '浙江省', '杭州西湖区', '北京', '吉林'), fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('', '（310012）', ' 100000')).map((parts) => parts.join('')) },
  ],
  dictionary: [{ field: { dictionary: 'letters', options }, values: fc.constantFrom('a', 'b', 'c') }],
  department: [{ field: {}, values: fc.uuid() }],
  boolean: [{ field: {}, values: fc.boolean() }],
  date: [{ field: {}, values: moment.map((m) => m.slice(0, 10)) }],
  dateTime: [{ field: {}, values: moment }, { field: {}, values: fc.tuple(moment, fc.integer({ min: -11, max: 14 })).map(([m, h]) => `${m.slice(0, 19)}${h < 0 ? '-' : '+'}${String(Math.abs(h)).padStart(2, '0')}:30`) }],
  enum: [{ field: { options }, values: fc.constantFrom('a', 'b', 'c') }],
  multiEnum: [{ field: { options }, values: fc.subarray(['a', 'b', 'c']) }],
  reference: [{ field: { entity: 'other' }, values: fc.uuid() }],
  multiReference: [{ field: { entity: 'other' }, values: fc.uniqueArray(fc.uuid(), { maxLength: 5 }) }],
  file: [{ field: {}, values: fc.uniqueArray(fc.uuid(), { maxLength: 5 }) }],
  image: [{ field: {}, values: fc.uniqueArray(fc.uuid(), { maxLength: 5 }) }],
  signature: [{ field: {}, values: fc.uuid() }],
  user: [{ field: {}, values: fc.uuid() }],
}
const cases = Object.entries(written).flatMap(([type, list]) => list.map(({ field, values }, i) => ({ name: `${type} ${JSON.stringify(field)} ${i}`, field: { name: 'value', type, label, ...field } as Field, values })))

beforeAll(loadFieldTypes)

describe.each(cases)('$name', ({ field, values }) => {
  const { type } = compileField(field)
  const canonical = (value: unknown) => (type.normalise ? type.normalise(value, field) : value)
  const accepted = values.filter((v) => shapeProblems(schema, v).length === 0).map(canonical).filter((v) => v === null || type.check?.(v, field) === undefined)
  const schema = { ...type.valueSchema(field) }
  const emptyList = (value: unknown) => Array.isArray(value) && value.length === 0

  test('the canonical form is its own', () => fc.assert(fc.property(accepted, (value) => expect(value === null ? null : canonical(value)).toEqual(value))))

  test('into the store and back', () => fc.assert(fc.property(accepted, (value) => {
    const stored = JSON.parse(JSON.stringify({ value: type.toStored(value, field) })) as { value: unknown }
    expect(type.fromStored(stored.value, field)).toEqual(emptyList(value) ? null : value)
  })))

  test('into an expression and back', () => fc.assert(fc.property(accepted, (value) => {
    expect(type.fromExpression(type.toExpression(value, field), field)).toEqual(value)
  })))

  test('what is stored sorts as people count', () => {
    if (type.storage !== 'int') return
    const given = accepted.filter((v) => v !== null)
    fc.assert(fc.property(given, given, (a, b) => {
      expect(Math.sign((type.toStored(a, field) as number) - (type.toStored(b, field) as number))).toBe(new Exact(a as string).cmp(b as string))
    }))
  })

  test('nothing stays nothing', () => {
    expect(type.toStored(null, field)).toBeNull()
    expect(type.fromStored(null, field)).toBeNull()
    expect(type.format(null, field, { language: 'zh' })).toBe('')
  })

  test('people can read it in both languages', () => fc.assert(fc.property(accepted, fc.constantFrom('en' as const, 'zh' as const), (value, language) => {
    const text = type.format(value, field, { language, title: (id) => `record ${id}` })
    expect(typeof text).toBe('string')
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })))
})

test.each([
  [{ type: 'money', currency: 'CNY' }, '1234567.50', '¥1,234,567.50'],
  [{ type: 'money', currency: 'USD' }, '-1234.50', '-$1,234.50'],
  [{ type: 'money', currency: 'SGD' }, '999.00', 'SGD 999.00'],
  [{ type: 'money', scale: 6 }, '1234.500000', '¥1,234.500000'],
  [{ type: 'decimal', scale: 3, unit: 'kg' }, '1234.500', '1,234.500 kg'],
  [{ type: 'percent' }, '12.50', '12.5%'],
  [{ type: 'percent' }, '100.00', '100%'],
  [{ type: 'integer', unit: 'days' }, -1234567, '-1,234,567 days'],
])('%o: %s is shown as %s', (members, value, shown) => {
  const field = { name: 'value', label, ...members } as Field
  expect(compileField(field).type.format(value, field, { language: 'en' })).toBe(shown)
})
