/** History over the API: through which path a change came, whose eyes see what of it, one field's story, former values put back. */
import type { Definition, Entity } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const all = (name: string, more = {}) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'] as const, scope: 'all' as const, ...more })
const grants = (...list: unknown[]) => ({ grants: list as never })
const documents: Definition[] = [
  entity('part', [field('text', 'name')]),
  entity('item', [
    field('text', 'name', { required: true }), field('text', 'note', { maxLength: 10 }), field('money', 'cost'), field('reference', 'part', { entity: 'part' }), field('text', 'state', { readOnly: true }),
    field('lines', 'lines', { fields: [field('reference', 'part', { entity: 'part' }), field('integer', 'qty'), field('formula', 'double', { formula: 'qty * 2', result: { type: 'integer' } })] }),
  ] as Entity['fields']),
  { kind: 'action', name: 'make', entity: 'item', label: { en: 'Make', zh: '生成' }, steps: [{ id: 'part', kind: 'createRecord', entity: 'part', values: { name: "concat('of ', name)" } }, { id: 'state', kind: 'setField', values: { state: "'made'" } }] },
  role('worker', grants(all('item', { actions: ['make'] }), all('part'))),
  role('clerk', grants(all('item', { fields: { cost: 'hidden', note: 'read' } }))),
]

interface Entry { id: string; kind: string; path: string; origin: string; by: string; changes: { field: string; from: unknown; to: unknown }[]; data: { created?: { title: string }[]; entry?: string } }
let host: TestHost
let ann: Client, cleo: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['worker'] })
  await host.addUser({ username: 'cleo', roles: ['clerk'] })
  ;[ann, cleo] = await Promise.all([host.signIn('ann'), host.signIn('cleo')])
})
afterAll(() => host?.close())

const history = async (who: Client, id: string, query = '') => who.must(who.get<{ items: Entry[]; titles: Record<string, string> }>(`/records/item/${id}/history${query}`))
const entryOf = async (id: string, name: string) => (await history(ann, id, `?field=${name}`)).items[0]!
const putBack = (who: Client, id: string, entry: string, fields?: string[], headers?: Record<string, string>) => who.post<{ code: string; problems: { path: string; code: string }[] }>(`/records/item/${id}/history/${entry}/restore`, fields ? { fields } : {}, headers)

test('every entry says where it came in and what made it', async () => {
  const { id } = await ann.create('item', { name: 'A' })
  await ann.must(ann.patch(`/records/item/${id}`, { note: 'x' }, { 'x-client': 'app' }))
  await ann.must(ann.action('item', id, 'make'))
  await host.stage.engine.update('item', id, { note: 'y' })
  const { items, titles } = await history(ann, id)
  expect(items.map((i) => [i.kind, i.path, i.origin])).toEqual([['changed', 'system', 'system'], ['changed', 'action:make', 'api'], ['changed', 'screen', 'screen'], ['created', 'api', 'api']])
  const timeline = await ann.must(ann.get<{ items: Entry[]; titles: Record<string, string> }>(`/records/item/${id}/timeline`))
  const made = timeline.items.find((i) => i.kind === 'action')!.data.created as { id: string; title: string }[]
  expect(made).toMatchObject([{ title: 'of A' }])
  expect(timeline.titles[made[0]!.id]).toBe('of A')
  expect(titles[ann.userId]).toBe('ann')
})

test('what leads to other records is named, in rows too; the story of one field can be asked for', async () => {
  const part = await ann.create('part', { name: 'Bolt' })
  const { id } = await ann.create('item', { name: 'B' })
  await ann.must(ann.patch(`/records/item/${id}`, { lines: [{ part: part.id, qty: 1 }] }))
  await ann.must(ann.patch(`/records/item/${id}`, { note: 'n' }))
  const { items, titles } = await history(ann, id, '?field=lines')
  expect(items.map((i) => i.kind)).toEqual(['changed'])
  expect(titles[part.id]).toBe('Bolt')
  expect((await ann.get(`/records/item/${id}/history?limit=none`)).status).toBe(400)
})

test('a change of hidden fields only does not appear at all', async () => {
  const { id } = await ann.create('item', { name: 'C', cost: '5' })
  await ann.must(ann.patch(`/records/item/${id}`, { cost: '6' }))
  expect((await history(cleo, id)).items.map((i) => [i.kind, i.changes.map((c) => c.field).includes('cost')])).toEqual([['created', false]])
  expect((await history(cleo, id, '?field=cost')).items).toEqual([])
  expect((await putBack(cleo, id, (await entryOf(id, 'cost')).id)).status).toBe(404)
})

test('a former value is put back as an ordinary change that says what it undid', async () => {
  const part = await ann.create('part', { name: 'Nut' })
  const lines = [{ part: part.id, qty: 2 }]
  const { id } = await ann.create('item', { name: 'D', note: 'old', cost: '1', lines })
  const changed = await ann.must(ann.patch<{ rev: number }>(`/records/item/${id}`, { note: 'new', cost: '2', lines: [] }))
  const entry = await entryOf(id, 'note')
  expect((await putBack(ann, id, entry.id, ['note'], { 'if-match': '"1"' })).status).toBe(412)
  expect((await putBack(ann, id, entry.id, ['note'], { 'if-match': `"${changed.rev}"` })).body).toMatchObject({ note: 'old', cost: '2.00', lines: [] })
  expect((await putBack(ann, id, entry.id)).body).toMatchObject({ note: 'old', cost: '1.00', lines: [{ ...lines[0], double: 4 }] })
  const { items } = await history(ann, id)
  expect(items.slice(0, 2).map((i) => [i.kind, i.path, i.data.entry, i.changes.map((c) => c.field)])).toEqual([['reverted', 'restore', entry.id, ['cost', 'lines']], ['reverted', 'restore', entry.id, ['note']]])
  // Nothing to do: nothing written.
  expect((await putBack(ann, id, entry.id)).status).toBe(200)
  expect((await history(ann, id)).items).toHaveLength(items.length)
})

test('putting back obeys the rights of a change, and asks for what is there', async () => {
  const { id } = await ann.create('item', { name: 'E', note: 'a' })
  await ann.must(ann.patch(`/records/item/${id}`, { note: 'b' }))
  await ann.must(ann.action('item', id, 'make'))
  const note = await entryOf(id, 'note')
  expect((await putBack(cleo, id, note.id)).body).toMatchObject({ status: 422, problems: [{ path: '/note', code: 'readOnly' }] })
  expect((await putBack(ann, id, (await entryOf(id, 'state')).id)).body).toMatchObject({ status: 422, problems: [{ path: '/state', code: 'readOnly' }] })
  expect((await putBack(ann, id, note.id, ['cost'])).body).toMatchObject({ status: 422, problems: [{ path: '/fields/0', code: 'unknownField' }] })
  expect((await putBack(ann, id, (await history(ann, id)).items.at(-1)!.id)).body).toMatchObject({ status: 409, code: 'nothingToPutBack' })
  const other = await ann.create('item', { name: 'F' })
  expect((await putBack(ann, other.id, note.id)).status).toBe(404)
})
