/** Groups through references, which of them, in which order, and that they tell nothing of what may not be seen. */
import type { Definition } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const verbs = ['create', 'read', 'update', 'delete'] as 'read'[]
const documents: Definition[] = [
  entity('region', [field('text', 'name', { required: true }), field('date', 'since')]),
  entity('customer', [field('text', 'name', { required: true }), field('reference', 'region', { entity: 'region' }), field('text', 'secret')]),
  entity('deal', [field('text', 'name', { required: true }), field('money', 'amount'), field('integer', 'qty'), field('date', 'due'), field('reference', 'customer', { entity: 'customer' })]),
  role('all', { grants: ['region', 'customer', 'deal'].map((name) => ({ entity: name, verbs, scope: 'all' as const })) }),
  role('own', { grants: [{ entity: 'deal', verbs, scope: 'all' }, { entity: 'customer', verbs, scope: 'own', fields: { secret: 'hidden' } }, { entity: 'region', verbs, scope: 'all' }] }),
  role('dealsOnly', { grants: [{ entity: 'deal', verbs, scope: 'all' }] }),
]

interface Answer { groups: { keys: unknown[]; values: unknown[] }[]; titles?: Record<string, string> }
let host: TestHost
const as = {} as Record<'ann' | 'ben' | 'dan', Client>
const id = {} as Record<'north' | 'south' | 'a' | 'b' | 'c', string>

beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [name, roles] of [['ann', ['all']], ['ben', ['own']], ['dan', ['dealsOnly']]] as const) { await host.addUser({ username: name, roles: [...roles] }); as[name] = await host.signIn(name) }
  for (const [name, since] of [['north', '2020-02-03'], ['south', null]] as const) id[name] = (await as.ann.create('region', { name, since })).id
  for (const [name, region, by] of [['a', 'north', 'ann'], ['b', 'south', 'ann'], ['c', 'south', 'ben']] as const) id[name] = (await as[by].create('customer', { name, region: id[region] })).id
  for (const [customer, amount, qty] of [['a', '10', 1], ['a', '20.5', 2], ['b', '40', 3], ['c', '80', 4], [null, '160', 5]] as const) await as.ann.create('deal', { name: 'deal', customer: customer && id[customer], amount, qty })
})
afterAll(() => host?.close())

const measures = [{ op: 'sum', field: 'amount' }, { op: 'count' }, { op: 'avg', field: 'qty' }]
const ask = (by: Client, query: object) => by.post<Answer & ProblemBody>('/records/deal/aggregate', { measures, ...query })
const groups = async (by: Client, query: object) => (await by.must(ask(by, query))).groups.map(({ keys, values }) => [...keys, ...values])

test('by what a reference leads to, with several measures', async () => {
  expect(await groups(as.ann, { groupBy: ['customer.region.name'] })).toEqual([[null, '160.00', 1, 5], ['north', '30.50', 2, 2], ['south', '120.00', 2, 4]])
  expect(await groups(as.ann, { groupBy: [{ field: 'customer.region.since', by: 'quarter' }] })).toEqual([[null, '280.00', 3, 4], ['2020-Q1', '30.50', 2, 2]])
  const byCustomer = await as.ann.must(ask(as.ann, { groupBy: ['customer', 'customer.region'], titles: true, sort: [{ measure: 1, descending: true }, { measure: 0 }], limit: 2 }))
  expect(byCustomer).toEqual({ groups: [{ keys: [id.a, id.north], values: ['30.50', 2, 2] }, { keys: [id.b, id.south], values: ['40.00', 1, 3] }], titles: { [id.a]: 'a', [id.b]: 'b', [id.north]: 'north', [id.south]: 'south' } })
})

test('what may not be seen is in the group of null, on every step', async () => {
  expect(await groups(as.ben, { groupBy: ['customer'] })).toEqual([[null, '230.50', 4, 3], [id.c, '80.00', 1, 4]])
  expect(await groups(as.ben, { groupBy: ['customer.region.name'] })).toEqual([[null, '230.50', 4, 3], ['south', '80.00', 1, 4]])
  expect((await as.ben.must(ask(as.ben, { groupBy: ['customer'], titles: true }))).titles).toEqual({ [id.c]: 'c' })
  expect(await groups(as.dan, { groupBy: ['customer'] })).toEqual([[null, '310.50', 5, 3]])
  expect((await as.dan.must(ask(as.dan, { groupBy: ['owner'], titles: true }))).titles).toEqual({ [as.ann.userId]: 'ann' })
})

test('which groups and in which order', async () => {
  const having = (...parts: object[]) => groups(as.ann, { groupBy: ['customer.region.name'], having: parts })
  expect(await having({ measure: 0, op: 'gt', value: '30.50' })).toHaveLength(2)
  expect((await having({ measure: 0, op: 'gte', value: '30.50' }, { measure: 1, op: 'eq', value: 2 })).map(([key]) => key)).toEqual(['north', 'south'])
  expect((await groups(as.ann, { groupBy: ['customer.region.name'], sort: [{ group: 0, descending: true }] })).map(([key]) => key)).toEqual(['south', 'north', null])
})

test('says what it does not understand', async () => {
  for (const groupBy of [['nope'], ['customer.nope'], ['amount.name'], ['customer.region.name.more'], ['owner.username'], ['']]) expect([groupBy, (await ask(as.dan, { groupBy })).status]).toEqual([groupBy, 400])
  expect((await ask(as.ben, { groupBy: ['customer.secret'] })).body).toMatchObject({ status: 400, detail: expect.stringContaining('customer.secret') as string })
  for (const query of [{ having: [{ measure: 7, op: 'gt', value: 1 }] }, { having: [{ measure: 0, op: 'gt', value: 'much' }] }, { having: [{ measure: 1, op: 'gt', value: '1' }] }, { having: [{ measure: 0, op: 'ne', value: '1' }] }, { sort: [{ group: 0 }] }, { sort: [{ measure: 5 }] }, { limit: 0 }]) expect([query, (await ask(as.ann, query)).status]).toEqual([query, 400])
})
