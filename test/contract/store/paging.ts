import type { Query, Sort, StoredDoc } from '../../../server/ports/store'
import { contract, ids, is, prepared, put, refused, type Current, type Values } from './model'

const documents: Values[] = [
  { id: 'a', amount: 2, status: 'x', due: '2024-01-01' }, { id: 'b', amount: null, status: 'x', due: null }, { id: 'c', amount: 1, status: 'y', due: '2024-01-01' },
  { id: 'd', amount: 2, status: 'x', due: '2024-01-02' }, { id: 'e', amount: null, status: 'x', due: '2024-01-02' }, { id: 'f', amount: 2, status: null, due: null },
  { id: 'g', amount: 0, status: 'y', due: '2024-01-01', signed: true }, { id: 'h', amount: -5, status: 'y', due: '2024-01-03', signed: false },
]

const sorts: Sort[][] = [
  [], [{ column: 'amount' }], [{ column: 'amount', descending: true }], [{ column: 'status' }, { column: 'amount', descending: true }],
  [{ column: 'status', descending: true }, { column: 'due', descending: true }], [{ column: 'due' }, { column: 'status' }, { column: 'amount' }],
  [{ column: 'signed', descending: true }], [{ column: 'id', descending: true }], [{ column: 'rev' }, { column: 'status' }, { column: 'id' }],
]

export function pagingCases(current: Current): void {
  beforeEach(async () => put(await prepared(current), contract, ...documents))
  const found = async (query: Query) => (await ids(current().store, query)).join('')

  test('nulls come first ascending, last descending; ids decide, the way of the last key', async () => {
    expect(await found({})).toBe('abcdefgh')
    expect(await found({ sort: [{ column: 'amount' }] })).toBe('behgcadf')
    expect(await found({ sort: [{ column: 'amount', descending: true }] })).toBe('fdacgheb')
    expect(await found({ sort: [{ column: 'status' }, { column: 'amount', descending: true }] })).toBe('fdaebcgh')
    expect(await found({ sort: [{ column: 'signed' }] })).toBe('abcdefhg')
  })

  test('limit and offset', async () => {
    expect(await found({ limit: 3 })).toBe('abc')
    expect(await found({ limit: 3, offset: 6 })).toBe('gh')
    expect(await found({ offset: 7 })).toBe('h')
    expect(await found({ limit: 0 })).toBe('')
    expect(await found({ limit: 5, offset: 100 })).toBe('')
  })

  test.each(sorts.map((sort) => [sort]))('page after page, sorted by %j', async (sort) => {
    const { store } = current()
    for (const where of [undefined, is('status', 'eq', 'x'), { and: [is('status', 'eq', 'y'), is('amount', 'gte', -5)] }]) {
      const all = await store.find(contract, { sort, where })
      for (const limit of [1, 2, 3, 100]) expect(await pageByPage({ sort, where, limit })).toEqual(all)
      const [first] = all
      expect(await store.find(contract, { sort, where, after: positionOf(first!, sort) })).toEqual(all.slice(1))
    }
  })

  const positionOf = (doc: StoredDoc, sort: Sort[]) => ({ id: doc.id, values: sort.map((s) => doc[s.column] as string | number | boolean | null) })

  async function pageByPage(query: Query & { sort: Sort[]; limit: number }): Promise<StoredDoc[]> {
    const docs: StoredDoc[] = []
    for (let page = await current().store.find(contract, query); page.length > 0;) {
      docs.push(...page)
      page = await current().store.find(contract, { ...query, after: positionOf(page.at(-1)!, query.sort) })
    }
    return docs
  }

  test('after a document that is gone', async () => {
    await current().store.transaction((tx) => tx.remove(contract, ['d']))
    expect(await found({ sort: [{ column: 'amount' }], after: { values: [2], id: 'd' } })).toBe('f')
  })

  test('count is exact whatever the page', async () => {
    expect(await current().store.count(contract, {})).toBe(8)
    expect(await current().store.count(contract, { where: is('status', 'eq', 'x') })).toBe(4)
  })

  test.each<[string, Query]>([
    ['an unknown sort column', { sort: [{ column: 'nope' }] }], ['sorting by json', { sort: [{ column: 'tags' }] }], ['sorting by rows', { sort: [{ column: 'lines' }] }],
    ['a negative limit', { limit: -1 }], ['half a limit', { limit: 1.5 }], ['a text as offset', { offset: '1' as unknown as number }],
    ['after without its values', { sort: [{ column: 'amount' }], after: { values: [], id: 'a' } }], ['after with a value that does not fit', { sort: [{ column: 'amount' }], after: { values: ['x'], id: 'a' } }],
    ['after and offset', { after: { values: [], id: 'a' }, offset: 1 }], ['an unknown column to read', { columns: ['nope'] }],
  ])('%s is refused', async (_, query) => { await refused(current().store.find(contract, query), 'BAD_QUERY') })
}
