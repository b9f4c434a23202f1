import type { Stored, StoredDoc } from '../../../server/ports/store'
import { contract, ids, is, prepared, put, refused, type Current } from './model'

export function writingCases(current: Current): void {
  const insert = async (...docs: StoredDoc[]) => (await prepared(current)).transaction((tx) => tx.insert(contract, docs))

  test('what goes in comes out', async () => {
    const store = await prepared(current)
    const doc = {
      id: 'a', rev: 1, title: 'Größe “中文” 😀 \n\t\u0001 \\', number: '', status: null, amount: -(2 ** 53 - 1), signed: false, due: '2024-02-29',
      tags: { list: [1, 'x', null, { deep: [true] }], text: '\u0000"' }, customer: null, parent: 'nowhere',
    }
    await put(store, contract, doc)
    expect(await store.get(contract, 'a')).toEqual(doc)
    expect(await store.find(contract, {})).toEqual([doc])
    expect(await store.getMany(contract, ['a'])).toEqual([doc])
  })

  test.each<[string, Stored]>([['tags', []], ['tags', ''], ['tags', 0], ['tags', false], ['amount', 2 ** 53 - 1], ['amount', 2 ** 31], ['signed', true], ['title', '']])('%s: %j', async (column, value) => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', [column]: value })
    expect((await store.get(contract, 'a', [column]))![column]).toEqual(value)
  })

  test('columns can be chosen; rows only come when named', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', title: 'x', lines: [{ id: 'l' }] })
    expect(await store.get(contract, 'a', ['title'])).toEqual({ id: 'a', rev: 1, title: 'x' })
    expect(await store.get(contract, 'a', [])).toEqual({ id: 'a', rev: 1 })
    expect(await store.get(contract, 'a')).not.toHaveProperty('lines')
    await refused(store.get(contract, 'a', ['nope']), 'BAD_QUERY')
  })

  test('rows keep their ids and order', async () => {
    const store = await prepared(current)
    const lines = [
      { id: 'z', item: 'first', quantity: 2 ** 40, free: true, notes: ['n'] },
      { id: 'a', item: 'second', quantity: null, free: false, notes: null },
    ]
    await put(store, contract, { id: '1', lines }, { id: '2', lines: [{ id: 'z', item: 'other' }] }, { id: '3' })
    expect((await store.get(contract, '1', ['lines']))!.lines).toEqual(lines)
    const swapped = [lines[1]!, { id: 'new', item: 'n', quantity: 1, free: null, notes: null }, lines[0]!]
    await store.transaction((tx) => tx.update(contract, '1', 1, { lines: swapped }))
    const docs = await store.find(contract, { columns: ['lines'] })
    expect(docs.map((doc) => (doc.lines as { id: string }[]).map((line) => line.id))).toEqual([['a', 'new', 'z'], ['z'], []])
    expect(docs[0]!.lines).toEqual(swapped)
  })

  test('rows can be emptied, and go with their document', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: '1', lines: [{ id: 'a' }] }, { id: '2', lines: [{ id: 'a' }] })
    await store.transaction(async (tx) => { await tx.update(contract, '1', 1, { lines: [] }); await tx.remove(contract, ['2']) })
    await put(store, contract, { id: '2' })
    expect((await store.find(contract, { columns: ['lines'] })).map((doc) => doc.lines)).toEqual([[], []])
  })

  test('ids that do not exist are left out', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a' }, { id: 'b' })
    expect(await store.get(contract, 'nope')).toBeUndefined()
    expect((await store.getMany(contract, ['b', 'nope', 'a', 'b'])).map((doc) => doc.id).sort()).toEqual(['a', 'b'])
    expect(await store.getMany(contract, [])).toEqual([])
    await store.transaction((tx) => tx.remove(contract, ['nope', 'a']))
    expect(await ids(store, {})).toEqual(['b'])
  })

  test.each<[string, Stored]>([
    ['amount', 2 ** 53], ['amount', 1.5], ['amount', NaN], ['amount', '1'], ['title', 1], ['title', true], ['title', 'a\u0000b'],
    ['signed', 1], ['signed', 'true'], ['lines', 'x'], ['lines', [{ id: 'a' }, { id: 'a' }]], ['lines', [{ item: 'no id' }]], ['lines', [{ id: 'a', nope: 1 }]],
  ])('%s cannot hold %j', async (column, value) => {
    const store = await prepared(current)
    await refused(put(store, contract, { id: 'a', [column]: value } as Parameters<typeof put>[2]), 'BAD_QUERY')
    await put(store, contract, { id: 'b' })
    await refused(store.transaction((tx) => tx.update(contract, 'b', 1, { [column]: value })), 'BAD_QUERY')
    expect(await store.find(contract, { columns: [column] })).toEqual([{ id: 'b', rev: 1, [column]: column === 'lines' ? [] : null }])
  })

  test('unknown columns are refused', async () => {
    await refused(insert({ id: 'a', rev: 1, nope: null }), 'BAD_QUERY')
    const store = await prepared(current)
    await put(store, contract, { id: 'b' })
    for (const column of ['nope', 'id', 'rev', 'f_1']) {
      await refused(store.transaction((tx) => tx.update(contract, 'b', 1, { [column]: 'x' })), 'BAD_QUERY')
      await refused(store.transaction((tx) => tx.updateWhere(contract, { and: [] }, { [column]: 'x' })), 'BAD_QUERY')
    }
  })

  test('a batch that fails leaves nothing, though the transaction goes on', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'old', number: 'N1' })
    await store.transaction(async (tx) => {
      const batch: StoredDoc[] = [{ id: 'a', rev: 1, lines: [{ id: 'l' }] }, { id: 'b', rev: 1, number: 'N1' }]
      expect((await refused(tx.insert(contract, batch), 'DUPLICATE')).columns).toEqual(['number'])
      await refused(tx.insert(contract, [{ id: 'a', rev: 1, lines: [{ id: 'x' }, { id: 'x' }] }]), 'BAD_QUERY')
      await tx.insert(contract, [{ id: 'c', rev: 1 }])
    })
    expect(await ids(store, {})).toEqual(['c', 'old'])
  })

  test('an id is given once', async () => {
    await insert({ id: 'a', rev: 1 })
    expect((await refused(insert({ id: 'a', rev: 1 }), 'DUPLICATE')).columns).toEqual(['id'])
  })

  test('unique values: null as often as one likes, empty text once', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', number: null }, { id: 'b' }, { id: 'c', number: '' })
    await refused(put(store, contract, { id: 'd', number: '' }), 'DUPLICATE')
    const error = await refused(store.transaction((tx) => tx.update(contract, 'a', 1, { number: '' })), 'DUPLICATE')
    expect(error.columns).toEqual(['number'])
  })

  test('a change that was refused is in the way of no other', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', number: '1' }, { id: 'b', number: '2' })
    const renumber = (number: string) => store.transaction((tx) => tx.update(contract, 'a', undefined, { number }))
    await refused(renumber('2'), 'DUPLICATE')
    expect([await renumber('3'), await renumber('4')]).toEqual([2, 3])
    await refused(renumber('2'), 'DUPLICATE')
    expect(await renumber('1')).toBe(4)
  })

  test('unique over several columns: a null in one of them makes it free', async () => {
    const { store } = current()
    const pair = { name: 'r_pair', columns: [{ name: 'a', column: 'f_1', kind: 'text' as const }, { name: 'b', column: 'f_2', kind: 'int' as const }], indexes: [{ columns: ['a', 'b'], unique: true }] }
    await store.ensureCollection(pair)
    await put(store, pair, { id: '1', a: 'x' }, { id: '2', a: 'x' }, { id: '3', a: 'x', b: 1 }, { id: '4', a: 'x', b: 2 })
    expect((await refused(put(store, pair, { id: '5', a: 'x', b: 1 }), 'DUPLICATE')).columns).toEqual(['a', 'b'])
  })

  test('updates count revisions', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'a', title: 'x', amount: 1 })
    await store.transaction(async (tx) => {
      expect(await tx.update(contract, 'a', 1, { title: 'y' })).toBe(2)
      expect(await tx.update(contract, 'a', undefined, {})).toBe(3)
      expect(await tx.update(contract, 'a', 3, { amount: 2 }, { keepRev: true })).toBe(3)
      expect(await tx.update(contract, 'a', 3, {}, { keepRev: true })).toBe(3)
      await refused(tx.update(contract, 'a', 1, { title: 'z' }), 'CONFLICT')
      await refused(tx.update(contract, 'a', 1, { amount: 9 }, { keepRev: true }), 'CONFLICT')
      await refused(tx.update(contract, 'nope', 1, { title: 'z' }), 'NOT_FOUND')
      await refused(tx.update(contract, 'nope', undefined, { lines: [{ id: 'l' }] }), 'NOT_FOUND')
    })
    expect(await store.get(contract, 'a', ['title', 'amount'])).toEqual({ id: 'a', rev: 3, title: 'y', amount: 2 })
  })

  test('updateWhere changes what matches, also through references, and keeps revisions', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'p', status: 'open' }, { id: 'a', parent: 'p', amount: 1 }, { id: 'b', parent: 'a', amount: 2 })
    await store.transaction(async (tx) => {
      expect(await tx.updateWhere(contract, is('parent.status', 'eq', 'open'), { title: 'child', signed: true, tags: null })).toBe(1)
      expect(await tx.updateWhere(contract, is('amount', 'gte', 1), { due: '2024-01-01' })).toBe(2)
      expect(await tx.updateWhere(contract, is('amount', 'gt', 5), { title: 'none' })).toBe(0)
      await refused(tx.updateWhere(contract, { and: [] }, { lines: null }), 'BAD_QUERY')
    })
    expect(await store.find(contract, { columns: ['title', 'due', 'signed'] })).toEqual([
      { id: 'a', rev: 1, title: 'child', due: '2024-01-01', signed: true },
      { id: 'b', rev: 1, title: null, due: '2024-01-01', signed: null },
      { id: 'p', rev: 1, title: null, due: null, signed: null },
    ])
  })
}
