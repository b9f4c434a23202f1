/** What is MongoDB's own beside the contract; on the stand-in, so nothing here proves what a replica set does. */
import { mongo } from 'mongoose'
import type { Collection, Column, Store } from '../../../server/ports/store'
import { aggregation } from '../../../server/stores/mongo/aggregate'
import { checkServer } from '../../../server/stores/mongo/connection'
import { planOf } from '../../../server/stores/mongo/plan'
import { standIns, type OpenStore } from '../../support/stores'
import { contract, is, prepared, put } from './model'

describe('a server', () => {
  test('that stands alone is refused, with the way out', () => {
    expect(() => checkServer({ maxWireVersion: 21 })).toThrow('--replSet')
  })
  test('that is too old is refused', () => {
    expect(() => checkServer({ setName: 'rs0', maxWireVersion: 9 })).toThrow('5.0')
  })
  test('of a replica set or a sharded cluster will do', () => {
    checkServer({ setName: 'rs0', maxWireVersion: 21 })
    checkServer({ msg: 'isdbgrid', maxWireVersion: 21 })
  })
})

test('sums come as 64-bit numbers and are read exactly; beyond them they come as floating-point numbers and are refused', () => {
  const { rowsOf } = aggregation(planOf(contract), { groupBy: [], measures: [{ op: 'sum', column: 'amount' }] })
  const sum = (m0: unknown) => rowsOf([{ _id: null, m0 }])[0]!.values
  expect([sum(mongo.Long.MAX_VALUE), sum(mongo.Long.fromString('-45035996273704957')), sum(7)]).toEqual([[2n ** 63n - 1n], [-45035996273704957n], [7n]])
  expect(() => sum(2 ** 63)).toThrow('64 bits')
})

const [standIn] = standIns
const whereItRuns = standIn!.skip === undefined ? describe : describe.skip

whereItRuns(standIn!.name, () => {
  let opened: OpenStore
  let store: Store
  beforeEach(async () => { opened = await standIn!.open(); store = opened.store })
  afterEach(() => opened.dispose())

  test('names that mean something to MongoDB, mongoose or JavaScript are only names', async () => {
    const names = ['_id', '__v', '__proto__', 'constructor', 'prototype', 'save', 'get', 'type', 'errors', 'collection', 'toObject', 'a.b', '$set', '0', '%', '_r0']
    const columns = names.map((column, i): Column => ({ name: `c${i}`, column, kind: 'text' }))
    const odd: Collection = { name: 'r_odd', columns: [...columns, { name: 'rows', column: 'schema', kind: 'rows', rows: columns }], indexes: columns.map(({ name }) => ({ columns: [name] })) }
    const values = Object.fromEntries(columns.map(({ name }, i) => [name, `v${i}`]))
    const doc = { id: 'a', rev: 1, ...values, rows: [{ id: 'r', ...values }] }
    await store.ensureCollection(odd)
    await put(store, odd, doc)
    expect(await store.get(odd, 'a', [...columns.map((c) => c.name), 'rows'])).toEqual(doc)
    for (const { name } of columns) expect(await store.count(odd, { where: { and: [is(name, 'eq', values[name]), is(`rows.${name}`, 'eq', values[name])] } })).toBe(1)
    const changed = Object.fromEntries(columns.map(({ name }, i) => [name, `w${i}`]))
    await store.transaction((tx) => tx.update(odd, 'a', 1, changed))
    expect(await store.find(odd, { sort: columns.map(({ name }) => ({ column: name })) })).toEqual([{ id: 'a', rev: 2, ...changed }])
  })

  test('conditions on rows and lists also choose what is updated', async () => {
    await prepared(() => opened)
    await put(store, contract, { id: 'a', tags: ['x', 1], lines: [{ id: 'l', item: 'x', quantity: 2 ** 40 }] }, { id: 'b', tags: ['y'], lines: [{ id: 'l', item: 'y' }] })
    const where = { and: [is('lines.item', 'startsWith', 'X'), is('lines.quantity', 'gt', 2 ** 31), is('tags', 'contains', 'x'), is('tags', 'contains', 1), { not: is('lines', 'empty') }] }
    expect(await store.transaction((tx) => tx.updateWhere(contract, where, { title: 'found' }))).toBe(1)
    expect(await store.find(contract, { columns: ['title'], where: is('title', 'eq', 'found') })).toEqual([{ id: 'a', rev: 1, title: 'found' }])
  })

  test('updating many refuses what would become equal, and goes on', async () => {
    await prepared(() => opened)
    await put(store, contract, { id: 'a', number: '1' }, { id: 'b', number: '2' })
    await store.transaction(async (tx) => {
      await expect(tx.updateWhere(contract, { and: [] }, { number: '3' })).rejects.toMatchObject({ code: 'DUPLICATE', columns: ['number'] })
      await expect(tx.updateWhere(contract, is('id', 'eq', 'a'), { number: '2' })).rejects.toMatchObject({ code: 'DUPLICATE', columns: ['number'] })
      expect(await tx.updateWhere(contract, is('id', 'eq', 'a'), { number: '1' })).toBe(1)
      expect(await tx.updateWhere(contract, { and: [] }, { number: null })).toBe(2)
    })
  })

  test('a transaction that the server ends for a moment runs again, and leaves nothing of the first time', async () => {
    await prepared(() => opened)
    const passing = Object.assign(new Error('not now'), { hasErrorLabel: (label: string) => label === 'TransientTransactionError' })
    let runs = 0
    await store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: String(++runs), rev: 1 }])
      expect(await tx.nextSequence('n')).toBe(1)
      if (runs < 3) throw passing
    })
    expect((await store.find(contract, { columns: [] })).map((doc) => doc.id)).toEqual(['3'])
  })

  test('what a transaction asks at once is answered in turn', async () => {
    await prepared(() => opened)
    const numbers = await store.transaction((tx) => Promise.all([tx.nextSequence('n'), tx.insert(contract, [{ id: 'a', rev: 1 }]), tx.count(contract, {}), tx.nextSequence('n')]))
    expect(numbers).toEqual([1, undefined, 1, 2])
  })
})
