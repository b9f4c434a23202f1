/** What those who are asked see of the record, on every path: without what their step hides, and nothing where the flow grants nothing. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, parallel, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const hides = (...fields: string[]) => ({ fields: fields.map((name) => ({ field: name, access: 'hidden' as const })) })
const one = (name: string, members: Partial<Flow>): Flow => ({ ...flow([start, ask('boss', 'mia', hides('secret', 'papers')), approved], ['start > boss', 'boss > approved'], members), name, entity: 'thing' })
const flows = [
  one('shown', {}),
  one('kept', { recordPolicy: { grantReadToApprovers: false } }),
  one('held', { trigger: { when: "note == 'held'" }, recordPolicy: { onChange: 'hold' } }),
  { ...flow([start, parallel('fork'), ask('boss', 'mia', hides('secret')), ask('auditor', 'mia', hides('note')), parallel('join'), approved], ['start > fork', 'fork > boss', 'fork > auditor', 'boss > join', 'auditor > join', 'join > approved']), name: 'twice', entity: 'thing' },
  { ...flow([start, ask('boss', ['mia', 'dan'], { ...hides('secret'), multi: { mode: 'any' } }), approved], ['start > boss', 'boss > approved']), name: 'either', entity: 'thing' },
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('text', 'note'), field('text', 'secret'), field('file', 'papers')]),
  ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
  role('approver', { grants: [] }),
  role('reader', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'own', fields: { name: 'hidden' } }] }),
]

interface Instance { id: string; changes?: { field: string }[]; tasks: { offered?: string[] }[] }
type Person = 'ann' | 'mia' | 'dan'
let host: TestHost
const as = {} as Record<Person, Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, roles] of Object.entries({ ann: ['worker'], mia: ['approver'], dan: ['reader'] })) { await host.addUser({ username, roles }); as[username as Person] = await host.signIn(username) }
})
afterAll(() => host?.close())

const path = (record: string) => `/records/thing/${record}`
const make = async (members = {}) => (await as.ann.create('thing', { name: 'A thing', note: 'plain', secret: 'the secret', ...members })).id
const submit = async (record: string, name: string) => (await as.ann.must(as.ann.post<Instance>(`${path(record)}/flows/${name}`, {}))).id
const taskOf = async (person: Person, record: string) => (await as[person].must(as[person].get<{ items: { id: string; record: string; title: string }[] }>('/tasks', { limit: '200' }))).items.find((t) => t.record === record)
const everything = async (person: Person, record: string, instance: string) => {
  const answers = await Promise.all([path(record), `${path(record)}/timeline`, `${path(record)}/commands`, `${path(record)}/flow-instances`, `/flow-instances/${instance}`, '/records/thing', '/notices', '/tasks'].map((at) => as[person].get(at)))
  return JSON.stringify(answers.map((a) => a.body))
}

test('a step’s hidden fields are on no path; the others are there, before and after the decision', async () => {
  const record = await make()
  await as.ann.must(as.ann.patch(path(record), { secret: 'another secret', note: 'seen' }))
  const instance = await submit(record, 'shown')
  for (const decided of [false, true]) {
    expect(await as.mia.must(as.mia.get(path(record)))).toMatchObject({ name: 'A thing', note: 'seen' })
    expect(await everything('mia', record, instance)).not.toMatch(/the secret|another secret/)
    expect((await as.mia.get(`${path(record)}/timeline`, { field: 'secret' })).body).toMatchObject({ items: [] })
    if (!decided) expect((await as.mia.post(`/tasks/${(await taskOf('mia', record))!.id}/decide`, { decision: 'approve' })).status).toBe(200)
  }
  expect(await as.ann.must(as.ann.get(path(record)))).toMatchObject({ secret: 'another secret' })
})

test('who is asked at two steps sees what either shows', async () => {
  const record = await make()
  await submit(record, 'twice')
  expect(await as.mia.must(as.mia.get(path(record)))).toMatchObject({ note: 'plain', secret: 'the secret' })
})

test('a role’s own hidden fields stay hidden beside those of the step', async () => {
  const record = await make()
  await submit(record, 'either')
  const seen = await as.dan.must(as.dan.get<object>(path(record)))
  expect(seen).toMatchObject({ note: 'plain' })
  expect(seen).not.toHaveProperty('name')
  expect(seen).not.toHaveProperty('secret')
})

test('grantReadToApprovers false: they decide without seeing the record', async () => {
  const record = await make()
  const instance = await submit(record, 'kept')
  expect([(await as.mia.get(path(record))).status, (await as.mia.get(`${path(record)}/timeline`)).status]).toEqual([403, 403])
  expect(await everything('mia', record, instance)).not.toMatch(/the secret|plain/)
  const task = (await taskOf('mia', record))!
  expect(task.title).toBe('A thing')
  expect((await as.mia.must(as.mia.get<Instance>(`/flow-instances/${instance}`))).tasks[0]!.offered).toContain('approve')
  expect((await as.mia.post(`/tasks/${task.id}/decide`, { decision: 'approve' })).status).toBe(200)
})

test('a held change is shown without the fields that the step hides', async () => {
  const record = await make({ note: 'held' })
  const { status, body } = await as.ann.patch<{ pendingChange: string }>(path(record), { secret: 'a new secret', name: 'Another name' })
  expect(status).toBe(202)
  expect((await as.mia.must(as.mia.get<Instance>(`/flow-instances/${body.pendingChange}`))).changes!.map((c) => c.field)).toEqual(['name'])
  expect((await as.ann.must(as.ann.get<Instance>(`/flow-instances/${body.pendingChange}`))).changes!.map((c) => c.field).sort()).toEqual(['name', 'secret'])
})

test('who is not asked any more, without having decided, sees it no longer', async () => {
  const record = await make()
  const instance = await submit(record, 'shown')
  expect((await as.mia.get(path(record))).status).toBe(200)
  await as.ann.must(as.ann.post(`/flow-instances/${instance}/withdraw`))
  expect([(await as.mia.get(path(record))).status, (await as.mia.get(`/flow-instances/${instance}`)).status]).toEqual([403, 403])
})
