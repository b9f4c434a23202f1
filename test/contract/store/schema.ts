import type { Collection, Column } from '../../../server/ports/store'
import { contract, ids, is, prepared, put, refused, type Current } from './model'

const text = (name: string, column = `f_${name}`): Column => ({ name, column, kind: 'text' })
const note = (columns: Column[], indexes: Collection['indexes'] = []): Collection => ({ name: 'r_note', columns, indexes })

export function schemaCases(current: Current): void {
  test('are created once', async () => {
    const { store } = current()
    expect((await store.ensureCollection(contract)).length).toBeGreaterThan(0)
    expect(await store.ensureCollection(contract)).toEqual([])
  })

  test('grow: old documents have null in new columns and no new rows', async () => {
    const { store } = current()
    await store.ensureCollection(note([text('a')]))
    await put(store, note([text('a')]), { id: '1', a: 'x' })
    const grown = note([text('a'), { name: 'done', column: 'f_d', kind: 'bool' }, { name: 'parts', column: 'f_p', kind: 'rows', rows: [text('q')] }], [{ columns: ['done'] }])
    expect((await store.ensureCollection(grown)).length).toBeGreaterThan(0)
    expect(await store.ensureCollection(grown)).toEqual([])
    expect(await store.get(grown, '1', ['a', 'done', 'parts'])).toEqual({ id: '1', rev: 1, a: 'x', done: null, parts: [] })
  })

  test('grow: child tables too', async () => {
    const { store } = current()
    const parts = (rows: Column[]) => note([{ name: 'parts', column: 'f_p', kind: 'rows', rows }])
    await store.ensureCollection(parts([text('q')]))
    await put(store, parts([text('q')]), { id: '1', parts: [{ id: 'p', q: 'x' }] })
    const grown = parts([text('q'), text('r')])
    expect((await store.ensureCollection(grown)).length).toBe(1)
    expect(await store.get(grown, '1', ['parts'])).toMatchObject({ parts: [{ id: 'p', q: 'x', r: null }] })
  })

  test('a new name for a column keeps its values', async () => {
    const { store } = current()
    await store.ensureCollection(note([text('a', 'f_1')]))
    await put(store, note([text('a', 'f_1')]), { id: '1', a: 'x' })
    const renamed = note([text('b', 'f_1')])
    expect(await store.ensureCollection(renamed)).toEqual([])
    expect(await store.get(renamed, '1')).toEqual({ id: '1', rev: 1, b: 'x' })
  })

  test('lose indexes that are no longer wanted, and nothing else', async () => {
    const { store } = current()
    const unique = note([text('a')], [{ columns: ['a'], unique: true }])
    await store.ensureCollection(unique)
    await put(store, unique, { id: '1', a: 'x' })
    expect((await store.ensureCollection(note([text('a')]))).length).toBe(1)
    await put(store, note([text('a')]), { id: '2', a: 'x' })
    expect(await store.count(unique, {})).toBe(2)
  })

  test('a column is dropped with its values and indexes, once; a new one of its name begins empty', async () => {
    const { store } = current()
    const parts: Column = { name: 'parts', column: 'f_p', kind: 'rows', rows: [text('q')] }
    const whole = note([text('a'), text('b'), parts], [{ columns: ['b'] }])
    await store.ensureCollection(whole)
    await put(store, whole, { id: '1', a: 'x', b: 'y', parts: [{ id: 'p', q: 'z' }] })
    for (let i = 0; i < 2; i++) for (const column of [text('b'), parts]) await store.dropColumn(whole, column)
    const again = note([text('a'), { ...text('b'), kind: 'int' }, parts])
    await store.ensureCollection(again)
    expect(await store.get(again, '1', ['a', 'b', 'parts'])).toEqual({ id: '1', rev: 1, a: 'x', b: null, parts: [] })
  })

  test('a collection is dropped with its child tables, once', async () => {
    const { store } = current()
    const whole = note([text('a'), { name: 'parts', column: 'f_p', kind: 'rows', rows: [text('q')] }])
    await store.ensureCollection(whole)
    await put(store, whole, { id: '1', a: 'x', parts: [{ id: 'p', q: 'z' }] })
    for (let i = 0; i < 2; i++) await store.dropCollection(whole)
    await store.ensureCollection(whole)
    expect(await store.count(whole, {})).toBe(0)
  })

  test('a unique index over duplicates is refused and leaves everything as it was', async () => {
    const { store } = current()
    await store.ensureCollection(note([text('a')]))
    await put(store, note([text('a')]), { id: '1', a: 'x' }, { id: '2', a: 'x' })
    const wanted = note([text('a'), text('b')], [{ columns: ['a'], unique: true }])
    expect((await refused(store.ensureCollection(wanted), 'DUPLICATE')).columns).toEqual(['a'])
    await put(store, note([text('a')]), { id: '3', a: 'x' })
    expect((await store.ensureCollection(note([text('a'), text('b')]))).length).toBe(1)
  })

  test('definitions that cannot work are refused', async () => {
    const { store } = current()
    const rows: Column = { name: 'parts', column: 'f_p', kind: 'rows', rows: [text('q')] }
    await refused(store.ensureCollection(note([text('a'), text('a', 'f_2')])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([text('a', 'f_x'), text('b', 'f_X')])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([text('a', 'rev')])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([text('a')], [{ columns: ['b'] }])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([rows], [{ columns: ['parts'] }])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([text('a')], [{ columns: ['a'], only: { column: 'a', empty: true } }])), 'BAD_QUERY')
    await refused(store.ensureCollection(note([{ ...rows, rows: [rows] }])), 'BAD_QUERY')
  })

  test('a column that changes its kind is refused', async () => {
    const { store } = current()
    await store.ensureCollection(note([text('a', 'f_1')]))
    await refused(store.ensureCollection(note([{ name: 'a', column: 'f_1', kind: 'int' }])), 'BAD_QUERY')
  })

  test('names of all sorts are only names', async () => {
    const { store } = current()
    const odd = note([text('order', 'select'), text('__x', 'drop table "r_note"')], [{ columns: ['order', '__x'] }])
    await store.ensureCollection(odd)
    await put(store, odd, { id: "a'); --", order: '1', __x: '"' })
    expect(await ids(store, { where: is('__x', 'eq', '"'), sort: [{ column: 'order' }] }, odd)).toEqual(["a'); --"])
  })

  test('a wide collection of 300 columns', async () => {
    const { store } = current()
    const wide = note(Array.from({ length: 300 }, (_, i) => text(`c${i}`)))
    await store.ensureCollection(wide)
    await put(store, wide, { id: '1', c0: 'first', c299: 'last' })
    const [doc] = await store.find(wide, { limit: 10 })
    expect(Object.keys(doc!)).toHaveLength(302)
    expect(doc).toMatchObject({ c0: 'first', c1: null, c299: 'last' })
  })

  test('data, sequences and the meta version survive closing', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: '1', title: 'kept' })
    await store.transaction(async (tx) => { await tx.nextSequence('n'); await tx.bumpMetaVersion() })
    const again = await current().reopen()
    expect(await again.get(contract, '1')).toMatchObject({ title: 'kept' })
    expect(await again.transaction((tx) => tx.nextSequence('n'))).toBe(2)
    expect(await again.metaVersion()).toBe(1)
    expect(await again.ensureCollection(contract)).toEqual([])
  })

  test('after a kill everything that was acknowledged is there and nothing half done', async () => {
    const { afterKill } = current()
    if (!afterKill) return
    const store = await prepared(current)
    await put(store, contract, { id: 'acknowledged' })
    let killed!: Awaited<ReturnType<typeof afterKill>>
    await store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'in flight', rev: 1 }])
      killed = await afterKill()
    })
    expect(await ids(killed, {})).toEqual(['acknowledged'])
    await put(killed, contract, { id: 'next' })
  })
}
