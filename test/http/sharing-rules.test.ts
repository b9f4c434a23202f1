/** Rules that open records to more people: what they widen, what they cannot give, and their life as definitions. */
import type { Definition, Entity } from '../../schemas/generated/types'
import { entity, field, problemsIn, role, sharing } from '../support/catalog'
import type { Client } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const large = { field: 'amount', op: 'gte', value: '100' } as const
const documents: Definition[] = [
  entity('deal', [field('text', 'name', { required: true, searchable: true }), field('money', 'amount'), field('text', 'note')]),
  role('rep', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }] }),
  role('reader', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'own', fields: { note: 'hidden' } }] }),
  role('studio', { capabilities: ['studio'], grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
  role('bare', { grants: [] }),
  sharing('large', 'deal', { filter: large, with: { roles: ['rep', 'bare'], departments: ['Sales'] }, verbs: ['update'], until: '2026-06-15' }),
]

let host: TestHost
const as = {} as Record<'ann' | 'ben' | 'rea' | 'adm' | 'zoe', Client>
beforeAll(async () => {
  host = await startTestHost({ documents, today: '2026-06-15' })
  const sales = (await host.stage.engine.create('department', { name: 'Sales' })).id!
  const north = (await host.stage.engine.create('department', { name: 'North', parent: sales })).id!
  for (const [name, roles] of [['ann', ['rep']], ['ben', ['rep']], ['rea', ['reader']], ['adm', ['studio']], ['zoe', ['bare']]] as const) {
    await host.addUser({ username: name, roles, department: name === 'rea' ? north : null })
    as[name] = await host.signIn(name)
  }
})
afterAll(() => host?.close())

test('widens the records of the rights that roles give, and gives none', async () => {
  const [big, small] = [await as.ann.create('deal', { name: 'big', amount: '100', note: 'n' }), await as.ann.create('deal', { name: 'small', amount: '99' })]
  const path = `/records/deal/${big.id}`
  expect((await as.ben.list('deal')).items.map((d) => d.id)).toEqual([big.id])
  expect((await as.ben.get(`/records/deal/${small.id}`)).status).toBe(404)
  expect((await as.ben.patch(path, { name: 'bigger' })).status).toBe(200)
  expect((await as.ben.delete(path)).status).toBe(403)
  expect((await as.ben.post(`${path}/shares`, { user: as.rea.userId, right: 'read' })).status).toBe(403)
  // A department below counts. The role of the person still hides the note and knows no changing.
  expect(await as.rea.read('deal', big.id)).not.toHaveProperty('note')
  expect((await as.rea.patch(path, { name: 'mine' })).status).toBe(403)
  expect((await as.zoe.get(path)).status).toBe(403)
})

test('a change that takes a record out of the rule takes it away at once', async () => {
  const deal = await as.ann.create('deal', { name: 'falls', amount: '500' })
  expect((await as.ben.get(`/records/deal/${deal.id}`)).status).toBe(200)
  await as.ann.must(as.ann.patch(`/records/deal/${deal.id}`, { amount: '5' }))
  expect((await as.ben.get(`/records/deal/${deal.id}`)).status).toBe(404)
})

test('is for the studio only; a draft says who would see less', async () => {
  const told = async (by: Client) => (await by.must(by.get<{ definitions: Definition[] }>('/definitions'))).definitions.map((d) => d.kind)
  expect(await told(as.ann)).not.toContain('sharing')
  expect(await told(as.adm)).toContain('sharing')
  const { definition } = await as.adm.must(as.adm.get<{ definition: Definition }>('/definitions/sharing/large'))
  await as.adm.must(as.adm.put('/definitions/sharing/large', { ...definition, until: '2026-06-14' }))
  const { items } = await as.adm.must(as.adm.get<{ items: { lost?: { name: string; before: number; after: number }[] }[] }>('/definitions/drafts/impact'))
  expect(items[0]!.lost!.map(({ name, after }) => ({ name, after }))).toEqual(expect.arrayContaining([{ name: 'ben', after: 0 }, { name: 'rea', after: 0 }]))
  await as.adm.must(as.adm.post('/releases', { wait: true }))
  expect((await as.ben.list('deal')).items).toEqual([])
})

test('a department is followed when it is renamed, and another that takes its name gets nothing', async () => {
  const put = async () => {
    await as.adm.must(as.adm.put('/definitions/sharing/departmental', sharing('departmental', 'deal', { filter: large, with: { departments: ['East', 'Nowhere'] }, verbs: ['read'] })))
    return as.adm.must(as.adm.post<{ warnings?: { message: string }[] }>('/releases', { wait: true }))
  }
  const east = (await host.stage.engine.create('department', { name: 'East' })).id!
  await host.addUser({ username: 'eve', roles: ['reader'], department: east })
  const eve = await host.signIn('eve')
  const deal = await as.ann.create('deal', { name: 'followed', amount: '900' })
  expect(await put()).not.toHaveProperty('warnings')
  const sees = async (client: Client) => (await client.list('deal')).items.map((d) => d.id).includes(deal.id)
  expect(await sees(eve)).toBe(true)
  await host.stage.engine.update('department', east, { name: 'Orient' })
  const other = (await host.stage.engine.create('department', { name: 'East' })).id!
  await host.addUser({ username: 'ole', roles: ['reader'], department: other })
  expect([await sees(eve), await sees(await host.signIn('ole'))]).toEqual([true, false])
  // Published again from its file, it means what it meant; the name is told to be a former one.
  expect((await put()).warnings!.map((w) => w.message)).toEqual([expect.stringContaining('Orient')])
  expect([await sees(eve), await sees(await host.signIn('ole'))]).toEqual([true, false])
})

test('publishing says which fields are kept from a role and learnt all the same', async () => {
  const { definition } = await as.adm.must(as.adm.get<{ definition: Entity }>('/definitions/entity/deal'))
  await as.adm.must(as.adm.put('/definitions/entity/deal', { ...definition, fields: [...definition.fields, field('formula', 'remark', { formula: 'name + note', result: { type: 'text' } })] }))
  const { warnings } = await as.adm.must(as.adm.post<{ warnings: { kind: string; key: string; path: string; code: string; message: string }[] }>('/releases', { wait: true }))
  expect(warnings).toContainEqual(expect.objectContaining({ kind: 'role', key: 'reader', path: '/grants/0/fields/note', code: 'revealed', message: expect.stringContaining('deal.note → deal.remark') as string }))
  expect((await as.adm.must(as.adm.post<{ warnings: { code: string }[] }>('/definitions/validate'))).warnings.map((w) => w.code)).toContain('revealed')
})

test('what does not hold together is refused', () => {
  const [deal] = documents
  expect(problemsIn([deal!, sharing('a', 'deal', { filter: { field: 'owner.name', op: 'eq', value: 'x' }, with: { roles: ['none'] }, verbs: ['read'] }), sharing('b', 'nowhere', { with: { users: ['x'] }, verbs: ['read'] })]))
    .toEqual(['sharing a /with/roles/0 noSuchDefinition', 'sharing a /filter badFilter', 'sharing b /entity noSuchDefinition'])
})
