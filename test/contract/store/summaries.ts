import type { AggregateQuery } from '../../../server/ports/store'
import { contract, customer, is, prepared, put, refused, region, type Current } from './model'

export function summaryCases(current: Current): void {
  const aggregate = (query: Partial<AggregateQuery>) => current().store.aggregate(contract, { groupBy: [], measures: [], ...query })

  test('all measures, by group, groups in order', async () => {
    const store = await prepared(current)
    await put(store, contract,
      { id: '1', status: 'x', amount: 3, due: '2024-05-01' }, { id: '2', status: 'x', amount: 4, due: '2023-01-01' }, { id: '3', status: 'y', amount: null }, { id: '4', amount: 1 })
    const measures: AggregateQuery['measures'] = [{ op: 'count' }, { op: 'count', column: 'amount' }, { op: 'sum', column: 'amount' }, { op: 'min', column: 'amount' }, { op: 'max', column: 'due' }, { op: 'avg', column: 'amount' }]
    expect(await aggregate({ groupBy: ['status'], measures })).toEqual([
      { keys: [null], values: [1, 1, 1n, 1, null, 1] },
      { keys: ['x'], values: [2, 2, 7n, 3, '2024-05-01', 3.5] },
      { keys: ['y'], values: [1, 0, 0n, null, null, null] },
    ])
  })

  test('nothing at all: one row without groups, none with', async () => {
    await prepared(current)
    expect(await aggregate({ measures: [{ op: 'count' }, { op: 'sum', column: 'amount' }, { op: 'max', column: 'amount' }] })).toEqual([{ keys: [], values: [0, 0n, null] }])
    expect(await aggregate({ groupBy: ['status'], measures: [{ op: 'count' }] })).toEqual([])
  })

  test('sums are exact beyond 2^53', async () => {
    const store = await prepared(current)
    await put(store, contract, ...Array.from({ length: 5 }, (_, i) => ({ id: String(i), amount: 2 ** 53 - 1 })), { id: 'odd', amount: 2 })
    expect((await aggregate({ measures: [{ op: 'sum', column: 'amount' }, { op: 'max', column: 'amount' }] }))[0]!.values).toEqual([45035996273704957n, 2 ** 53 - 1])
  })

  test('by year, quarter, month, week, day; by number; by boolean; by several', async () => {
    const store = await prepared(current)
    await put(store, contract,
      { id: '1', due: '2024-05-01', amount: 1, signed: true }, { id: '2', due: '2024-05-02T10:00:00.000Z', amount: 1, signed: true }, { id: '3', due: '2023-12-31', amount: 2, signed: false }, { id: '4' })
    const keys = async (...groupBy: AggregateQuery['groupBy']) => (await aggregate({ groupBy, measures: [{ op: 'count' }] })).map((row) => [...row.keys, row.values[0]])
    expect(await keys({ path: ['due'], by: 'year' })).toEqual([[null, 1], ['2023', 1], ['2024', 2]])
    expect(await keys({ path: ['due'], by: 'month' })).toEqual([[null, 1], ['2023-12', 1], ['2024-05', 2]])
    expect(await keys({ path: ['due'], by: 'quarter' })).toEqual([[null, 1], ['2023-Q4', 1], ['2024-Q2', 2]])
    expect(await keys({ path: ['due'], by: 'week' })).toEqual([[null, 1], ['2023-12-25', 1], ['2024-04-29', 2]])
    expect(await keys({ path: ['due'], by: 'day' })).toEqual([[null, 1], ['2023-12-31', 1], ['2024-05-01', 1], ['2024-05-02', 1]])
    expect(await keys('signed')).toEqual([[null, 1], [false, 1], [true, 2]])
    expect(await keys('amount', { path: ['due'], by: 'year' })).toEqual([[null, null, 1], [1, '2024', 2], [2, '2023', 1]])
  })

  test('filtered, also through references that may be seen', async () => {
    const store = await prepared(current)
    await put(store, customer, { id: 'k', name: 'K', vip: false })
    await put(store, contract, { id: '1', customer: 'k', amount: 5 }, { id: '2', amount: 6 })
    const where = is('customer.name', 'eq', 'K')
    const measures: AggregateQuery['measures'] = [{ op: 'sum', column: 'amount' }]
    expect((await aggregate({ where, measures }))[0]!.values).toEqual([5n])
    expect((await aggregate({ where, measures, visible: { r_customer: is('vip', 'eq', true) } }))[0]!.values).toEqual([0n])
  })

  test('through references: what may not be seen, or is not there, is in the group of null', async () => {
    const store = await prepared(current)
    await put(store, region, { id: 'r', name: 'R' }, { id: 's', name: 'S' })
    await put(store, customer, { id: 'k', name: 'K', vip: true, region: 'r' }, { id: 'l', name: 'L', vip: false, region: 's' }, { id: 'm', name: 'M', vip: true, region: 's' })
    await put(store, contract, { id: '1', customer: 'k', amount: 5 }, { id: '2', customer: 'l', amount: 6 }, { id: '3', customer: 'm', amount: 7 }, { id: '4', customer: 'gone', amount: 8 }, { id: '5', amount: 9 })
    const measures: AggregateQuery['measures'] = [{ op: 'sum', column: 'amount' }, { op: 'count' }]
    const rows = async (path: string[], more: Partial<AggregateQuery> = {}) => (await aggregate({ groupBy: [{ path }], measures, ...more })).map(({ keys, values }) => [...keys, ...values])
    expect(await rows(['customer', 'region', 'name'])).toEqual([[null, 17n, 2], ['R', 5n, 1], ['S', 13n, 2]])
    const visible = { r_customer: is('vip', 'eq', true) }
    expect(await rows(['customer', 'id'], { visible })).toEqual([[null, 23n, 3], ['k', 5n, 1], ['m', 7n, 1]])
    expect(await rows(['customer', 'region', 'name'], { visible })).toEqual([[null, 23n, 3], ['R', 5n, 1], ['S', 7n, 1]])
    expect(await rows(['customer', 'region', 'name'], { visible, where: is('customer.name', 'ne', 'M') })).toEqual([[null, 23n, 3], ['R', 5n, 1]])
    // Alternatives are read one by one and added up.
    const where = { or: [is('status', 'eq', 'x'), is('amount', 'gte', 7), is('customer', 'eq', 'k')] }
    expect(await rows(['customer', 'vip'], { where })).toEqual([[null, 17n, 2], [true, 12n, 2]])
  })

  test('which groups, in which order, how many', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: '1', status: 'a', amount: 3 }, { id: '2', status: 'b', amount: 1 }, { id: '3', status: 'b', amount: 1 }, { id: '4', status: 'c', amount: 3 }, { id: '5', amount: null }, { id: '6', status: 'd', amount: null })
    const measures: AggregateQuery['measures'] = [{ op: 'sum', column: 'amount' }, { op: 'count' }, { op: 'max', column: 'amount' }]
    const keys = async (query: Partial<AggregateQuery>) => (await aggregate({ groupBy: ['status'], measures, ...query })).map((row) => row.keys[0])
    expect(await keys({ sort: [{ measure: 0, descending: true }] })).toEqual(['a', 'c', 'b', null, 'd'])
    expect(await keys({ sort: [{ measure: 2 }, { group: 0, descending: true }] })).toEqual(['d', null, 'b', 'c', 'a'])
    expect(await keys({ sort: [{ group: 0, descending: true }], limit: 2 })).toEqual(['d', 'c'])
    expect(await keys({ having: [{ measure: 0, op: 'gte', value: 2 }] })).toEqual(['a', 'b', 'c'])
    expect(await keys({ having: [{ measure: 0, op: 'gt', value: 2 }, { measure: 1, op: 'eq', value: 1 }], sort: [{ group: 0, descending: true }] })).toEqual(['c', 'a'])
    expect(await keys({ having: [{ measure: 2, op: 'lt', value: 100 }] })).toEqual(['a', 'b', 'c'])
    expect(await aggregate({ measures, having: [{ measure: 1, op: 'gt', value: 100 }] })).toEqual([])
  })

  test.each<[string, Partial<AggregateQuery>]>([
    ['a path through what is no reference', { groupBy: [{ path: ['title', 'name'] }] }], ['having no such measure', { groupBy: ['status'], having: [{ measure: 0, op: 'gt', value: 1 }] }], ['sorting by no such group', { measures: [{ op: 'count' }], sort: [{ group: 0 }] }],
    ['having an unknown operator', { measures: [{ op: 'count' }], having: [{ measure: 0, op: 'ne' as 'eq', value: 1 }] }],
    ['an unknown group', { groupBy: ['nope'] }], ['grouping by json', { groupBy: ['tags'] }], ['grouping by rows', { groupBy: ['lines'] }], ['the year of a number', { groupBy: [{ path: ['amount'], by: 'year' }] }],
    ['an unknown part of a date', { groupBy: [{ path: ['due'], by: 'hour' as 'year' }] }], ['the sum of a text', { measures: [{ op: 'sum', column: 'title' }] }], ['the sum of nothing', { measures: [{ op: 'sum' }] }],
    ['the average of a text', { measures: [{ op: 'avg', column: 'due' }] }], ['the least boolean', { measures: [{ op: 'min', column: 'signed' }] }], ['the count of rows', { measures: [{ op: 'count', column: 'lines' }] }],
    ['an unknown measure', { measures: [{ op: 'median' as 'sum', column: 'amount' }] }], ['no question', {}],
  ])('%s is refused', async (_, query) => {
    await prepared(current)
    await refused(aggregate(query), 'BAD_QUERY')
  })
}
