/** Alternatives, as rights are: “mine, or my department's”. However a store takes them apart, each document counts once. */
import fc from 'fast-check'
import type { Scalar, StoredDoc, Where } from '../../../server/ports/store'
import { matches } from '../../../schemas/filters/match'
import { contract, is, prepared, put, type Current } from './model'

const status = fc.constantFrom<string | null>(null, 'x', 'y', 'z')
const number = fc.constantFrom<string | null>(null, '1', '2', '3', '4', '5', '6')
const amount = fc.constantFrom<number | null>(null, 0, 1, 2, 3)
const due = fc.constantFrom<string | null>(null, '', '2024-01-01', '2024-02-01')
const documents = fc.uniqueArray(fc.record({ id: fc.integer({ min: 100, max: 140 }).map(String), status, number, amount, due }), { selector: ({ id }) => id, maxLength: 25 })
  .map((docs) => docs.map((doc, i) => ({ ...doc, number: docs.findIndex((d) => d.number === doc.number) === i ? doc.number : null })))

const lead = fc.oneof(
  fc.constantFrom('x', 'y').map((value) => is('status', 'eq', value)),
  fc.subarray(['x', 'y', 'z']).map((value) => is('status', 'in', value)),
  fc.constantFrom('1', '2', '3').map((value) => is('number', 'eq', value)),
  fc.subarray(['100', '101', '102', '103']).map((value) => is('id', 'in', value)),
)
const further = fc.oneof(fc.constantFrom(0, 1, 2).map((value) => is('amount', 'gte', value)), fc.constant(is('due', 'empty')), fc.constantFrom('x', 'y').map((value) => is('status', 'ne', value)), fc.constantFrom('x', 'y').map((value) => is('status', 'eq', value)))
const alternative = fc.oneof(lead, fc.tuple(lead, further).map((and): Where => ({ and })))
const condition = fc.record({ or: fc.array(alternative, { minLength: 2, maxLength: 4 }), others: fc.array(further, { maxLength: 2 }) }).map(({ or, others }): Where => ({ and: [{ or }, { and: others }] }))

const byStatus = (docs: StoredDoc[]) => {
  const groups = new Map<string | null, [number, bigint, number | null]>()
  for (const doc of docs) {
    const [count, sum, most] = groups.get(doc.status as string | null) ?? [0, 0n, null]
    const value = doc.amount as number | null
    groups.set(doc.status as string | null, [count + 1, sum + BigInt(value ?? 0), value === null ? most : Math.max(most ?? value, value)])
  }
  return [...groups].map(([key, values]) => ({ keys: [key], values })).sort((a, b) => (a.keys[0] ?? '') < (b.keys[0] ?? '') ? -1 : 1)
}

const patience = 240_000

export function alternativeCases(current: Current): void {
  test('pages and counts are what evaluating in memory gives', async () => {
    const store = await prepared(current)
    await fc.assert(fc.asyncProperty(documents, condition, fc.constantFrom('amount', 'due', 'status'), async (docs, where, column) => {
      await refill(docs)
      const expected = docs.filter((doc) => matches(where, ([name]) => doc[name as keyof typeof doc]))
      const sorted = await store.find(contract, { where, sort: [{ column }], columns: [column] })
      expect(sorted.map((doc) => doc.id).sort()).toEqual(expected.map((doc) => doc.id).sort())
      const paged: StoredDoc[] = []
      for (let page = await store.find(contract, { where, sort: [{ column }], columns: [column], limit: 3 }); page.length > 0;) {
        paged.push(...page)
        const last = page.at(-1)!
        page = await store.find(contract, { where, sort: [{ column }], columns: [column], limit: 3, after: { values: [last[column] as Scalar], id: last.id } })
      }
      expect(paged).toEqual(sorted)
      expect(await store.count(contract, { where })).toBe(expected.length)
    }), { numRuns: 60 })
  }, patience)

  test('groups are what adding up in memory gives', async () => {
    const store = await prepared(current)
    await fc.assert(fc.asyncProperty(documents, condition, async (docs, where) => {
      await refill(docs)
      const expected = docs.filter((doc) => matches(where, ([name]) => doc[name as keyof typeof doc])) as unknown as StoredDoc[]
      expect(await store.aggregate(contract, { where, groupBy: ['status'], measures: [{ op: 'count' }, { op: 'sum', column: 'amount' }, { op: 'max', column: 'amount' }] })).toEqual(byStatus(expected))
    }), { numRuns: 60 })
  }, patience)

  async function refill(docs: (Partial<StoredDoc> & { id: string })[]) {
    const { store } = current()
    const known = await store.find(contract, { columns: [] })
    await store.transaction((tx) => tx.remove(contract, known.map((doc) => doc.id)))
    await put(store, contract, ...docs as never[])
  }
}
