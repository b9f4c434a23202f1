/** One record opened to a person or a department by hand: who may, for how long, and what it opens. */
import type { WireRecord } from '../../runtime/engine'
import type { Definition, Grant } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const own = (members: Partial<Grant> = {}): Grant => ({ entity: 'deal', verbs: ['create', 'read', 'update', 'delete'], scope: 'own', ...members })
const documents: Definition[] = [
  entity('deal', [field('text', 'name', { required: true, searchable: true }), field('money', 'amount')]),
  role('rep', { grants: [own()] }),
  role('reader', { grants: [own({ verbs: ['read'], fields: { amount: 'hidden' } })] }),
  role('lead', { grants: [own({ verbs: ['read', 'share'], scope: 'all' })] }),
]

type Person = 'ann' | 'ben' | 'rea' | 'lea' | 'zoe'
let host: TestHost
const as = {} as Record<Person, Client>
const id = {} as Record<Person | 'sales' | 'north', string>

beforeAll(async () => {
  host = await startTestHost({ documents, today: '2026-06-15' })
  id.sales = (await host.stage.engine.create('department', { name: 'Sales' })).id!
  id.north = (await host.stage.engine.create('department', { name: 'North', parent: id.sales })).id!
  for (const [name, roles] of [['ann', ['rep']], ['ben', ['rep']], ['rea', ['reader']], ['lea', ['lead']], ['zoe', []]] as const) id[name] = (await host.addUser({ username: name, roles, department: name === 'ben' ? id.north : null })).id
  for (const name of ['ann', 'ben', 'rea', 'lea', 'zoe'] as const) as[name] = await host.signIn(name)
})
afterAll(() => host?.close())

let count = 0
const deal = async () => (await as.ann.create('deal', { name: `Deal ${++count}`, amount: '5' })).id
const share = (by: Client, record: string, body: unknown) => by.post<WireRecord & ProblemBody>(`/records/deal/${record}/shares`, body)
const seen = async (by: Client, record: string) => (await by.get(`/records/deal/${record}`)).status
const found = async (by: Client) => (await by.list('deal', { count: 'exact' })).count

test('opens the record on every path, to read', async () => {
  const record = await deal()
  expect([await seen(as.ben, record), await found(as.ben)]).toEqual([404, 0])
  expect((await share(as.ann, record, { user: id.ben, right: 'read' })).status).toBe(201)
  expect([await seen(as.ben, record), await found(as.ben)]).toEqual([200, 1])
  expect((await as.ben.list('deal', { q: 'Deal' })).items.map((d) => d.id)).toEqual([record])
  expect((await as.ben.post<{ groups: { values: unknown[] }[] }>('/records/deal/aggregate', { measures: [{ op: 'sum', field: 'amount' }] })).body.groups[0]!.values).toEqual(['5.00'])
  expect((await as.ben.patch(`/records/deal/${record}`, { name: 'mine' })).status).toBe(403)
  expect((await as.ben.delete(`/records/deal/${record}`)).status).toBe(403)
  expect((await share(as.ben, record, { user: id.rea, right: 'read' })).status).toBe(403)
  expect(await as.ben.must(as.ben.get(`/records/deal/${record}/commands`))).toMatchObject({ update: false, delete: false, share: false })
})

test('to write, and closes it again', async () => {
  const record = await deal()
  const { id: given } = await as.ann.must(share(as.ann, record, { user: id.ben, right: 'write' }))
  expect((await as.ben.patch(`/records/deal/${record}`, { name: 'ours' })).status).toBe(200)
  // The same person again: what they have changes, nothing is added.
  await as.ann.must(share(as.ann, record, { user: id.ben, right: 'read', until: '2026-06-15' }))
  expect((await as.ben.patch(`/records/deal/${record}`, { name: 'mine' })).status).toBe(403)
  const { items } = await as.ann.must(as.ann.get<{ items: WireRecord[] }>(`/records/deal/${record}/shares`))
  expect(items).toEqual([expect.objectContaining({ id: given, kind: 'user', grantee: id.ben, name: 'ben', right: 'read', until: '2026-06-15', over: false })])
  expect((await as.ann.delete(`/records/deal/${record}/shares/${given}`)).status).toBe(204)
  expect(await seen(as.ben, record)).toBe(404)
  const { items: told, titles } = await as.ann.must(as.ann.get<{ items: { kind: string; data: object }[]; titles: object }>(`/records/deal/${record}/timeline`))
  expect(told.map((i) => i.kind)).toEqual(['unshared', 'shared', 'changed', 'shared', 'created'])
  expect(told[3]!.data).toEqual({ kind: 'user', grantee: id.ben, right: 'write', until: null })
  expect(titles).toMatchObject({ [id.ben]: 'ben' })
})

test('a department means those below it too', async () => {
  const record = await deal()
  await as.ann.must(share(as.ann, record, { department: id.sales, right: 'read' }))
  expect([await seen(as.ben, record), await seen(as.rea, record)]).toEqual([200, 404])
})

test('ends by itself', async () => {
  const record = await deal()
  const { id: given } = await as.ann.must(share(as.ann, record, { user: id.ben, right: 'read', until: '2026-06-15' }))
  expect(await seen(as.ben, record)).toBe(200)
  const { collections } = await import('../../server/model/collections')
  await host.services.store.transaction((tx) => tx.update(collections.share, given!, undefined, { until: '2026-06-14' }))
  expect(await seen(as.ben, record)).toBe(404)
  expect((await as.ann.must(as.ann.get<{ items: WireRecord[] }>(`/records/deal/${record}/shares`))).items[0]).toMatchObject({ over: true })
})

test('opens the record, not its hidden fields', async () => {
  const record = await deal()
  await as.ann.must(share(as.ann, record, { user: id.rea, right: 'write' }))
  expect(await as.rea.read('deal', record)).not.toHaveProperty('amount')
  expect((await as.rea.patch(`/records/deal/${record}`, { name: 'mine' })).status).toBe(403)
})

test('is for the owner and for whom a role lets share; nobody gives more than they have', async () => {
  const record = await deal()
  expect((await share(as.lea, record, { user: id.ben, right: 'read' })).status).toBe(201)
  expect((await share(as.lea, record, { user: id.ben, right: 'write' })).status).toBe(403)
  const hidden = await as.ben.create('deal', { name: 'of ben' })
  for (const attempt of [share(as.ann, hidden.id, { user: id.rea, right: 'read' }), as.ann.get(`/records/deal/${hidden.id}/shares`), as.ann.delete(`/records/deal/${hidden.id}/shares/x`)]) expect((await attempt).status).toBe(404)
  expect((await as.zoe.get(`/records/deal/${hidden.id}/shares`)).status).toBe(403)
})

test('says what is wrong', async () => {
  const record = await deal()
  const problems = async (body: unknown) => { const { status, body: answer } = await share(as.ann, record, body); return [status, answer.problems?.map((p) => `${p.path} ${p.code}`)] }
  expect(await problems({ user: id.zoe, right: 'read' })).toEqual([422, ['/user cannotReceive']])
  expect(await problems({ user: 'nobody', right: 'read', until: '2026-06-14' })).toEqual([422, ['/user noSuchRecord', '/until tooSmall']])
  expect(await problems({ department: 'nowhere', right: 'read' })).toEqual([422, ['/department noSuchRecord']])
  expect((await problems({ user: id.ben, right: 'own' }))[0]).toBe(400)
  expect((await problems({ right: 'read' }))[0]).toBe(400)
})
