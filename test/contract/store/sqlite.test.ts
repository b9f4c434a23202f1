/** What only the embedded store must show. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Collection, Store } from '../../../server/ports/store'
import { openSqlite } from '../../../server/stores/sqlite'
import { loadDriver } from '../../../server/stores/sqlite/driver'
import { contract, ids, is, put } from './model'

test.each(['VACUUM', 'VACUUM INTO'])('search indexes are right after %s: documents keep their rowids', async (how) => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  const [file, copy] = [join(folder, 'data.db'), join(folder, 'copy.db')]
  const store = await openSqlite({ file })
  await store.ensureCollection(contract)
  await put(store, contract, ...Array.from({ length: 50 }, (_, i) => ({ id: String(100 - i), title: `合同${i}` })))
  await store.transaction((tx) => tx.remove(contract, Array.from({ length: 40 }, (_, i) => String(100 - i))))
  await store.close()
  const database = (await loadDriver()).open(file)
  database.exec(how === 'VACUUM' ? 'VACUUM' : `VACUUM INTO '${copy}'`)
  database.close()
  const after = await openSqlite({ file: how === 'VACUUM' ? file : copy })
  expect(await ids(after, { where: is('title', 'contains', '同45') })).toEqual(['55'])
  await after.close()
  await rm(folder, { recursive: true })
})

test('long lists of values in several columns make no long work of groups', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  const store = await openSqlite({ file: join(folder, 'data.db') })
  const shelf: Collection = { name: 'shelf', columns: ['a', 'b', 'c'].map((name) => ({ name, column: name, kind: 'text' })), indexes: [{ columns: ['a', 'b', 'c'] }] }
  await store.ensureCollection(shelf)
  await put(store, shelf, { id: '1', a: 'v1', b: 'v2', c: 'x' }, { id: '2', a: 'v3', b: 'v4', c: 'x' }, { id: '3', a: 'v3', b: 'other', c: 'y' })
  const long = Array.from({ length: 2000 }, (_, n) => `v${n}`)
  expect(await store.aggregate(shelf, { where: { and: [is('a', 'in', long), is('b', 'in', long)] }, groupBy: ['c'], measures: [{ op: 'count' }] })).toEqual([{ keys: ['x'], values: [2] }])
  await store.close()
  await rm(folder, { recursive: true })
})

describe('an index over many documents', () => {
  const before: Collection = { name: 'many', columns: [{ name: 'title', column: 'title', kind: 'text' }, { name: 'place', column: 'place', kind: 'int' }], indexes: [] }
  const documents = 60_000
  let folder: string, store: Store

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-'))
    store = await openSqlite({ file: join(folder, 'data.db') })
    await store.ensureCollection(before)
    await put(store, before, ...Array.from({ length: documents }, (_, i) => ({ id: `d${i}`, title: `合同${(i * 7919) % documents}`, place: i % 2 })))
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  test('is built while readers go on', async () => {
    let building = true
    const built = store.ensureCollection({ ...before, indexes: [{ columns: ['title'] }, { columns: ['place', 'title'] }] }).finally(() => { building = false })
    let reads = 0
    for (; building; reads++) { await store.get(before, `d${reads % documents}`); await new Promise(setImmediate) }
    expect(await built).toEqual(['created index ix:many(title,id)', 'created index ix:many(place,title,id)'])
    // Built by this thread it would let no more than the few through that come between its steps.
    expect(reads).toBeGreaterThan(20)
    expect(await store.ensureCollection({ ...before, indexes: [{ columns: ['title'] }, { columns: ['place', 'title'] }] })).toEqual([])
  })

  test('takes the place of those that are no longer wanted, which are there until it is', async () => {
    const complete: Collection = { ...before, columns: [...before.columns, { name: 'binned', column: 'binned', kind: 'text', notBlank: true }], indexes: [{ columns: ['place', 'title'], covers: ['binned'] }] }
    const partial: Collection = { ...complete, indexes: [{ columns: ['place', 'title'], only: { column: 'binned', empty: true } }] }
    const live = { and: [is('place', 'eq', 1), is('binned', 'empty')] }
    await store.ensureCollection(complete)
    await store.transaction((tx) => tx.updateWhere(complete, is('title', 'lt', '合同2'), { binned: '2026-01-01' }))
    const found = await store.find(complete, { where: live, sort: [{ column: 'title' }], limit: 5 })
    const count = await store.count(complete, { where: live })
    const file = (await loadDriver()).open(join(folder, 'data.db'))
    const indexes = () => (file.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix:%'").raw(true).all([]) as string[][]).map(([index]) => index)
    let building = true
    const built = store.ensureCollection(partial).finally(() => { building = false })
    while (building) {
      expect(indexes()).not.toEqual([])
      expect(await store.find(partial, { where: live, sort: [{ column: 'title' }], limit: 5 })).toEqual(found)
      await new Promise(setImmediate)
    }
    const name = 'ix:many(place,title,id,binned)'
    expect(await built).toEqual([`created index ${name} WHERE binned IS NULL`, `dropped index ${name}`])
    expect(indexes()).toEqual([`${name} WHERE binned IS NULL`])
    file.close()
    expect(await store.ensureCollection(partial)).toEqual([])
    expect(await store.find(partial, { where: live, sort: [{ column: 'title' }], limit: 5 })).toEqual(found)
    expect(await store.count(partial, { where: live })).toBe(count)
  })

  test('is refused when it were unique and documents are alike', async () => {
    const unique: Collection = { ...before, indexes: [{ columns: ['place'], unique: true }] }
    await expect(store.ensureCollection(unique)).rejects.toMatchObject({ code: 'DUPLICATE', columns: ['place'] })
    expect(await store.count(before, {})).toBe(documents)
  })
})
