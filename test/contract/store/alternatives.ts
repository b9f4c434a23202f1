/** Alternatives, as rights are: “mine, or my department's”. However a store takes them apart, each document counts once. */
import fc from 'fast-check'
import type { Collection, Column, Scalar, StoredDoc, Where } from '../../../server/ports/store'
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

/** As records are: each of a place, a few in the bin, which most indexes leave out. */
const live = { column: 'binned', empty: true }
const many: Collection = {
  name: 'r_many',
  columns: [...['place', 'status', 'person'].map((name): Column => ({ name, column: name, kind: 'text' })), { name: 'binned', column: 'binned', kind: 'text', notBlank: true }, { name: 'amount', column: 'amount', kind: 'int' }, { name: 'done', column: 'done', kind: 'bool' }],
  indexes: [
    { columns: ['place', 'status', 'amount'], only: live, totals: true }, { columns: ['status', 'amount'], only: live }, { columns: ['done', 'status', 'place'], covers: ['amount'] }, { columns: ['amount', 'done'], only: live },
    { columns: ['person'], covers: ['binned', 'place'] }, { columns: ['binned'], only: { column: 'binned', empty: false } },
  ],
}
type Person = Record<'id' | 'place' | 'status' | 'person' | 'binned', string | null> & { amount: number | null; done: boolean | null }
const oneOf = <T>(n: number, ...values: T[]): T => values[Math.floor((Math.sin(n * 12.9898) * 43758.5453 % 1 + 1) * values.length) % values.length]!
const crowd = Array.from({ length: 6000 }, (_, n): Person => ({
  id: `d${n}`, place: oneOf(n, 'a', 'b', 'c', 'd', null), status: oneOf(n + 0.1, null, '', 'x', 'y', 'z', 'Z'), person: oneOf(n + 0.2, 'p', 'q', ''), binned: oneOf(n + 0.3, null, null, null, null, '2026-01-01', '2026-02-01'),
  amount: oneOf(n + 0.4, null, 0, 1, 2, 2 ** 53 - 1, -7), done: oneOf(n + 0.5, null, true, false),
}))

const within = (column: string, ...values: string[]) => fc.subarray(values, { minLength: 1 }).map((value) => is(column, 'in', value))
const visible = fc.oneof(fc.constant<Where>({ and: [] }), within('place', 'a', 'b', 'e'), fc.tuple(within('place', 'a', 'b', 'c', 'd'), fc.constantFrom('p', 'q').map((value) => is('person', 'eq', value))).map((or): Where => ({ or })))
const bin = fc.constantFrom<Where>(is('binned', 'empty'), is('binned', 'empty'), is('binned', 'empty'), is('binned', 'gt', ''), is('binned', 'eq', '2026-01-01'), { not: is('binned', 'empty') }, { and: [] })
const asked = fc.oneof(fc.constantFrom(-7, 0, 1, 2).map((value) => is('amount', 'gte', value)), fc.constantFrom('2025-01-01', '2026-01-15').map((value) => is('binned', 'gt', value)), fc.constantFrom('x', '').map((value) => is('status', 'eq', value)), within('status', 'x', 'z', 'nobody'), fc.boolean().map((value) => is('done', 'eq', value)), fc.constant(is('status', 'empty')), fc.constantFrom(1, 2).map((value) => is('amount', 'ne', value)))
const questions = fc.record({
  where: fc.tuple(visible, bin, fc.array(asked, { maxLength: 2 }).map((and): Where => ({ and }))).map((and): Where => ({ and })),
  groupBy: fc.constantFrom<('status' | 'place' | 'done' | 'amount')[]>(['status'], ['status'], ['status'], ['place'], ['done'], ['amount'], ['status', 'place'], []),
})

function addedUp(docs: Person[], groupBy: ('status' | 'place' | 'done' | 'amount')[]) {
  const groups = new Map<string, { keys: Scalar[]; values: [number, bigint, number | null] }>(groupBy.length === 0 ? [['[]', { keys: [], values: [0, 0n, null] }]] : [])
  for (const doc of docs) {
    const keys = groupBy.map((name) => doc[name])
    const [count, sum, most] = groups.get(JSON.stringify(keys))?.values ?? [0, 0n, null]
    groups.set(JSON.stringify(keys), { keys, values: [count + 1, sum + BigInt(doc.amount ?? 0), doc.amount === null ? most : Math.max(most ?? doc.amount, doc.amount)] })
  }
  return [...groups.values()].sort((a, b) => a.keys.map((key, i) => order(key, b.keys[i]!)).find((o) => o !== 0) ?? 0)
}

function order(a: Scalar, b: Scalar): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return a < b ? -1 : 1
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

  test('groups of many documents are what adding up in memory gives', async () => {
    const { store } = current()
    await store.ensureCollection(many)
    await put(store, many, ...crowd as never[])
    await fc.assert(fc.asyncProperty(questions, async ({ where, groupBy }) => {
      const expected = crowd.filter((doc) => matches(where, ([name]) => doc[name as keyof typeof doc]))
      expect(await store.aggregate(many, { where, groupBy, measures: [{ op: 'count' }, { op: 'sum', column: 'amount' }, { op: 'max', column: 'amount' }] })).toEqual(addedUp(expected, groupBy))
      expect(await store.count(many, { where })).toBe(expected.length)
    }), { numRuns: 200 })
  }, patience)

  async function refill(docs: (Partial<StoredDoc> & { id: string })[]) {
    const { store } = current()
    const known = await store.find(contract, { columns: [] })
    await store.transaction((tx) => tx.remove(contract, known.map((doc) => doc.id)))
    await put(store, contract, ...docs as never[])
  }
}
