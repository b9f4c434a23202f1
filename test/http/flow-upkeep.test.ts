/** What becomes of what is over, and of what was given up: old traces leave, a timer that fails again and again is an administrator's. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import type { Collection } from '../../server/ports/store'
import { entity, field, role } from '../support/catalog'
import { approved, ask, flow, start } from '../support/flows'
import { movableClock, startTestHost, type TestHost } from '../support/host'
import { startMailbox } from '../support/mailbox'
import { startReceiver, type Receiver } from '../support/receiver'

const day = 86_400_000
const hour = 3_600_000
const clock = movableClock()
let host: TestHost, partner: Receiver
let mailbox: Awaited<ReturnType<typeof startMailbox>>
const onThing = (name: string, definition: Flow): Flow => ({ ...definition, name, entity: 'thing', recordPolicy: { lock: 'none' } })
const thing = entity('thing', [field('text', 'name', { required: true }), field('integer', 'count', { max: 10 }), field('integer', 'wish')])

beforeAll(async () => {
  partner = await startReceiver()
  mailbox = await startMailbox()
  const documents: Definition[] = [
    thing,
    onThing('paused', flow([start, { id: 'pause', type: 'timer', after: 'PT1H' }, { ...approved, effects: [{ id: 'take', kind: 'setField', values: { count: 'wish' } }] }], ['start > pause', 'pause > approved'])),
    { ...onThing('asked', flow([start, ask('first', 'mia'), approved], ['start > first', 'first > approved'])), settings: { emailDecision: 'confirmPage' } },
    { kind: 'action', name: 'tell', entity: 'thing', label: { en: 'Tell', zh: '通知' }, steps: [{ id: 'tell', kind: 'webhook', url: partner.url, onError: 'fail' }] },
    role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'all', flows: ['paused', 'asked'], actions: ['tell'] }] }),
    role('approver', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
    role('keeper', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
  ]
  host = await startTestHost({ clock, documents, smtpUrl: mailbox.url })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'approver', kim: 'keeper' })) await host.addUser({ username, roles: [name], email: `${username}@example.com` })
})
afterAll(async () => { await host?.close(); await mailbox?.close(); await partner?.close() })

const count = (collection: Collection, status?: string) => host.services.store.count(collection, status === undefined ? {} : { where: { path: ['status'], op: 'eq', value: status } })

test('a timer that fails again and again is an incident that tells why; repaired and retried it goes on', async () => {
  const ann = await host.signIn('ann')
  const { id: record } = await ann.create('thing', { name: 'A thing', wish: 99 })
  const { id } = await ann.must(ann.post<{ id: string }>(`/records/thing/${record}/flows/paused`, {}))
  for (let i = 0; i < 11; i++) { clock.tick(hour + 60_000); await host.worker.runDue() }
  const kim = await host.signIn('kim')
  const { items } = await kim.must(kim.get<{ items: { id: string; faults: string[] }[] }>('/flow-instances/stuck'))
  expect(items).toEqual([expect.objectContaining({ id, faults: [expect.stringContaining('10')] })])
  expect((await kim.must(kim.get<{ items: { kind: string }[] }>('/notices'))).items.map((n) => n.kind)).toEqual(['incident'])
  expect([await count(collections.timer), (await kim.must(kim.get<{ troubles: object }>('/health/ready'))).troubles]).toEqual([0, { stuckApprovals: 1, deadDeliveries: 0, failedTimers: 0 }])
  const again = await host.signIn('ann')
  await again.must(again.patch(`/records/thing/${record}`, { wish: 5 }))
  await kim.must(kim.post(`/flow-instances/${id}/retry`))
  await host.worker.runDue()
  expect(await again.must(again.get(`/flow-instances/${id}`))).toMatchObject({ status: 'approved' })
  expect(await again.must(again.get(`/records/thing/${record}`))).toMatchObject({ count: 5 })
})

test('deliveries that arrived, notices, links and answers leave after their days; what was given up stays', async () => {
  const ann = await host.signIn('ann')
  const { id: record } = await ann.create('thing', { name: 'A thing' })
  await ann.must(ann.request('POST', `/records/thing/${record}/flows/asked`, { body: {}, headers: { 'idempotency-key': 'once' } }))
  partner.answers.push({ status: 200 }, { status: 500 })
  for (let i = 0; i < 2; i++) { await ann.must(ann.action('thing', record, 'tell')); await host.worker.runDue() }
  const kept = async () => ({ done: await count(collections.outbox, 'done') > 0, dead: await count(collections.outbox, 'dead'), notices: await count(collections.notice) > 0, links: await count(collections.decideLink), answers: await count(collections.idempotency) })
  expect(await kept()).toEqual({ done: true, dead: 1, notices: true, links: 1, answers: 1 })
  const after = async (days: number) => { clock.tick(days * day); await host.worker.runDue(); return kept() }
  expect(await after(6)).toEqual({ done: true, dead: 1, notices: true, links: 1, answers: 1 })
  expect(await after(10)).toEqual({ done: true, dead: 1, notices: true, links: 0, answers: 0 })
  expect(await after(16)).toEqual({ done: false, dead: 1, notices: true, links: 0, answers: 0 })
  expect(await after(150)).toEqual({ done: false, dead: 1, notices: false, links: 0, answers: 0 })
  expect((await (await host.signIn('mia')).must((await host.signIn('mia')).get<{ items: object[] }>('/tasks'))).items).toHaveLength(1)
})
