/** Duplicates merged and taken apart again, and the recycle bin: over HTTP with rights, and random merges that leave no trace when undone. */
import fc from 'fast-check'
import type { WireRecord } from '../../runtime/engine'
import type { Definition } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { purgeOldRecords } from '../../server/use-cases/bin'
import { verifyDerived } from '../../server/use-cases/maintain'
import { mergeRecords, unmergeRecords } from '../../server/use-cases/merge-records'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const verbs = ['create', 'read', 'update', 'delete'] as const
const rights = (scope: 'own' | 'all', firm = {}) => ['firm', 'order', 'note', 'branch'].map((name) => ({ entity: name, verbs: [...verbs], scope, ...(name === 'firm' && firm) }))
const documents: Definition[] = [
  entity('firm', [
    field('text', 'name', { required: true }), field('text', 'code'), field('text', 'memo'), field('money', 'limit'), field('reference', 'parent', { entity: 'firm' }), field('lines', 'people', { fields: [field('text', 'name')] }),
    field('rollup', 'total', { rollup: { entity: 'order', via: 'firm', op: 'sum', field: 'amount' } }), field('formula', 'left', { formula: 'limit - total', result: { type: 'money' } }),
  ], { unique: [{ fields: ['code'] }, { fields: ['name'], normalise: 'organisation', mode: 'warn' }], validations: [{ id: 'credit', rule: 'total <= limit', message: { en: 'Over the limit.', zh: '超限。' } }] }),
  entity('order', [field('text', 'name'), field('reference', 'firm', { entity: 'firm', required: true }), field('money', 'amount'), field('text', 'memo'), field('formula', 'whose', { formula: 'firm.name', result: { type: 'text' } })]),
  entity('note', [field('text', 'name'), field('multiReference', 'firms', { entity: 'firm' }), field('lines', 'rows', { fields: [field('reference', 'firm', { entity: 'firm' }), field('integer', 'qty')] })]),
  entity('branch', [field('text', 'name'), field('reference', 'firm', { entity: 'firm' })], { ownedBy: 'firm', ownership: { from: 'firm' }, binDays: 5 }),
  role('worker', { grants: rights('own') }),
  role('chief', { capabilities: ['purge'], grants: rights('all') }),
  role('limited', { grants: rights('all', { verbs: ['read', 'update'], fields: { limit: 'read' } }) }),
]

let host: TestHost
let ann: Client, bob: Client, chief: Client, lee: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of [['ann', 'worker'], ['bob', 'worker'], ['chief', 'chief'], ['lee', 'limited']] as const) await host.addUser({ username, roles: [name] })
  ;[ann, bob, chief, lee] = await Promise.all(['ann', 'bob', 'chief', 'lee'].map((name) => host.signIn(name))) as [Client, Client, Client, Client]
})
afterAll(() => host?.close())

const engine = async () => asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
const merge = (who: Client, into: string, from: string[], more: object = {}) => who.post<{ code: string; record: WireRecord; moved: number; merge: string }>('/records/firm/merge', { into, from, ...more })
const unmerge = (who: Client, id: string) => who.post<{ code: string; record: WireRecord; moved: number; kept: { entity: string; field: string; title: string }[] }>(`/records/firm/${id}/unmerge`)
const firm = (who: Client, name: string, more: WireRecord = {}) => who.create('firm', { name, limit: '1000', ...more })

describe('merging', () => {
  test('values are chosen, references in every form move, roll-ups follow, and all of it comes back', async () => {
    const a = await firm(chief, 'Merge A', { code: 'MA' })
    const b = await firm(chief, 'Merge B', { code: 'MB', memo: 'kept', limit: '3000', people: [{ name: 'Kim' }], parent: a.id })
    const c = await firm(chief, 'Merge C')
    const order = await chief.create('order', { name: 'o', firm: b.id, amount: '900' })
    await chief.create('order', { name: 'own', firm: a.id, amount: '800' })
    const note = await chief.create('note', { name: 'n', firms: [a.id, b.id, c.id], rows: [{ firm: b.id, qty: 1 }, { firm: c.id, qty: 2 }] })
    const branch = await chief.create('branch', { name: 'br', firm: b.id })
    expect((await chief.post<{ items: object[] }>('/records/firm/merge/preview', { from: [b.id, c.id] })).body.items).toEqual(expect.arrayContaining([{ entity: 'order', count: 1 }, { entity: 'note', count: 1 }, { entity: 'branch', count: 1 }]))
    const before = await Promise.all([chief.read('firm', a.id), chief.read('firm', b.id), chief.read('note', note.id), chief.read('order', order.id)])
    const { body } = await merge(chief, a.id, [b.id, c.id], { fields: { code: b.id, limit: b.id, people: b.id, parent: b.id } })
    expect(body.record).toMatchObject({ name: 'Merge A', code: 'MB', limit: '3000.00', total: '1700.00', left: '1300.00', parent: null, people: [{ name: 'Kim' }] })
    expect(body.moved).toBe(3)
    expect(await chief.read('note', note.id)).toMatchObject({ firms: [a.id], rows: [{ firm: a.id, qty: 1 }, { firm: a.id, qty: 2 }] })
    expect(await chief.read('order', order.id)).toMatchObject({ firm: a.id, whose: 'Merge A' })
    expect(await chief.read('branch', branch.id)).toMatchObject({ firm: a.id })
    // What was merged leads to what it was merged into, and comes back only that way.
    expect((await chief.get(`/records/firm/${b.id}`)).body).toMatchObject({ status: 404, code: 'mergedAway', current: { mergedInto: a.id } })
    expect((await chief.post(`/records/firm/${b.id}/restore`)).body).toMatchObject({ status: 409, code: 'mergedAway' })
    const told = await chief.must(chief.get<{ items: { kind: string; path: string; data: object }[] }>(`/records/firm/${a.id}/history`))
    expect(told.items[0]).toMatchObject({ kind: 'merged', path: 'merge', data: { merged: [b.id, c.id] } })
    expect(await verifyDerived(await engine())).toEqual([])
    expect((await unmerge(chief, a.id)).body).toMatchObject({ moved: 3, kept: [] })
    const after = await Promise.all([chief.read('firm', a.id), chief.read('firm', b.id), chief.read('note', note.id), chief.read('order', order.id)])
    expect(after.map(lasting)).toEqual(before.map(lasting))
    expect(await verifyDerived(await engine())).toEqual([])
    expect((await unmerge(chief, a.id)).body).toMatchObject({ code: 'nothingToUnmerge' })
  })

  test('what was changed since stays and is named', async () => {
    const [a, b, other] = [await firm(chief, 'Since A'), await firm(chief, 'Since B', { memo: 'b' }), await firm(chief, 'Since C')]
    const order = await chief.create('order', { name: 'moved on', firm: b.id, amount: '1' })
    await chief.must(merge(chief, a.id, [b.id], { fields: { memo: b.id } }))
    await chief.must(chief.patch(`/records/order/${order.id}`, { firm: other.id }))
    await chief.must(chief.patch(`/records/firm/${a.id}`, { memo: 'mine' }))
    expect((await unmerge(chief, a.id)).body).toMatchObject({ moved: 0, record: { memo: 'mine' }, kept: [{ entity: 'firm', field: 'memo' }, { entity: 'order', field: 'firm', title: 'moved on' }] })
    expect(await chief.read('order', order.id)).toMatchObject({ firm: other.id })
  })

  test('needs the right to change what stays and to delete what goes, all in sight; refuses what it does not know', async () => {
    const [a, b, hidden] = [await firm(ann, 'Right A'), await firm(ann, 'Right B'), await firm(bob, 'Right C')]
    expect((await merge(ann, a.id, [hidden.id])).status).toBe(404)
    expect((await merge(lee, a.id, [b.id])).status).toBe(403)
    expect((await merge(ann, a.id, [a.id])).status).toBe(422)
    expect((await merge(ann, a.id, [])).status).toBe(400)
    expect((await merge(ann, a.id, [b.id], { revs: { [b.id]: 7 } })).status).toBe(412)
    expect((await merge(ann, a.id, [b.id], { fields: { nothing: b.id, memo: hidden.id } })).body).toMatchObject({ status: 422, problems: [{ path: '/fields/nothing', code: 'unknownField' }, { path: '/fields/memo', code: 'noSuchRecord' }] })
    expect((await chief.post('/records/user/merge', { into: ann.userId, from: [bob.userId] })).status).toBeGreaterThanOrEqual(403)
    await ann.must(merge(ann, a.id, [b.id]))
    expect((await unmerge(lee, a.id)).status).toBe(403)
    expect((await unmerge(bob, a.id)).status).toBe(404)
    await ann.must(unmerge(ann, a.id))
  })

  test('a rule that the merged record would break refuses it as a whole', async () => {
    const [a, b] = [await firm(chief, 'Rule A'), await firm(chief, 'Rule B')]
    for (const { id } of [a, b]) await chief.create('order', { name: 'x', firm: id, amount: '700' })
    expect((await merge(chief, a.id, [b.id])).status).toBe(422)
    expect(await chief.read('firm', b.id)).toMatchObject({ total: '700.00' })
  })

  test('records alike are found in groups', async () => {
    const one = await firm(chief, 'Alike Ltd')
    const two = await chief.must(chief.post<{ id: string }>('/records/firm?duplicatesSeen=true', { name: 'ALIKE' }))
    const groups = async (who: Client) => (await who.must(who.get<{ items: { fields: { name: string }[]; records: { id: string }[] }[] }>('/records/firm/duplicates'))).items
    expect((await groups(chief)).filter((g) => g.records.some((r) => r.id === one.id))).toMatchObject([{ fields: [{ name: 'name' }], records: expect.arrayContaining([expect.objectContaining({ id: one.id }), expect.objectContaining({ id: two.id })]) as object }])
    expect(await groups(bob)).toEqual([])
  })
})

/** All that a merge and its undoing shall leave as it was. */
function lasting({ rev: _rev, updatedAt: _at, updatedBy: _by, ...record }: WireRecord) { return record }

type Wish = { from: number[]; into: number; fields: Record<string, number>; orders: { firm: number; amount: number; gone: boolean }[]; notes: { firms: number[]; rows: number[] }[]; limits: number[]; parents: (number | null)[] }
const nth = fc.nat({ max: 3 })
const wish: fc.Arbitrary<Wish> = fc.record({
  into: nth, from: fc.uniqueArray(nth, { minLength: 1, maxLength: 3 }), fields: fc.dictionary(fc.constantFrom('name', 'code', 'memo', 'limit', 'parent', 'people'), nth),
  orders: fc.array(fc.record({ firm: nth, amount: fc.integer({ min: 1, max: 90 }), gone: fc.boolean() }), { maxLength: 5 }), limits: fc.array(fc.integer({ min: 500, max: 900 }), { minLength: 4, maxLength: 4 }),
  notes: fc.array(fc.record({ firms: fc.uniqueArray(nth), rows: fc.array(nth, { maxLength: 3 }) }), { maxLength: 3 }), parents: fc.array(fc.option(nth), { minLength: 4, maxLength: 4 }),
})

test('any merge that is undone leaves everything as it was', () => fc.assert(fc.asyncProperty(wish, async ({ into, from, fields, orders, notes, limits, parents }) => {
  const { engine: actor } = host.stage
  const losers = from.filter((i) => i !== into)
  if (losers.length === 0) return
  const mark = host.services.newId()
  const firms: string[] = []
  for (const [i, limit] of limits.entries()) firms.push((await actor.create('firm', { name: `${mark} ${i}`, code: `${mark}${i}`, memo: i % 2 ? 'odd' : null, limit: String(limit), people: [{ name: `p${i}` }] })).id!)
  for (const [i, parent] of parents.entries()) if (parent !== null) await actor.update('firm', firms[i]!, { parent: firms[parent]! })
  const others: [string, string][] = []
  for (const { firm: i, amount, gone } of orders) {
    const { id } = await actor.create('order', { name: 'o', firm: firms[i]!, amount: String(amount) })
    if (gone) await chief.must(chief.delete(`/records/order/${id}`))
    others.push(['order', id!])
  }
  for (const { firms: list, rows } of notes) others.push(['note', (await actor.create('note', { name: 'n', firms: list.map((i) => firms[i]!), rows: rows.map((i) => ({ firm: firms[i]!, qty: i })) })).id!])
  const all: [string, string][] = [...firms.map((id): [string, string] => ['firm', id]), ...others]
  const state = async () => Promise.all(all.map(async ([name, id]) => lasting((await chief.must(chief.get<WireRecord>(`/records/${name}/${id}?deleted=true`))))))
  const before = await state()
  const context = await engine()
  await mergeRecords(context, 'firm', { into: firms[into]!, from: losers.map((i) => firms[i]!), fields: Object.fromEntries(Object.entries(fields).filter(([, i]) => i === into || losers.includes(i)).map(([name, i]) => [name, firms[i]!])) })
  expect(await verifyDerived(context)).toEqual([])
  expect((await unmergeRecords(context, 'firm', firms[into]!)).kept).toEqual([])
  expect(await state()).toEqual(before)
  expect(await verifyDerived(context)).toEqual([])
}), { numRuns: 25 }), 120_000)

describe('the recycle bin', () => {
  interface Bin { items: { id: string; title: string; deletedBy: string; with: object[]; parent?: object; until: string; deletedAt: string }[]; count: number; titles: Record<string, string> }
  const bin = async (who: Client, name: string) => who.must(who.get<Bin>(`/records/${name}/bin`))

  test('says who deleted what and what went with it; nobody sees what they may not bring back', async () => {
    const gone = await firm(ann, 'Gone')
    const branch = await ann.create('branch', { name: 'with it', firm: gone.id })
    await ann.must(ann.delete(`/records/firm/${gone.id}`))
    const { items, titles } = await bin(ann, 'firm')
    expect(items[0]).toMatchObject({ id: gone.id, title: 'Gone', deletedBy: ann.userId, with: [{ entity: 'branch', count: 1 }] })
    expect(titles[ann.userId]).toBe('ann')
    expect((await bin(ann, 'branch')).items[0]).toMatchObject({ id: branch.id, parent: { entity: 'firm', id: gone.id } })
    expect((await ann.get(`/records/firm/${gone.id}`)).body).toMatchObject({ status: 404, code: 'inBin' })
    expect((await bob.get(`/records/firm/${gone.id}`)).body).toMatchObject({ status: 404, code: 'notFound' })
    expect((await bin(bob, 'firm')).items.map((i) => i.id)).not.toContain(gone.id)
    expect((await ann.post(`/records/branch/${branch.id}/restore`)).body).toMatchObject({ status: 409, code: 'parentInBin' })
    await ann.must(ann.post(`/records/firm/${gone.id}/restore`))
    expect((await ann.get(`/records/branch/${branch.id}`)).status).toBe(200)
  })

  test('is emptied by who has the capability; of the history stays that it was deleted', async () => {
    const gone = await firm(ann, 'For good', { memo: 'secret' })
    await ann.create('branch', { name: 'too', firm: gone.id })
    await ann.must(ann.delete(`/records/firm/${gone.id}`))
    expect((await ann.post(`/records/firm/${gone.id}/purge`)).status).toBe(403)
    await chief.must(chief.post(`/records/firm/${gone.id}/purge`))
    expect((await chief.get(`/records/firm/${gone.id}?deleted=true`)).status).toBe(404)
    const left = await host.services.store.find(collections.history, { where: { path: ['record'], op: 'eq', value: gone.id }, sort: [{ column: 'at' }] })
    expect(left.map((d) => d.kind)).toEqual(['deleted', 'purged'])
    expect(JSON.stringify(left)).not.toContain('secret')
    const kept = await firm(ann, 'In use')
    expect((await chief.post(`/records/firm/${kept.id}/purge`)).status).toBe(404)
  })

  test('empties itself when its days are over', async () => {
    const [parent, old] = [await firm(chief, 'Stays'), await firm(chief, 'Days')]
    const branch = await chief.create('branch', { name: 'short', firm: parent.id })
    await chief.must(chief.delete(`/records/branch/${branch.id}`))
    await chief.must(chief.delete(`/records/firm/${old.id}`))
    const context = await engine()
    const later = (days: number) => ({ ...context, clock: { ...context.clock, now: () => new Date(Date.now() + days * 86_400_000).toISOString() } })
    await purgeOldRecords(later(6))
    expect((await chief.get(`/records/branch/${branch.id}?deleted=true`)).status).toBe(404)
    expect((await chief.get(`/records/firm/${old.id}?deleted=true`)).status).toBe(200)
    await purgeOldRecords(later(31))
    expect((await chief.get(`/records/firm/${old.id}?deleted=true`)).status).toBe(404)
    expect((await chief.get(`/records/firm/${parent.id}`)).status).toBe(200)
  })
})
