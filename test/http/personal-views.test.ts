/** Views that people keep for themselves: whose they are, how they are checked, and that they outlive what they speak of. */
import type { Definition, Field } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

interface View { id: string; rev: number; name: string; default: boolean; filter?: unknown; sort?: string[]; columns?: { field: string }[]; q?: string; leftOut: { path: string; code: string; message: string }[] }

const all = { verbs: ['create', 'read', 'update', 'delete'] as ('read')[], scope: 'all' as const }
const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true }), field('enum', 'region', { options: [{ value: 'east', label: { en: 'East', zh: '东' } }] }), field('text', 'secret')]),
  entity('deal', [field('text', 'name', { required: true, searchable: true }), field('integer', 'qty'), field('money', 'amount'), field('text', 'note'), field('text', 'extra'), field('lines', 'rows', { fields: [field('text', 'thing')] }), field('reference', 'customer', { entity: 'customer' })]),
  entity('paper', [field('text', 'name')]),
  role('builder', { capabilities: ['studio'], grants: ['customer', 'deal', 'user', 'paper'].map((name) => ({ entity: name, ...all })) }),
  role('rep', { grants: [{ entity: 'deal', ...all, fields: { amount: 'hidden', note: 'mask' } }, { entity: 'customer', ...all, fields: { secret: 'hidden' } }] }),
]

let host: TestHost
let ann: Client
let bob: Client
beforeEach(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  await host.addUser({ username: 'bob', roles: ['rep'] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
})
afterEach(() => host?.close())

const save = (by: Client, view: object) => by.post<View & ProblemBody>('/me/views', { entity: 'deal', ...view })
const views = async (by: Client) => (await by.must(by.get<{ items: View[] }>('/me/views', { entity: 'deal' }))).items
const faults = ({ status, body }: { status: number; body: ProblemBody }) => [status, body.problems.map((p) => `${p.path} ${p.code}`)]

test('saved, listed by, changed, deleted; nobody else has it', async () => {
  for (const [name, qty] of [['磁钢 a', 1], ['磁钢 b', 9], ['c', 8]] as const) await bob.create('deal', { name, qty })
  const { status, body: view, headers } = await save(bob, { name: 'Large', filter: { field: 'qty', op: 'gt', value: 0 }, sort: ['-qty'], columns: [{ field: 'qty', width: 120 }, { field: 'note' }], q: '磁钢' })
  expect([status, headers.get('etag')]).toEqual([201, '"1"'])
  expect(view).toEqual({ id: expect.any(String) as string, rev: 1, name: 'Large', entity: 'deal', default: false, filter: { field: 'qty', op: 'gt', value: 0 }, sort: ['-qty'], columns: [{ field: 'qty', width: 120 }, { field: 'note' }], q: '磁钢', leftOut: [] })
  const listed = async (query: Record<string, string> = {}) => (await bob.list('deal', { view: view.id, fields: 'name', count: 'exact', ...query }))
  expect((await listed()).items.map((d) => d.name)).toEqual(['磁钢 b', '磁钢 a'])
  expect(await listed({ q: 'c' })).toMatchObject({ count: 1 })
  expect((await ann.get('/records/deal', { view: view.id })).status).toBe(404)
  expect((await ann.patch(`/me/views/${view.id}`, { name: 'x' })).status).toBe(404)
  expect((await ann.delete(`/me/views/${view.id}`)).status).toBe(404)
  expect([await views(ann), (await views(bob)).length, ((await bob.must(bob.get('/me'))).views as View[]).length]).toEqual([[], 1, 1])

  expect((await bob.patch<View>(`/me/views/${view.id}`, { name: 'Few', filter: null, q: null }, { 'if-match': '"1"' })).body).toMatchObject({ name: 'Few', rev: 2, sort: ['-qty'] })
  expect((await bob.patch(`/me/views/${view.id}`, { name: 'x' }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await listed()).count).toBe(3)
  expect((await bob.delete(`/me/views/${view.id}`)).status).toBe(204)
  expect([(await bob.get('/records/deal', { view: view.id })).status, (await bob.delete(`/me/views/${view.id}`)).status]).toEqual([404, 404])
})

test('what is unknown or may not be seen is named, all at once; an entity that may not be seen as well', async () => {
  const wrong = { name: 'w', filter: { and: [{ field: 'qty', op: 'gt', value: 1 }, { field: 'amount', op: 'gt', value: '1' }, { or: [{ field: 'nope', op: 'eq', value: 1 }] }] }, sort: ['qty', '-amount', 'rows'], columns: [{ field: 'name' }, { field: 'amount' }, { field: 'nope' }] }
  expect(faults(await save(bob, wrong))).toEqual([422, ['/columns/1/field noSuchField', '/columns/2/field noSuchField', '/sort/1 noSuchField', '/sort/2 noSuchField', '/filter/and/1 badFilter', '/filter/and/2 badFilter']])
  // A masked field may be shown, not asked for; through references the same rights hold.
  expect(faults(await save(bob, { name: 'w', filter: { field: 'note', op: 'contains', value: 'x' }, sort: ['note'], columns: [{ field: 'note' }] }))).toEqual([422, ['/sort/0 noSuchField', '/filter badFilter']])
  expect(faults(await save(bob, { name: 'w', filter: { field: 'customer.secret', op: 'eq', value: 'x' } }))).toEqual([422, ['/filter badFilter']])
  expect((await save(bob, { name: 'ok', filter: { field: 'customer.region', op: 'eq', value: 'east' } })).status).toBe(201)
  expect([(await save(bob, { name: 'p', entity: 'paper' })).status, (await save(bob, { name: 'p', entity: 'nope' })).status]).toEqual([403, 404])
  for (const filter of ['text', 7, [], { and: 'x' }, { field: 1 }]) expect(faults(await save(bob, { name: 'odd', filter }))[0]).toBe(422)
  for (const bad of [{}, { name: '' }, { name: 'x', sort: 'qty' }, { name: 'x', columns: [{}] }, { name: 'x', more: 1 }]) expect((await save(bob, bad)).status).toBe(400)
  expect(faults(await save(bob, { name: 'ok' }))).toEqual([422, ['/name duplicateName']])
  expect((await save(bob, { name: 'x', filter: { field: 'name', op: 'in', value: Array(2000).fill('long enough') } })).status).toBe(413)
})

test('one of them is the default', async () => {
  const { body: one } = await save(bob, { name: 'one', default: true })
  const { body: two } = await save(bob, { name: 'two', default: true })
  const defaults = async () => (await views(bob)).filter((v) => v.default).map((v) => v.name)
  expect(await defaults()).toEqual(['two'])
  await bob.must(bob.patch(`/me/views/${one.id}`, { default: true }))
  expect(await defaults()).toEqual(['one'])
  await bob.must(bob.patch(`/me/views/${one.id}`, { default: false }))
  expect([await defaults(), (await views(bob)).find((v) => v.id === two.id)!.name]).toEqual([[], 'two'])
})

test('fields that are renamed are followed, removed ones left out and named; the rest goes on', async () => {
  const studio = studioOf(ann)
  const { body: view } = await save(ann, { name: 'v', filter: { and: [{ field: 'qty', op: 'gt', value: 1 }, { not: { field: 'extra', op: 'eq', value: 'x' } }] }, sort: ['extra', '-qty'], columns: [{ field: 'name' }, { field: 'extra' }, { field: 'qty' }] })
  await ann.create('deal', { name: 'kept', qty: 2, extra: 'x' })
  await ann.create('deal', { name: 'out', qty: 1 })
  await studio.editField('deal', 'qty', (f) => ({ ...f, name: 'pieces' }) as Field)
  await ann.must(studio.publish())
  await studio.editField('deal', 'extra', (f) => ({ ...f, hidden: true }) as Field)
  await ann.must(studio.publish())
  await studio.editField('deal', 'extra', () => undefined)
  await ann.must(studio.publish())
  const [now] = await views(ann)
  expect(now).toMatchObject({ filter: { field: 'pieces', op: 'gt', value: 1 }, sort: ['-pieces'], columns: [{ field: 'name' }, { field: 'pieces' }] })
  expect(now!.leftOut.map((p) => `${p.path} ${p.code}`)).toEqual(['/columns/1/field noSuchField', '/sort/0 noSuchField', '/filter/and/1 badFilter'])
  expect(now!.leftOut[0]!.message).toBe('There is no field “extra” in deal.')
  expect((await ann.list('deal', { view: view.id, fields: 'name' })).items.map((d) => d.name)).toEqual(['kept'])
  // It can be renamed as it is, and saved without what is gone.
  expect((await ann.patch<View>(`/me/views/${view.id}`, { name: 'w' })).body.leftOut).toHaveLength(3)
  const { filter, sort, columns } = now!
  expect((await ann.patch<View>(`/me/views/${view.id}`, { filter, sort, columns })).body.leftOut).toEqual([])
})
