/** Who sees what, as published and as drafted, and what drafts take from whom. */
import type { Definition, Entity, Role } from '../../schemas/generated/types'
import type { EntityChanges, EntityRights } from '../../runtime/engine'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const large = { field: 'amount', op: 'gte', value: '100' } as const
const documents: Definition[] = [
  entity('deal', [field('text', 'name', { required: true }), field('money', 'amount'), field('text', 'note')]),
  entity('note', [field('text', 'name')]),
  role('rep', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', fields: { note: 'mask' } }, { entity: 'note', verbs: ['read'], scope: 'own' }] }),
  role('studio', { capabilities: ['studio'], grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
]

interface Report { items: { role?: string; person?: string; capabilities: string[]; entities: (EntityRights & { records?: object })[] }[] }
interface Changes { roles: { role: string; people: number; capabilities: object; entities: (EntityChanges & { lost?: object })[] }[] }

let host: TestHost
let studio: ReturnType<typeof studioOf>
const as = {} as Record<'ann' | 'ben' | 'adm', Client>
beforeEach(async () => {
  host = await startTestHost({ documents, today: '2026-06-15' })
  for (const [name, roles] of [['ann', ['rep']], ['ben', ['rep']], ['adm', ['studio']]] as const) { await host.addUser({ username: name, roles }); as[name] = await host.signIn(name) }
  studio = studioOf(as.adm)
  for (const amount of ['50', '100', '150']) await as.ann.create('deal', { name: `deal of ${amount}`, amount })
  await as.ben.create('deal', { name: 'of Ben', amount: '1' })
})
afterEach(() => host?.close())

const report = (query: Record<string, string> = {}) => as.adm.must(as.adm.get<Report>('/definitions/access', query))
const changes = () => as.adm.must(as.adm.get<Changes>('/definitions/drafts/access'))
const grants = (of: Role['grants']) => studio.change<Role>('role', 'rep', (d) => ({ ...d, grants: of }))

test('a role: its verbs with their extents, every field with its right', async () => {
  const { items } = await report({ role: 'rep', entity: 'deal' })
  expect(items).toMatchObject([{ role: 'rep', capabilities: [], entities: [{ entity: 'deal' }] }])
  expect(items[0]!.entities[0]!.rights).toEqual([
    ...['create', 'read', 'update'].map((name) => ({ kind: 'verb', name, extents: [{ scope: 'all' }] })),
    { kind: 'field', name: 'name', access: 'write' }, { kind: 'field', name: 'amount', access: 'write' }, { kind: 'field', name: 'note', access: 'mask' },
  ])
  expect((await report()).items.map((i) => i.role)).toEqual(['rep', 'studio'])
})

test('what may only be read, or is computed, is not said to be written', async () => {
  const access = async (role: string, entity: string) => (await report({ role, entity, drafts: 'true' })).items[0]!.entities[0]!.rights.flatMap((r) => ('access' in r ? [`${r.name} ${r.access}`] : []))
  expect(await access('studio', 'deal')).toEqual(['name read', 'amount read', 'note read'])
  expect(await access('rep', 'note')).toEqual(['name read'])
  await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: [...d.fields, field('formula', 'twice', { formula: 'amount * 2', result: { type: 'decimal' } })] }))
  expect(await access('rep', 'deal')).toEqual(['name write', 'amount write', 'note mask', 'twice read'])
  // The verb that goes says it; the fields are no changes of their own.
  await grants([{ entity: 'deal', verbs: ['read'], scope: 'all', fields: { note: 'mask', amount: 'read' } }])
  expect((await changes()).roles[0]!.entities[0]!.changes.map((c) => `${c.kind} ${c.name} ${c.effect}`)).toEqual(['verb create lost', 'verb update lost', 'field amount narrowed'])
})

test('a person: what their roles add up to, and how many records that is', async () => {
  expect((await report({ person: 'ann' })).items).toMatchObject([{ entities: [{ entity: 'deal', records: { visible: 4, all: 4 } }, { entity: 'note', records: { visible: 0, all: 0 } }] }])
  await grants([{ entity: 'deal', verbs: ['read'], scope: 'own', condition: large }])
  expect((await report({ person: 'ann', drafts: 'true' })).items).toMatchObject([{ entities: [{ entity: 'deal', records: { visible: 2, all: 4 } }] }])
  expect((await report({ person: 'ann' })).items).toMatchObject([{ entities: [{ records: { visible: 4 } }, {}] }])
})

test('drafts: what each role gains and loses, with the records its people would no longer see', async () => {
  expect(await changes()).toEqual({ roles: [] })
  await grants([{ entity: 'deal', verbs: ['create', 'read', 'delete'], scope: 'own', fields: { note: 'read', amount: 'hidden' } }])
  const { roles } = await changes()
  expect(roles).toMatchObject([{ role: 'rep', people: 2, entities: [{ entity: 'deal' }, { entity: 'note', changes: [{ kind: 'verb', name: 'read', effect: 'lost', before: [{ scope: 'own' }] }] }] }])
  expect(roles[0]!.entities[0]!.changes.map((c) => `${c.kind} ${c.name} ${c.effect}`)).toEqual(['verb create narrowed', 'verb read narrowed', 'verb update lost', 'field amount narrowed', 'field note widened', 'verb delete gained'])
  // Ann no longer sees the one of Ben, Ben not the three of Ann: four in all.
  expect(roles[0]!.entities[0]!.lost).toEqual({ records: 4, people: [{ id: as.ben.userId, name: 'ben', count: 3 }, { id: as.ann.userId, name: 'ann', count: 1 }] })
})

test('the same number of records can be others', async () => {
  await grants([{ entity: 'deal', verbs: ['read'], scope: 'all', condition: large }])
  await as.adm.must(studio.publish())
  await grants([{ entity: 'deal', verbs: ['read'], scope: 'all', condition: { field: 'amount', op: 'lte', value: '50' } }])
  expect((await changes()).roles[0]!.entities).toMatchObject([{ changes: [{ name: 'read', effect: 'changed' }], lost: { records: 2 } }])
})

test('a condition on a field that is renamed is counted, one on a field that is not there yet cannot be', async () => {
  await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: [...d.fields.map((f) => (f.name === 'amount' ? { ...f, name: 'worth', uid: 'amount' } : f)), field('integer', 'grade')] }))
  await grants([{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', fields: { note: 'mask' }, condition: { ...large, field: 'worth' } }])
  expect((await changes()).roles[0]!.entities[0]!.lost).toMatchObject({ records: 2 })
  await grants([{ entity: 'deal', verbs: ['read'], scope: 'all', condition: { field: 'grade', op: 'gt', value: 1 } }])
  expect((await changes()).roles[0]!.entities[0]!.lost).toEqual({ records: null, people: [] })
})

test('is for the studio, and tells what does not hold together', async () => {
  for (const path of ['/definitions/access', '/definitions/drafts/access']) expect((await as.ann.get(path)).status).toBe(403)
  expect((await as.adm.get('/definitions/access', { role: 'none' })).status).toBe(404)
  expect((await as.adm.get('/definitions/access', { person: 'none' })).status).toBe(404)
  expect((await as.adm.get('/definitions/access', { other: 'x' })).status).toBe(400)
  await grants([{ entity: 'gone', verbs: ['read'], scope: 'all' }])
  expect((await as.adm.get('/definitions/drafts/access')).body).toMatchObject({ status: 422, code: 'noSuchDefinition' })
})
