import type { PrimitiveOp, Where } from '../../../server/ports/store'
import { contract, country, customer, ids, is, prepared, put, refused, region, type Current } from './model'

export function filterCases(current: Current): void {
  /** Ids, joined, of the documents that match. */
  const found = async (where: Where, visible = {}) => (await ids(current().store, { where, visible })).join(' ')

  describe('null', () => {
    beforeEach(async () => {
      const store = await prepared(current)
      await put(store, contract,
        { id: 'a', amount: 1, title: 'x', signed: true, tags: ['t'], lines: [{ id: 'l' }] },
        { id: 'b', amount: 2, title: '', signed: false, tags: [] },
        { id: 'n' })
    })

    test.each<[string, Where, string]>([
      ['eq fails for null', is('amount', 'eq', 1), 'a'],
      ['ne holds for null', is('amount', 'ne', 1), 'b n'],
      ['ne on bool', is('signed', 'ne', true), 'b n'],
      ['eq on bool', is('signed', 'eq', false), 'b'],
      ['lt fails', is('amount', 'lt', 9), 'a b'],
      ['lte fails', is('amount', 'lte', 1), 'a'],
      ['gt fails', is('amount', 'gt', 1), 'b'],
      ['gte fails', is('amount', 'gte', -9), 'a b'],
      ['in fails', is('amount', 'in', [1, 3]), 'a'],
      ['nin holds', is('amount', 'nin', [1, 3]), 'b n'],
      ['in an empty list: nothing', is('amount', 'in', []), ''],
      ['nin an empty list: everything', is('amount', 'nin', []), 'a b n'],
      ['in on bool', is('signed', 'in', [true]), 'a'],
      ['contains fails', is('title', 'contains', ''), 'a b'],
      ['startsWith fails', is('title', 'startsWith', ''), 'a b'],
      ['contains on a list fails', is('tags', 'contains', 't'), 'a'],
      ['empty int', is('amount', 'empty'), 'n'],
      ['empty bool', is('signed', 'empty'), 'n'],
      ['empty text', is('title', 'empty'), 'b n'],
      ['empty list', is('tags', 'empty'), 'b n'],
      ['empty rows', is('lines', 'empty'), 'b n'],
      ['not empty rows', { not: is('lines', 'empty') }, 'a'],
      ['not of a comparison with null holds', { not: is('amount', 'gt', 1) }, 'a n'],
      ['not of an and with an unknown part', { not: { and: [is('amount', 'gt', 1), is('title', 'eq', '')] } }, 'a n'],
      ['not of in', { not: is('amount', 'in', [1]) }, 'b n'],
      ['not of not', { not: { not: is('amount', 'lt', 2) } }, 'a'],
      ['and of nothing', { and: [] }, 'a b n'],
      ['or of nothing', { or: [] }, ''],
      ['or', { or: [is('amount', 'eq', 1), is('amount', 'empty')] }, 'a n'],
      ['and in or in and', { and: [{ or: [is('amount', 'eq', 1), { and: [is('amount', 'eq', 2), is('signed', 'eq', true)] }] }] }, 'a'],
      ['id', is('id', 'in', ['n', 'a', 'zz']), 'a n'],
      ['rev', is('rev', 'eq', 1), 'a b n'],
    ])('%s', async (_, where, expected) => expect(await found(where)).toBe(expected))
  })

  describe('contains and startsWith', () => {
    const titles = ['100%', '100 5', 'a_b', 'aXb', 'c\\d', 'cd', "it's", '"q"', 'Ümlaut ÉCOLE', '合同编号', 'ABC', 'abc', '%', '\\%']
    beforeEach(async () => put(await prepared(current), contract, ...titles.map((title, i) => ({ id: String(i).padStart(2, '0'), title }))))
    const matching = async (op: 'contains' | 'startsWith', value: string) => (await current().store.find(contract, { where: is('title', op, value) })).map((doc) => doc.title)

    test.each<[string, string[]]>([
      ['0%', ['100%']], ['%', ['100%', '%', '\\%']], ['a_', ['a_b']], ['_', ['a_b']], ['\\', ['c\\d', '\\%']], ['\\%', ['\\%']], ["'", ["it's"]],
      ['"', ['"q"']], ['合', ['合同编号']], ['同编', ['合同编号']], ['Bc', ['ABC', 'abc']], ['AxB', ['aXb']], ['É', ['Ümlaut ÉCOLE']], ['école', []],
      ['ümlaut', []], ['\u0000', []], ['a\u0000', []], ['%x%', []],
    ])('contains %j', async (value, expected) => expect(await matching('contains', value)).toEqual(expected))

    test.each<[string, string[]]>([
      ['ab', ['ABC', 'abc']], ['100', ['100%', '100 5']], ['%', ['%']], ['b', []], ['合同', ['合同编号']], ['', titles],
    ])('startsWith %j', async (value, expected) => expect(await matching('startsWith', value)).toEqual(expected))
  })

  test('a path into a sub-table asks for some row', async () => {
    const store = await prepared(current)
    await put(store, contract,
      { id: 'a', lines: [{ id: 'l1', item: 'x', quantity: 1 }, { id: 'l2', item: 'y', quantity: 5 }] }, { id: 'b', lines: [{ id: 'l3', item: 'x', quantity: null }] }, { id: 'c' })
    const on = (path: string[], op: PrimitiveOp, value?: string | number): Where => ({ path, op, value })
    expect(await found(on(['lines', 'item'], 'eq', 'x'))).toBe('a b')
    expect(await found(on(['lines', 'quantity'], 'gt', 2))).toBe('a')
    expect(await found(on(['lines', 'quantity'], 'empty'))).toBe('b')
    expect(await found({ not: on(['lines', 'item'], 'eq', 'y') })).toBe('b c')
    await refused(found(on(['lines', 'nope'], 'eq', 'x')), 'BAD_QUERY')
  })

  test('some row, or some document that refers to it, meets all of a condition', async () => {
    const store = await prepared(current)
    await put(store, customer, { id: 'k1', name: 'Wang', vip: true }, { id: 'k2', name: 'Meier', vip: false }, { id: 'k3', name: 'Nobody' })
    await put(store, contract,
      { id: 'a', customer: 'k1', amount: 5, lines: [{ id: 'l1', item: 'x', quantity: 1 }, { id: 'l2', item: 'y', quantity: 5 }] }, { id: 'b', customer: 'k2', amount: 50, lines: [{ id: 'l3', item: 'x', quantity: 5 }] }, { id: 'c', customer: 'k1', amount: 500 })
    const rows = (where: Where): Where => ({ some: 'lines', where })
    expect(await found(rows({ and: [is('item', 'eq', 'x'), is('quantity', 'gt', 2)] }))).toBe('b')
    expect(await found(rows({ and: [is('item', 'eq', 'x'), { or: [is('quantity', 'lte', 1), is('quantity', 'empty')] }] }))).toBe('a')
    expect(await found({ not: rows({ and: [] }) })).toBe('c')
    expect(await found({ or: [is('id', 'eq', 'c'), rows(is('item', 'eq', 'y'))] })).toBe('a c')
    const customers = (where: Where) => ids(store, { where: { some: 'contracts', where } }, customer)
    expect(await customers({ and: [is('amount', 'gt', 9), is('amount', 'lt', 100)] })).toEqual(['k2'])
    expect(await customers({ and: [] })).toEqual(['k1', 'k2'])
    expect(await ids(store, { where: { and: [is('vip', 'eq', true), { not: { some: 'contracts', where: is('amount', 'eq', 50) } }] } }, customer)).toEqual(['k1'])
    const visible = { r_customer: { some: 'contracts', where: is('amount', 'eq', 50) } }
    expect(await found({ not: is('customer.name', 'empty') }, visible)).toBe('b')
    expect(await store.count(customer, { where: { some: 'contracts', where: is('amount', 'gte', 5) } })).toBe(2)
    expect(await found({ not: is('parent.id', 'empty') }, { r_contract: rows(is('item', 'eq', 'y')) })).toBe('')
    await refused(found(rows(is('nope', 'eq', 1))), 'BAD_QUERY')
    await refused(found({ some: 'title', where: { and: [] } }), 'BAD_QUERY')
    await refused(found({ some: 'nowhere', where: { and: [] } }), 'BAD_QUERY')
  })

  test('contains on a list: that very element', async () => {
    const store = await prepared(current)
    await put(store, contract,
      { id: 'a', tags: ['x', 'yy'] }, { id: 'b', tags: ['X'] }, { id: 'c', tags: { k: 'x' } }, { id: 'd', tags: [1, true] }, { id: 'e', tags: [['x'], { x: 'x' }, '1', 'true'] }, { id: 'f', tags: 'x' })
    expect(await found(is('tags', 'contains', 'x'))).toBe('a')
    expect(await found(is('tags', 'contains', 'y'))).toBe('')
    expect(await found(is('tags', 'contains', 1))).toBe('d')
    expect(await found(is('tags', 'contains', true))).toBe('d')
    expect(await found(is('tags', 'contains', '1'))).toBe('e')
    expect(await found(is('tags', 'contains', '["x"]'))).toBe('')
  })

  test('numbers are compared as numbers, texts as texts', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', amount: 9, title: '9' }, { id: 'b', amount: 10, title: '10' }, { id: 'c', amount: 2 ** 53 - 1 }, { id: 'd', amount: 2 ** 53 - 2 })
    expect(await found(is('amount', 'lt', 10))).toBe('a')
    expect(await found(is('title', 'lt', '9'))).toBe('b')
    expect(await found(is('amount', 'gt', 2 ** 53 - 2))).toBe('c')
    expect(await found(is('amount', 'eq', 2 ** 53 - 2))).toBe('d')
  })

  test('long lists', async () => {
    const store = await prepared(current)
    await put(store, contract, ...Array.from({ length: 50 }, (_, i) => ({ id: String(i).padStart(2, '0'), amount: i, title: `t${i}'"` })))
    const numbers = Array.from({ length: 10_000 }, (_, i) => i * 2)
    expect(await store.count(contract, { where: is('amount', 'in', numbers) })).toBe(25)
    expect(await store.count(contract, { where: is('amount', 'nin', numbers) })).toBe(25)
    expect(await store.count(contract, { where: is('title', 'in', numbers.map((n) => `t${n}'"`)) })).toBe(25)
    expect((await store.getMany(contract, Array.from({ length: 10_000 }, (_, i) => String(i)), [])).length).toBe(40)
  })

  describe('references', () => {
    beforeEach(async () => {
      const store = await prepared(current)
      await put(store, country, { id: 'cn', name: 'China' }, { id: 'de', name: 'Germany' })
      await put(store, region, { id: 'r1', name: 'Hubei', country: 'cn' }, { id: 'r2', name: 'Hessen', country: 'de' }, { id: 'r3', name: 'Lost', country: 'gone' })
      await put(store, customer,
        { id: 'k1', name: 'Wang', vip: true, region: 'r1', contacts: [{ id: 'x', mail: 'a@b' }] }, { id: 'k2', name: 'Meier', vip: false, region: 'r2' }, { id: 'k3', name: 'Nobody', region: 'r3' })
      await put(store, contract,
        { id: 'a', customer: 'k1', parent: 'b' }, { id: 'b', customer: 'k2' }, { id: 'c', customer: 'k3', parent: 'a' }, { id: 'd', customer: 'gone' }, { id: 'e' })
    })

    test.each<[string, Where, string]>([
      ['one step', is('customer.name', 'eq', 'Wang'), 'a'],
      ['two steps', is('customer.region.name', 'startsWith', 'he'), 'b'],
      ['three steps', is('customer.region.country.name', 'eq', 'China'), 'a'],
      ['to itself, twice', is('parent.parent.customer.name', 'eq', 'Meier'), 'c'],
      ['ne holds at the end of nothing', is('customer.name', 'ne', 'Wang'), 'b c d e'],
      ['empty at the end of nothing', is('customer.region.country.name', 'empty'), 'c d e'],
      ['nin', is('customer.region.country.name', 'nin', ['China']), 'b c d e'],
      ['the referenced id', is('customer.id', 'empty'), 'd e'],
      ['the reference itself', is('customer', 'empty'), 'e'],
      ['rows of a referenced document', is('customer.contacts', 'empty'), 'b c d e'],
      ['two conditions on one path', { and: [is('customer.name', 'ne', 'x'), is('customer.vip', 'eq', true), is('customer.region.name', 'ne', 'x')] }, 'a'],
    ])('%s', async (_, where, expected) => {
      expect(await found(where)).toBe(expected)
      expect(await current().store.count(contract, { where })).toBe(expected.split(' ').length)
    })

    test('what may not be seen reads as null', async () => {
      const vips = { r_customer: is('vip', 'eq', true) }
      expect(await found(is('customer.name', 'eq', 'Meier'), vips)).toBe('')
      expect(await found(is('customer.name', 'eq', 'Wang'), vips)).toBe('a')
      expect(await found(is('customer.name', 'ne', 'Wang'), vips)).toBe('b c d e')
      expect(await found(is('customer.region.name', 'eq', 'Hessen'), vips)).toBe('')
      expect(await found(is('customer.region.name', 'empty'), vips)).toBe('b c d e')
      expect(await found({ not: is('customer.contacts', 'empty') }, { r_customer: is('vip', 'eq', false) })).toBe('')
      expect(await current().store.count(contract, { where: is('customer.name', 'contains', 'e'), visible: vips })).toBe(0)
    })

    test('the reference itself belongs to the document at hand', async () => {
      expect(await found(is('customer', 'eq', 'k2'), { r_customer: { or: [] } })).toBe('b')
    })

    test('visibility may depend on further references, seen under the same conditions', async () => {
      const inGermany = is('region.country.name', 'eq', 'Germany')
      expect(await found({ not: is('customer.name', 'empty') }, { r_customer: inGermany })).toBe('b')
      expect(await found({ not: is('customer.name', 'empty') }, { r_customer: { not: inGermany } })).toBe('a c')
      expect(await found({ not: is('customer.name', 'empty') }, { r_customer: inGermany, r_region: { or: [] } })).toBe('')
      expect(await found({ not: is('customer.name', 'empty') }, { r_customer: { not: inGermany }, r_country: is('name', 'eq', 'China') })).toBe('a b c')
      expect(await found({ not: is('parent.id', 'empty') }, { r_contract: is('parent.customer.name', 'eq', 'Meier') })).toBe('c')
    })

    test('visible conditions of the collection itself do not hide its own documents', async () => {
      expect(await found({ and: [] }, { r_contract: { or: [] } })).toBe('a b c d e')
      expect(await found({ not: is('parent.id', 'empty') }, { r_contract: is('id', 'eq', 'b') })).toBe('a')
    })
  })

  describe('are refused', () => {
    const value = is('amount', 'eq', 1)
    test.each<[string, Where]>([
      ['unknown column', is('nope', 'eq', 1)],
      ['name in the database', is('f_4', 'eq', 1)],
      ['unknown column behind a reference', is('customer.nope', 'eq', 1)],
      ['a path through no reference', is('title.name', 'eq', 'x')],
      ['a path of four references', is('parent.parent.parent.parent.title', 'eq', 'x')],
      ['an empty path', { path: [], op: 'empty' }],
      ['unknown operator', is('title', 'regex' as 'eq', 'x')],
      ['an operator from the prototype', is('title', 'toString' as 'eq', 'x')],
      ['no operator', {} as Where],
      ['eq null', is('title', 'eq', null)],
      ['ne null', is('title', 'ne', null)],
      ['eq undefined', is('title', 'eq')],
      ['in with null', is('title', 'in', ['x', null])],
      ['in without a list', is('title', 'in', 'x')],
      ['eq with a list', is('title', 'eq', ['x'])],
      ['a number for a text', is('title', 'eq', 1)],
      ['a text for a number', is('amount', 'gt', '1')],
      ['an unsafe number', is('amount', 'gt', 2 ** 53)],
      ['a fraction', is('amount', 'gt', 0.5)],
      ['a number for a boolean', is('signed', 'eq', 1)],
      ['an object for a text', is('title', 'eq', { a: 1 } as unknown as string)],
      ['contains on a number', is('amount', 'contains', '1')],
      ['contains with a number', is('title', 'contains', 1)],
      ['contains a list', is('tags', 'contains', ['x'])],
      ['eq on a list', is('tags', 'eq', 'x')],
      ['eq on rows', is('lines', 'eq', 'x')],
      ['contains on rows', is('lines', 'contains', 'x')],
      ['empty with a value', is('title', 'empty', false)],
      ['far too deep', Array.from({ length: 200 }).reduce<Where>((inner) => ({ not: inner }), value)],
      ['far too long', { and: Array.from({ length: 5000 }, () => value) }],
    ])('%s', async (_, where) => {
      const store = await prepared(current)
      await refused(store.find(contract, { where }), 'BAD_QUERY')
      await refused(store.count(contract, { where }), 'BAD_QUERY')
      await refused(store.aggregate(contract, { where, groupBy: [], measures: [{ op: 'count' }] }), 'BAD_QUERY')
      await refused(store.transaction((tx) => tx.updateWhere(contract, where, { title: 'x' })), 'BAD_QUERY')
    })
  })
}
