/** Uniqueness over the API: exact, composite, conditional, normalised; refused or only pointed out; across the bin, publishing and rights. */
import type { Definition, Entity } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label: { en: value, zh: value } }))
const company = entity('company', [
  field('text', 'name', { required: true }), field('text', 'code'), field('text', 'phone'), field('enum', 'kind', { options: options('buyer', 'other') }), field('date', 'since'),
], {
  unique: [
    { fields: ['code'] },
    { fields: ['phone', 'since'], when: { field: 'kind', op: 'eq', value: 'buyer' } },
    { fields: ['name'], normalise: 'organisation', mode: 'warn' },
  ],
})
const documents: Definition[] = [
  company,
  entity('plain', [field('text', 'name')]),
  role('worker', { grants: [{ entity: 'company', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }, { entity: 'plain', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] }),
  role('chief', { capabilities: ['studio'], grants: [{ entity: 'company', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }, { entity: 'plain', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] }),
]

let host: TestHost
let ann: Client, bob: Client, chief: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const username of ['ann', 'bob']) await host.addUser({ username, roles: ['worker'] })
  await host.addUser({ username: 'chief', roles: ['chief'] })
  ;[ann, bob, chief] = await Promise.all(['ann', 'bob', 'chief'].map((name) => host.signIn(name))) as [Client, Client, Client]
})
afterAll(() => host?.close())

const refusal = (body: unknown) => { const { status, code, problems } = body as ProblemBody; return { status, code, at: problems.map((p) => p.path), records: problems[0]?.params?.records } }

test('a value that is taken is refused, with the record if it may be seen', async () => {
  const first = await ann.create('company', { name: 'Alpha', code: 'C1' })
  expect(refusal((await ann.post('/records/company', { name: 'Another', code: 'C1' })).body)).toEqual({ status: 409, code: 'duplicate', at: ['/code'], records: [{ id: first.id, title: 'Alpha' }] })
  expect(refusal((await bob.post('/records/company', { name: 'Another', code: 'C1' })).body)).toEqual({ status: 409, code: 'duplicate', at: ['/code'], records: undefined })
  // Compared with others only, and only as long as it is not in the bin.
  await ann.must(ann.patch(`/records/company/${first.id}`, { code: 'C1', phone: '1' }))
  await ann.must(ann.delete(`/records/company/${first.id}`))
  await bob.create('company', { name: 'Taker', code: 'C1' })
  expect((await ann.post(`/records/company/${first.id}/restore`, {})).body).toMatchObject({ status: 409, code: 'duplicate' })
})

test('only records that meet the condition are compared', async () => {
  const buyer = { phone: '555', since: '2026-01-01', kind: 'buyer' }
  await ann.create('company', { name: 'Buyer one', ...buyer })
  await ann.create('company', { name: 'Not a buyer', ...buyer, kind: 'other' })
  await ann.create('company', { name: 'Another day', ...buyer, since: '2026-01-02' })
  await ann.create('company', { name: 'No day', ...buyer, since: null })
  expect(refusal((await ann.post('/records/company', { name: 'Buyer two', ...buyer })).body)).toMatchObject({ code: 'duplicate', at: ['/phone', '/since'] })
  const late = await ann.create('company', { name: 'Late', ...buyer, kind: 'other' })
  expect((await ann.patch(`/records/company/${late.id}`, { kind: 'buyer' })).body).toMatchObject({ status: 409, code: 'duplicate' })
})

test('texts that are alike are pointed out to who may see them, and may stay', async () => {
  const first = await ann.create('company', { name: '上海 Delta 机电有限公司' })
  const alike = { name: '上海ＤＥＬＴＡ机电 股份有限公司' }
  expect(refusal((await ann.post('/records/company', alike)).body)).toEqual({ status: 409, code: 'possibleDuplicate', at: ['/name'], records: [{ id: first.id, title: first.name }] })
  // Who may not see the other record learns nothing of it.
  await bob.create('company', alike)
  const kept = await ann.must(ann.post<{ id: string }>('/records/company?duplicatesSeen=true', alike))
  // A change of something else does not ask again; a change of the name does.
  await ann.must(ann.patch(`/records/company/${kept.id}`, { phone: '9' }))
  expect((await ann.patch(`/records/company/${kept.id}`, { name: 'Delta 上海机电' })).status).toBe(200)
  expect((await ann.patch(`/records/company/${kept.id}`, { name: '上海delta机电公司' })).body).toMatchObject({ status: 409, code: 'possibleDuplicate' })
})

test('of many at once one gets the value', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? ann : bob).post('/records/company', { name: `Racer ${i}`, code: 'RACE' })))
  expect(results.map((r) => r.status).sort()).toEqual([201, ...Array<number>(11).fill(409)])
})

describe('a rule that comes later', () => {
  const publish = async (unique: Entity['unique']) => {
    const document = { ...documents[1] as Entity, unique }
    await chief.must(chief.put('/definitions/entity/plain', document))
    return chief.post<ProblemBody>('/releases', { wait: true })
  }

  test('is refused while records break it, then holds for those that were there', async () => {
    const [a, b] = [await ann.create('plain', { name: 'One' }), await ann.create('plain', { name: ' one. ' })]
    expect((await publish([{ fields: ['name'], normalise: 'text' }])).body).toMatchObject({ status: 422, problems: [{ code: 'duplicateData', message: expect.stringContaining('2') as string }] })
    await ann.must(ann.patch(`/records/plain/${b.id}`, { name: 'Two' }))
    expect((await publish([{ fields: ['name'], normalise: 'text' }])).status).toBeLessThan(300)
    expect((await ann.post('/records/plain', { name: 'ONE' })).body).toMatchObject({ code: 'duplicate', problems: [{ params: { records: [{ id: a.id }] } }] })
    expect((await ann.patch(`/records/plain/${b.id}`, { name: 'one' })).body).toMatchObject({ code: 'duplicate' })
  })

  test.each([
    ['over the person', { fields: ['name'], when: { field: 'owner', op: 'me' } }, '/unique/0/when badFilter'],
    ['over the day', { fields: ['name'], when: { field: 'createdAt', op: 'withinDays', value: 3 } }, '/unique/0/when badFilter'],
    ['over nothing', { fields: ['name'], when: { field: 'gone', op: 'empty' } }, '/unique/0/when badFilter'],
  ] as [string, NonNullable<Entity['unique']>[number], string][])('a condition %s is refused', async (_, rule, problem) => {
    const { body } = await publish([rule])
    expect((body.problems).map((p) => `${p.path} ${p.code}`)).toContain(problem)
  })
})
