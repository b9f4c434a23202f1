/** The expression language in one table: text and variables → value; what is refused; what is typed; and that hostile texts stay harmless. */
import fc from 'fast-check'
import { reasonText } from '../../schemas/errors'
import { broken, check, evaluate, Exact, ExpressionError, holds, reads, type CheckContext, type ExpressionType, type ExpressionValue } from '../../schemas/expressions'

type Variables = { [name: string]: ExpressionValue | undefined }
const d = (value: string | number) => new Exact(value)

const variables: Variables = {
  zero: d(0), one: d(1), price: d('19.99'), huge: d('12345678901234567.89'), none: null, name: 'Ann', empty: '', yes: true, no: false,
  day: '2026-01-31', moment: '2026-01-31T23:30:00.000Z', rows: [{ qty: d(2), price: d('0.1') }, { qty: d(3), price: d('0.2') }, { qty: null, price: d(1) }], list: [d(1), null, d(3)], nothing: [],
  me: { id: 'ann', roles: ['rep', 'lead'] }, customer: 'c1', stranger: 'c9',
}
const related = (id: string, member: string) => (id === 'c1' ? new Map([['name', 'Customer'], ['region', null]]).get(member) : undefined)
/** Decimals as their text. */
const shown = (value: ExpressionValue): unknown => JSON.parse(JSON.stringify(value)) as unknown
const value = (source: string) => shown(evaluate(source, { variables, related }))

describe('values', () => {
  test.each<[string, unknown]>([
    // exact numbers
    ['0.1 + 0.2', '0.3'], ['1.1 * 1.1', '1.21'], ['12345678901234567.89 + 0.01', '12345678901234567.9'], ['huge - 0.89', '12345678901234567'], ['huge * 100', '1234567890123456789'],
    ['1 / 3 * 3 == 1', false], ['round(1 / 3 * 3, 30) == 1', true], ['2 / 4', '0.5'], ['7 % 3', '1'], ['-7 % 3', '-1'], ['1 + 2 * 3', '7'], ['(1 + 2) * 3', '9'], ['-price', '-19.99'], ['- -1', '1'],
    ['9007199254740993 + 0', '9007199254740993'], ['1.5 * 2', '3'], ['0.07 * 100', '7'],
    ['round(2.345, 2)', '2.35'], ['round(-2.345, 2)', '-2.35'], ['round(2.5, 0)', '3'], ['round(1.005, 2)', '1.01'], ['floor(-1.5)', '-2'], ['ceil(-1.5)', '-1'], ['abs(-3)', '3'],
    // division by zero is not known
    ['1 / 0', null], ['1 / zero', null], ['1 % 0', null], ['1 / 0 > 5', null],
    // null is "not known"
    ['none + 1', null], ['1 - none', null], ['-none', null], ['none > 1', null], ['none <= none', null], ['none == null', true], ['none != null', false], ['none == 0', false], ['one == null', false], ['one != null', true],
    ['none && true', null], ['none && false', false], ['false && none', false], ['true && none', null], ['none || true', true], ['true || none', true], ['none || false', null], ['!none', null], ['!no', true],
    ['none ? 1 : 2', '2'], ['none == null ? 1 : 2', '1'], ['yes ? none : 2', null], ['missing', null], ['missing == null', true], ['coalesce(none, missing, 5)', '5'], ['coalesce(none)', null], ['coalesce(0, 5)', '0'],
    // comparison
    ['1 == 1.0', true], ['1.10 == 1.1', true], ['price > 19.98 && price < 20', true], ["'a' < 'b'", true], ["'B' < 'a'", true], ['day < moment', true], ["'10' == 10", false], ['true == true', true],
    // text
    ["'a' + 'b'", 'ab'], ["name + ' 安'", 'Ann 安'], ["concat(name, null, 1.50, true)", 'Ann1.5true'], ['size(name)', '3'], ["size('🧲磁')", '2'], ["contains('Magnet', 'MAG')", true], ["startsWith('磁材', '磁')", true],
    ["contains(none, 'a')", null], ['text(1.50)', '1.5'], ['text(yes)', 'true'], ['isEmpty(empty)', true], ['isEmpty(none)', true], ['isEmpty(nothing)', true], ['isEmpty(zero)', false], ['isEmpty(no)', false],
    // lists
    ['sum(rows.map(r, r.qty * r.price))', '0.8'], ['sum(nothing)', '0'], ['sum(list)', '4'], ['avg(list)', '2'], ['avg(nothing)', null], ['min(list)', '1'], ['max(list)', '3'], ['max(nothing)', null], ["min(['b', 'a'])", 'a'],
    ['size(rows)', '3'], ['rows.filter(r, r.qty > 2).map(r, r.price)', ['0.2']], ['rows.exists(r, r.qty == null)', true], ['rows.all(r, r.price > 0)', true], ['rows.all(r, r.qty > 0)', false], ['nothing.all(r, r > 5)', true],
    ['rows.map(r, r.qty > 2, r.price)', ['0.2']], ['none.map(r, r)', null], ["'rep' in me.roles", true], ["'boss' in me.roles", false], ['none in me.roles', false], ['1.0 in [1, 2]', true], ["'a' in none", null],
    ['list[0]', '1'], ['list[9]', null], ['list[0 - 1]', null], ['list[none]', null], ['[1, 2] == [1.0, 2]', true], ['rows.map(r, rows.map(s, s.qty).filter(q, q == r.qty).size())', ['1', '1', '1']],
    // members and records behind references
    ['me.id', 'ann'], ['me.missing', null], ['none.name', null], ['customer.name', 'Customer'], ['customer.region', null], ['customer.missing', null], ['stranger.name', null], ["{'a': 1}.a", '1'],
    // days
    ['addDays(day, 1)', '2026-02-01'], ['addDays(day, -31)', '2025-12-31'], ['addDays(moment, 1)', '2026-02-01'], ['addMonths(day, 1)', '2026-02-28'], ['addMonths(day, 25)', '2028-02-29'], ['addMonths(day, -2)', '2025-11-30'], ['addMonths(none, 1)', null],
    ["daysBetween('2026-01-01', '2026-03-01')", '59'], ["daysBetween('2024-01-01', '2024-03-01')", '60'], ['daysBetween(day, none)', null], ['year(day)', '2026'], ['month(moment)', '1'], ['has(none)', false], ['has(zero)', true],
  ])('%s is %j', (source, expected) => expect(value(source)).toEqual(expected))

  test('a guard takes "not known" for no, a validation for kept', () => {
    expect([holds('none > 1', { variables }), broken('none > 1', { variables })]).toEqual([false, false])
    expect([holds('one > 0', { variables }), broken('one > 1', { variables })]).toEqual([true, true])
  })

  test('sums do not drift', () => fc.assert(fc.property(fc.array(fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }), { maxLength: 60 }), (cents) => {
    const rows = cents.map((c) => d(c).div(100))
    expect(shown(evaluate('sum(rows) * 100', { variables: { rows } }))).toBe(String(cents.reduce((a, b) => a + b, 0)))
  })))

  test('comparison, equality and arithmetic agree', () => fc.assert(fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
    const scope = { variables: { a: d(a.toString()), b: d(b.toString()) } }
    expect(evaluate('a < b', scope)).toBe(a < b)
    expect(evaluate('a == b', scope)).toBe(a === b)
  })))
})

describe('what does not fit fails with a reason', () => {
  test.each(['name + 1', "'a' > 1", 'yes + yes', '!name', 'name && yes', 'sum(name)', 'one.map(x, x)', "'a' in name", 'name[0]', 'addDays(name, 1)', 'addDays(day, 99999999)', 'addMonths(day, 1e9)', 'rows > 1', 'abs(name)', 'min(rows)', 'round(1.5, 0.5)', 'month(name)', 'year(empty)', "contains([1, 'a'][0], 'a')"])('%s', (source) => {
    const failed = (() => { try { return evaluate(source, { variables, related }) } catch (error) { return error } })()
    expect(failed).toBeInstanceOf(ExpressionError)
    expect(reasonText((failed as ExpressionError).reason, 'zh')).toMatch(/[\u4e00-\u9fff]{3}/)
  })

  test.each(['', ' ', '1 +', 'a b', '((1)', "'open", 'a = b', 'x => x', 'function() {}', '`${1}`', '1;2', '名称', 'nothing(1)', 'matches(name, "a")', 'name.matches("^(a+)+$")', 'duration("1h")', 'dyn(1)', 'type(1)', 'b"bytes"', '1u', 'a.?b', 'one + one\u0000'])('%j is not in the language', (source) => {
    expect(check(source, context).problems).not.toEqual([])
    expect(() => evaluate(source, { variables, related })).toThrow(ExpressionError)
  })
})

const text: ExpressionType = { kind: 'text' }
const number: ExpressionType = { kind: 'decimal' }
const context: CheckContext = {
  variables: {
    price: number, qty: number, name: text, yes: { kind: 'boolean' }, day: { kind: 'date' }, moment: { kind: 'dateTime' }, customer: { kind: 'reference', entity: 'customer' },
    rows: { kind: 'list', of: { kind: 'map', members: { qty: number, price: number, customer: { kind: 'reference', entity: 'customer' } } } }, tags: { kind: 'list', of: text },
    me: { kind: 'map', members: { id: { kind: 'reference', entity: 'user' }, roles: { kind: 'list', of: text } } },
  },
  members: (entity) => (entity === 'customer' ? { name: text, parent: { kind: 'reference', entity: 'customer' } } : undefined),
}

describe('types', () => {
  test.each<[string, ExpressionType['kind'], string[]]>([
    ['price * qty', 'decimal', ['price', 'qty']], ['price > 1', 'boolean', ['price']], ["name + '!'", 'text', ['name']], ['price > 0 ? name : null', 'text', ['price', 'name']], ['sum(rows.map(r, r.qty * r.price))', 'decimal', ['rows']],
    ['rows.map(r, r.customer.name)', 'list', ['rows']], ['customer.parent.name', 'text', ['customer', 'customer.parent', 'customer.parent.name']], ['addDays(day, 1)', 'date', ['day']], ["'rep' in me.roles", 'boolean', ['me', 'me.roles']],
    ['rows.filter(r, r.qty > price)', 'list', ['rows', 'price']], ['customer == null', 'boolean', ['customer']], ['coalesce(price, 0)', 'decimal', ['price']], ['max(rows.map(r, r.qty))', 'decimal', ['rows']], ["day > '2026-01-01'", 'boolean', ['day']], ['null', 'null', []],
    ["{'product': name, 'qty': qty}", 'map', ['name', 'qty']], ['rows.exists(r, rows.all(s, s.qty <= r.qty))', 'boolean', ['rows']],
  ])('%s is %s and reads %j', (source, kind, paths) => {
    const checked = check(source, context)
    expect({ problems: checked.problems, kind: checked.type.kind }).toEqual({ problems: [], kind })
    expect(checked.reads.sort()).toEqual([...paths].sort())
    expect(reads(source).sort()).toEqual([...paths].sort())
  })

  test.each(['prise', 'customer.nmae', 'name * 2', 'price + name', 'yes + 1', '!price', 'price ? 1 : 2', "price > 0 ? name : 1", 'rows.qty', 'rows.map(r, r.missing)', 'name.map(x, x)', 'rows.filter(r, r.qty)', 'sum(tags)', 'sum(price)', 'sum()', 'addDays(price, 1)',
    'addDays(day)', "price == 'a'", 'name < price', 'yes < yes', "'a' in price", 'price in tags', 'me.password', 'price.map(x, x)', 'rows.map(1, 2)', 'rows[name]', 'r.qty', 'constructor', '__proto__', 'price.constructor', 'me.__proto__', 'rows.map(r, r.__proto__)', 'toString', 'customer.constructor'])('%s is refused', (source) => {
    expect(check(source, context).problems).not.toEqual([])
  })

  test('every fault is named at once', () => {
    expect(check('prise * nme + price + name', context).problems.length).toBeGreaterThanOrEqual(3)
  })

  test('the expected type', () => {
    expect(check('price', context, { kind: 'boolean' }).problems).toHaveLength(1)
    expect(check('null', context, { kind: 'boolean' }).problems).toEqual([])
    expect(check('customer', context, { kind: 'reference', entity: 'user' }).problems).toHaveLength(1)
    expect(check('name', context, { kind: 'date' }).problems).toEqual([])
  })
})

describe('hostile texts', () => {
  /** Bounded means: it ends by itself, with a value or with an error of ours. */
  const bounded = (source: string, scope: { variables: Variables } = { variables }) => {
    try { evaluate(source, scope) } catch (error) { expect(error).toBeInstanceOf(ExpressionError) }
  }

  test.each(['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])('%s is nobody', (name) => {
    const bare: Variables = Object.assign(Object.create(null) as Variables, { me: { id: 'x' }, customer: 'c1', rows: [{ qty: d(1) }], name: 'Ann', price: d(1) })
    for (const source of [name, `me.${name}`, `customer.${name}`, `name.${name}`, `price.${name}`, `rows.${name}`, `rows.map(r, r.${name})[0]`, `{'a': 1}.${name}`, `[1].${name}`]) {
      const found = (() => { try { return evaluate(source, { variables: bare, related: (id, member) => (member === 'name' ? id : undefined) }) } catch (error) { expect(error).toBeInstanceOf(ExpressionError); return null } })()
      expect({ source, found }).toEqual({ source, found: null })
    }
  })

  test('a map takes __proto__ for a name like any other', () => {
    expect(Object.getPrototypeOf(evaluate("{'__proto__': me}", { variables }) as object)).toBe(Object.prototype)
    expect(({} as { id?: string }).id).toBeUndefined()
  })

  test('deep nesting is refused, not followed', () => {
    for (const source of ['('.repeat(5000) + '1' + ')'.repeat(5000), '['.repeat(500) + ']'.repeat(500), '!'.repeat(5000) + 'yes', '-'.repeat(3001) + '1', 'a' + '.b'.repeat(3000), `${'yes ? '.repeat(500)}1${' : 2'.repeat(500)}`, Array.from({ length: 3000 }, () => '1').join(' + ')]) bounded(source)
  })

  test('long lists and many names are refused', () => {
    expect(() => evaluate(`[${Array.from({ length: 5000 }, () => '1').join(',')}]`, { variables })).toThrow(ExpressionError)
  })

  test('nested macros over long lists end by the budget', () => {
    const rows = Array.from({ length: 200 }, (_, i) => d(i))
    const nested = 'rows.map(a, rows.map(b, rows.map(c, rows.map(e, a + b + c + e))))'
    expect(() => evaluate(nested, { variables: { rows } })).toThrow(ExpressionError)
  })

  test('numbers and texts do not grow without end', () => {
    const doubling = (op: string, times: number) => Array.from({ length: times }).reduce<string>((inner) => `[${inner}].map(x, x ${op} x)[0]`, 'start')
    const long = evaluate(doubling('+', 12), { variables: { start: 'x'.repeat(50_000) } })
    expect((long as string).length).toBeLessThanOrEqual(100_000)
    bounded(doubling('*', 12), { variables: { start: d('1e30') } })
    bounded('round(1, 1000000000)')
    bounded('round(1.5, -5)')
    bounded("addDays(day, 1e30)")
    bounded('list[1e30]')
    bounded('9'.repeat(3000) + ' * 1')
  })

  test('nothing that was handed in is changed', () => {
    const before = JSON.stringify(variables)
    for (const source of ['rows.map(r, r.qty)', 'rows.filter(rows, true)', "[me].map(id, id.id)[0]", 'list.map(list, list)']) bounded(source)
    expect(JSON.stringify(variables)).toBe(before)
  })

  test('any text is either refused or evaluated', () => {
    const token = fc.constantFrom('a', 'rows', '1', '0.1', "'x'", 'null', '(', ')', '[', ']', '{', '}', '.', ',', '?', ':', '+', '-', '*', '/', '%', '<', '==', '&&', '||', '!', ' in ', 'map', 'sum', 'x', '__proto__', ' ')
    fc.assert(fc.property(fc.oneof(fc.array(token, { maxLength: 20 }).map((t) => t.join('')), fc.string({ unit: 'binary', maxLength: 60 })), (source) => {
      check(source, context)
      bounded(source)
    }), { numRuns: 2000 })
  })
})
