/** Flows that begin by themselves, through the real server: after creating, after a move, instead of a deletion. */
import type { Definition, Flow, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const one = (name: string, of: string, members: Partial<Flow>): Flow => ({ ...flow([start, ask('first', 'mia'), approved], ['start > first', 'first > approved']), name, entity: of, ...members })
const flows = [
  one('onCreate', 'thing', { trigger: { on: ['create'], when: "note == 'check'" } }),
  one('urgentFirst', 'thing', { trigger: { on: ['create'], when: "note == 'check' && amount > 100", priority: 10 } }),
  one('onDelete', 'thing', { trigger: { on: ['delete'], when: 'amount > 100' } }),
  one('fragile', 'thing', { trigger: { on: ['create'], when: "note != 'check' && note != null && addDays(note, 1) > '2026-01-01'" } }),
  one('other', 'thing', { recordPolicy: { onDelete: 'cancel', lock: 'none' } }),
  one('onMove', 'deal', { trigger: { on: ['stageTransition'], when: "stage == 'offer'" }, recordPolicy: { lock: 'none' } }),
]
const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const pipeline: Pipeline = { kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: [{ id: 'contact', label, category: 'open' }, { id: 'offer', label, category: 'open' }, { id: 'won', label, category: 'won' }] }
const rights = (of: string) => ({ entity: of, verbs: ['create' as const, 'read' as const, 'update' as const, 'delete' as const], scope: 'all' as const, flows: ['other'] })
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note')]),
  entity('part', [field('text', 'name', { required: true }), field('reference', 'thing', { entity: 'thing' })]),
  entity('deal', [field('text', 'name', { required: true }), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'state', { options })], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'state' } }),
  pipeline, ...flows,
  role('worker', { grants: [rights('thing'), { ...rights('part'), flows: [] }, { ...rights('deal'), flows: [] }] }),
  role('approver', { grants: [] }),
]

interface Instance { id: string; flow: string; status: string; purpose: { kind: string } | null }
let host: TestHost
const as = {} as Record<'ann' | 'mia', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'approver' })) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(() => host?.close())

const instances = async (of: string, record: string) => (await as.ann.must(as.ann.get<{ items: Instance[] }>(`/records/${of}/${record}/flow-instances`))).items
const decide = async (record: string, decision: 'approve' | 'reject') => {
  const { items } = await as.mia.must(as.mia.get<{ items: { id: string; record: string }[] }>('/tasks', { limit: '200' }))
  return as.mia.post<{ code?: string }>(`/tasks/${items.find((t) => t.record === record)!.id}/decide`, { decision, comment: 'because' })
}
const make = async (members: object = {}) => (await as.ann.create('thing', { name: 'A thing', ...members })).id
const remove = (record: string) => as.ann.delete<{ pendingDeletion?: string; code?: string }>(`/records/thing/${record}`)
const gone = async (record: string) => (await as.ann.get(`/records/thing/${record}`)).status === 404

test('create: it begins where its condition holds, the most important first', async () => {
  expect(await instances('thing', await make())).toEqual([])
  expect((await instances('thing', await make({ note: 'check' }))).map((i) => i.flow)).toEqual(['onCreate'])
  expect((await instances('thing', await make({ note: 'check', amount: '200' }))).map((i) => i.flow)).toEqual(['urgentFirst'])
})

test('a condition that cannot be evaluated refuses the command and says why', async () => {
  const { status, body } = await as.ann.post<{ code: string }>('/records/thing', { name: 'A thing', note: 'no day' })
  expect([status, body.code]).toEqual([422, 'badExpression'])
})

test('stageTransition: after the move, not before', async () => {
  const { id } = await as.ann.create('deal', { name: 'A deal', mode: 'sales' })
  expect(await instances('deal', id)).toEqual([])
  await as.ann.must(as.ann.post(`/records/deal/${id}/stage`, { to: 'offer' }))
  expect((await instances('deal', id)).map((i) => [i.flow, i.status])).toEqual([['onMove', 'running']])
})

test('delete: the record stays until the deletion is approved', async () => {
  const record = await make({ amount: '500' })
  const { status, body } = await remove(record)
  expect([status, await gone(record)]).toEqual([202, false])
  expect(await instances('thing', record)).toEqual([expect.objectContaining({ id: body.pendingDeletion, purpose: { kind: 'deletion' }, status: 'running' })])
  expect((await remove(record)).status).toBe(409)
  expect((await as.ann.patch(`/records/thing/${record}`, { note: 'changed' })).status).toBe(409)
  expect((await decide(record, 'approve')).status).toBe(200)
  expect(await gone(record)).toBe(true)
  const { items } = await as.ann.must(as.ann.get<{ items: { kind: string; text: string; link: object }[] }>('/notices'))
  expect(items[0]).toMatchObject({ kind: 'ended', text: 'Approval ended (approved): A thing', link: { record, instance: body.pendingDeletion, box: 'started' } })
  await as.ann.must(as.ann.post(`/records/thing/${record}/restore`))
  expect(await gone(record)).toBe(false)
})

test('delete: rejected, or where the condition does not hold', async () => {
  const [large, small] = [await make({ amount: '500' }), await make({ amount: '5' })]
  await remove(large)
  expect((await decide(large, 'reject')).status).toBe(200)
  expect(await gone(large)).toBe(false)
  expect((await remove(small)).status).toBe(204)
  expect(await gone(small)).toBe(true)
})

test('delete: what is in use is refused at once, and on the decision when it came into use', async () => {
  const record = await make({ amount: '500' })
  const part = await as.ann.create('part', { name: 'A part', thing: record })
  expect((await remove(record)).body.code).toBe('inUse')
  expect(await instances('thing', record)).toEqual([])
  await as.ann.must(as.ann.delete(`/records/part/${part.id}`))
  expect((await remove(record)).status).toBe(202)
  await as.ann.create('part', { name: 'Another part', thing: record })
  const refused = await decide(record, 'approve')
  expect([refused.status, refused.body.code, await gone(record)]).toEqual([409, 'inUse', false])
  expect((await decide(record, 'reject')).status).toBe(200)
})

test('deleting is offered where approvals of the record give way to it', async () => {
  const record = await make({ amount: '5' })
  await as.ann.must(as.ann.post(`/records/thing/${record}/flows/other`, {}))
  expect(await as.ann.must(as.ann.get(`/records/thing/${record}/commands`))).toMatchObject({ delete: true })
  expect((await remove(record)).status).toBe(204)
})
