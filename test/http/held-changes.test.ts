/** Changes that are held: of the fields that the flow watches only, and clearly on every way a person has to change a record. */
import type { Definition } from '../../schemas/generated/types'
import type { WireRecord } from '../../runtime/engine'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { studioOf } from '../support/drafts'
import type { Entity } from '../../schemas/generated/types'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const change = { ...flow([start, ask('boss', 'mia'), approved], ['start > boss', 'boss > approved'], { trigger: { when: "state == 'signed'", watchFields: ['amount', 'double'] }, recordPolicy: { lock: 'none', onChange: 'hold' } }), name: 'change', entity: 'deal' }
const documents: Definition[] = [
  entity('deal', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0', readOnlyWhen: "state == 'signed'" }), field('integer', 'pieces'), field('formula', 'double', { formula: 'coalesce(pieces, 0) * 2', result: { type: 'decimal' } }), field('text', 'note'), field('text', 'fixed', { readOnlyWhen: "state == 'signed'" }), field('text', 'state')]),
  change,
  role('worker', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['change'] }] }),
  role('boss', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
  role('keeper', { capabilities: ['studio'], grants: [] }),
]
type Answer = WireRecord & ProblemBody & { pendingChange?: string }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'kim', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'boss', kim: 'keeper' })) { await host.addUser({ username, name: username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(() => host?.close())

const signed = async (members = {}) => (await as.ann.create('deal', { name: 'A deal', amount: '10', note: 'first', fixed: 'so', state: 'signed', ...members })).id
const patch = (id: string, members: object) => as.ann.patch<Answer>(`/records/deal/${id}`, members)
const decide = async (id: string, decision = 'approve') => {
  const { items } = await as.mia.must(as.mia.get<{ items: { id: string; record: string }[] }>('/tasks', { limit: '200' }))
  return as.mia.post<ProblemBody>(`/tasks/${items.find((t) => t.record === id)!.id}/decide`, { decision, comment: 'so' })
}

test('an edit of other fields is written at once, by the rules that hold for everybody', async () => {
  const id = await signed()
  expect(await patch(id, { note: 'second' })).toMatchObject({ status: 200, body: { note: 'second' } })
  const { status, body } = await patch(id, { fixed: 'otherwise' })
  expect([status, body.problems.map((p) => `${p.path} ${p.code}`)]).toEqual([422, ['/fixed locked']])
})

test('an edit that touches a watched field is held as a whole, though the field is locked otherwise', async () => {
  const id = await signed()
  expect(await patch(id, { amount: '20', note: 'second' })).toMatchObject({ status: 202, body: { amount: '10.00', note: 'first', pendingChange: expect.any(String) as string } })
  await decide(id)
  expect(await as.ann.read('deal', id)).toMatchObject({ amount: '20.00', note: 'second' })
  expect((await patch(id, { amount: '30', fixed: 'otherwise' })).status).toBe(422)
})

test('what a watched formula reads is watched with it', async () => {
  const id = await signed({ pieces: 2 })
  expect((await patch(id, { pieces: 3 })).status).toBe(202)
})

test('putting back is held like the edit it is', async () => {
  const id = await signed({ state: null })
  await as.ann.must(patch(id, { amount: '11' }))
  await as.ann.must(patch(id, { state: 'signed' }))
  const { items } = await as.ann.must(as.ann.get<{ items: { id: string; changes: { field: string }[] }[] }>(`/records/deal/${id}/history`))
  const entry = items.find((i) => i.changes.some((c) => c.field === 'amount'))!
  expect(await as.ann.post<Answer>(`/records/deal/${id}/history/${entry.id}/restore`, {})).toMatchObject({ status: 202, body: { amount: '11.00', pendingChange: expect.any(String) as string } })
  await decide(id)
  expect(await as.ann.read('deal', id)).toMatchObject({ amount: '10.00' })
})

test('an import and a merge cannot wait: they are refused, and nothing is written or begun', async () => {
  const [id, other] = [await signed(), await signed({ amount: '99' })]
  await expect(host.stage.as('ann').update('deal', id, { amount: '20' })).rejects.toMatchObject({ status: 409, code: 'changeHeld' })
  await host.stage.as('ann').update('deal', id, { note: 'of an import' })
  expect((await as.ann.post<ProblemBody>('/records/deal/merge', { into: id, from: [other], fields: { amount: other } })).body).toMatchObject({ status: 409, code: 'changeHeld' })
  expect(await as.ann.read('deal', id)).toMatchObject({ amount: '10.00', note: 'of an import' })
  expect((await as.ann.must(as.ann.get<{ items: unknown[] }>(`/records/deal/${id}/flow-instances`))).items).toEqual([])
})

test('a held change knows its fields by the names they were given since', async () => {
  const id = await signed()
  await patch(id, { amount: '20' })
  const studio = studioOf(as.kim)
  await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: d.fields.map((f) => (f.name === 'amount' ? { ...f, name: 'value', aliases: ['amount'] } : f)) }))
  expect((await studio.publish()).status).toBe(201)
  expect((await as.ann.must(as.ann.get<{ items: { changes: object[] }[] }>(`/records/deal/${id}/flow-instances`))).items[0]!.changes).toEqual([{ field: 'value', from: '10.00', to: '20.00' }])
  expect((await decide(id)).status).toBe(200)
  expect(await as.ann.read('deal', id)).toMatchObject({ value: '20.00' })
})
