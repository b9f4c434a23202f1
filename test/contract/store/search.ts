/** Columns that are searched: whatever index a store keeps for them, `contains` finds what looking through every text finds. */
import fc from 'fast-check'
import type { Collection, StoredDoc, Where } from '../../../server/ports/store'
import { contract, ids, is, prepared, put, type Current } from './model'

const letter = fc.constantFrom('合', '同', '磁', '钢', 'a', 'A', 'b', 'Ａ', 'é', 'É', '1', ' ', '%', '_', '"', '\'', '*', '𠮷')
const text = fc.oneof({ weight: 6, arbitrary: fc.array(letter, { maxLength: 9 }).map((letters) => letters.join('')) }, { weight: 1, arbitrary: fc.constant(null) })
const piece = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''))
const docId = fc.constantFrom('1', '2', '3', '4', '5', '6')

type Change = { kind: 'put' | 'set' | 'all' | 'remove' | 'undone'; id: string; title: string | null; due: string | null }
const change: fc.Arbitrary<Change> = fc.record({ kind: fc.constantFrom('put', 'put', 'set', 'all', 'remove', 'undone'), id: docId, title: text, due: text })

const fold = (value: unknown) => String(value ?? '').replace(/[A-Z]/g, (c) => c.toLowerCase())
const patience = 240_000

export function searchCases(current: Current): void {
  test('what is written, changed, removed or undone is found as it then is', async () => {
    const store = await prepared(current)
    await fc.assert(fc.asyncProperty(fc.array(change, { maxLength: 12 }), fc.array(piece, { minLength: 1, maxLength: 4 }), async (changes, pieces) => {
      const world = new Map<string, { title: string | null; due: string | null }>()
      await store.transaction((tx) => tx.remove(contract, ['1', '2', '3', '4', '5', '6']))
      for (const one of changes) await follow(world, one)
      for (const value of pieces) {
        const occurs = (doc: { title: string | null; due: string | null }, names: ('title' | 'due')[]) => names.some((name) => doc[name] !== null && fold(doc[name]).includes(fold(value)))
        const expected = (...names: ('title' | 'due')[]) => [...world].filter(([, doc]) => occurs(doc, names)).map(([id]) => id).sort()
        const either: Where = { or: [is('title', 'contains', value), is('due', 'contains', value)] }
        expect(await ids(store, { where: is('title', 'contains', value) })).toEqual(expected('title'))
        expect((await ids(store, { where: { and: [either, is('rev', 'gte', 1)] }, sort: [{ column: 'title' }], limit: 10 })).sort()).toEqual(expected('title', 'due'))
        expect(await store.count(contract, { where: either })).toBe(expected('title', 'due').length)
        expect(await store.count(contract, { where: { not: is('title', 'contains', value) } })).toBe(world.size - expected('title').length)
      }
    }), { numRuns: 60 })
  }, patience)

  async function follow(world: Map<string, { title: string | null; due: string | null }>, { kind, id, title, due }: Change) {
    const { store } = current()
    if (kind === 'put' && !world.has(id)) {
      await put(store, contract, { id, title, due })
      world.set(id, { title, due })
    } else if (kind === 'set' && world.has(id)) {
      await store.transaction((tx) => tx.update(contract, id, undefined, { title }))
      world.get(id)!.title = title
    } else if (kind === 'all' && title !== null) {
      const [first = ''] = Array.from(title)
      await store.transaction((tx) => tx.updateWhere(contract, is('title', 'contains', first), { due }))
      for (const doc of world.values()) if (doc.title !== null && fold(doc.title).includes(fold(first))) doc.due = due
    } else if (kind === 'remove') {
      await store.transaction((tx) => tx.remove(contract, [id]))
      world.delete(id)
    } else if (kind === 'undone' && world.has(id)) {
      await store.transaction(async (tx) => { await tx.update(contract, id, undefined, { title }); throw new Error('changed my mind') }).catch(() => undefined)
    }
  }

  test('a transaction finds what it has written; one that fails takes nothing of its neighbours along', async () => {
    const store = await prepared(current)
    const magnetic = { where: is('title', 'contains', '磁性') }
    await put(store, contract, { id: 'old', title: '磁性合同' })
    const seen = store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'new', rev: 1, title: '磁性材料' }])
      await tx.update(contract, 'old', undefined, { title: '钢材' })
      return [(await tx.find(contract, magnetic)).map((d) => d.id), await tx.count(contract, magnetic)]
    })
    const failed = store.transaction(async (tx) => {
      await tx.update(contract, 'new', undefined, { title: '钢材' })
      await tx.insert(contract, [{ id: 'lost', rev: 1, title: '磁性' }])
      throw new Error('changed my mind')
    }).catch(() => undefined)
    const halfDone = store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'half', rev: 1, title: '磁性' }, { id: 'old', rev: 1, title: '磁性' }]).catch(() => undefined)
      await tx.insert(contract, [{ id: 'late', rev: 1, title: '软磁性' }])
    })
    const gone = store.transaction(async (tx) => { await tx.insert(contract, [{ id: 'gone', rev: 1, title: '磁性' }]); await tx.remove(contract, ['gone']) })
    await Promise.all([seen, failed, halfDone, gone])
    expect(await seen).toEqual([['new'], 1])
    expect(await ids(store, magnetic)).toEqual(['late', 'new'])
    expect(await ids(store, { where: is('title', 'contains', '钢材') })).toEqual(['old'])
  })

  test('searching may begin after there are documents, end, and begin again', async () => {
    const { store } = current()
    const plain: Collection = { ...contract, search: [] }
    await store.ensureCollection(plain)
    const docs = Array.from({ length: 1203 }, (_, i): StoredDoc => ({ id: String(i).padStart(4, '0'), rev: 1, title: i % 100 === 7 ? `磁性合同${i}` : `磁性${i}` }))
    await store.transaction((tx) => tx.insert(plain, docs))
    const searched: Collection = { ...contract, search: ['title'] }
    const found = async (collection: Collection) => (await store.find(collection, { where: is('title', 'contains', '性合同'), columns: [] })).length
    await store.ensureCollection(searched)
    expect(await found(searched)).toBe(12)
    await store.ensureCollection({ ...plain })
    await store.transaction((tx) => tx.update(plain, '0007', undefined, { title: '别的' }))
    expect(await found(plain)).toBe(11)
    const again: Collection = { ...contract, search: ['title'] }
    await store.ensureCollection(again)
    await store.transaction((tx) => tx.update(again, '0008', undefined, { title: '新的磁性合同' }))
    expect(await found(again)).toBe(12)
  })
}
