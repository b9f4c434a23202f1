/** A node that asks another system, through the real server and a real receiver: asked once under one id, answered, failed, repaired. */
import type { Definition, Flow, FlowNode } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import type { TrailEntry } from '../../server/flows/trail'
import { entity, field, problemsIn, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { movableClock, startTestHost, type TestHost } from '../support/host'
import { startReceiver, type Receiver } from '../support/receiver'

const onThing = (name: string, definition: Flow): Flow => ({ ...definition, name, entity: 'thing', recordPolicy: { lock: 'none' } })
const score = (url: string, members: object = {}): FlowNode => ({ id: 'score', type: 'service', url, body: { name: 'name', amount: 'amount' }, secret: 'partner', values: { note: 'result.body.level', amount: 'result.body.limit' }, ...members }) as FlowNode
const thing = entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note', { maxLength: 10 })])
const waysOut = ['start > score', 'score > first', 'first > approved']

interface Task { id: string; node: string; status: string }
interface Instance { id: string; status: string; tokens: { node: string; incident?: string }[]; tasks: Task[]; trail: TrailEntry[] }

const longestPause = 330_000
const clock = movableClock()
let host: TestHost
let partner: Receiver
const as = {} as Record<'ann' | 'mia' | 'kim', Client>

beforeAll(async () => {
  partner = await startReceiver()
  const flows = [
    onThing('plain', flow([start, score(`${partner.url}/score`), ask('first', 'mia'), approved], waysOut)),
    onThing('once', flow([start, score(`${partner.url}/score`, { onError: 'fail' }), ask('first', 'mia'), approved], waysOut)),
    onThing('careful', flow([start, score(`${partner.url}/score`, { onError: 'fail' }), ask('first', 'mia'), ask('manual', 'mia'), approved],
      ['start > score', 'score > manual when !result.ok', "score > approved when result.body.level == 'A'", 'score > first else', 'first > approved', 'manual > approved'])),
    onThing('broken', flow([start, score(`${partner.url}/score`, { body: { day: 'addDays(note, 1)' } }), ask('first', 'mia'), approved], waysOut)),
  ]
  const documents: Definition[] = [
    thing, ...flows,
    role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
    role('approver', { grants: [] }),
    role('keeper', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
  ]
  host = await startTestHost({ clock, documents })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'approver', kim: 'keeper' })) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(async () => { await host?.close(); await partner?.close() })
beforeEach(() => { partner.received.length = 0; partner.answers.length = 0 })

const make = async (members = {}) => (await as.ann.create('thing', { name: '磁钢', amount: '1234.50', ...members })).id
const submit = (record: string, name: string) => as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const thingOf = (id: string) => as.ann.must(as.ann.get<{ note: string; amount: string }>(`/records/thing/${id}`))
const answer = (body: unknown, status = 200) => partner.answers.push({ status, body: JSON.stringify(body) })
const places = ({ tokens }: Instance) => tokens.map((t) => t.node)

test('the answer fills fields exactly, in the commit that goes on', async () => {
  const record = await make()
  answer({ level: 'B', limit: 0.1 })
  const before = await submit(record, 'plain')
  expect([before.status, places(before)]).toEqual(['running', ['score']])
  await host.worker.runDue()
  expect(partner.received.map((r) => r.body)).toEqual([{ name: '磁钢', amount: '1234.5' }])
  expect(partner.received[0]!.headers).toMatchObject({ 'x-formwright-delivery': `${before.id}.score.1.request`, 'x-formwright-signature': expect.stringContaining('sha256=') as string })
  const { status, tokens, tasks, trail } = await instanceOf(before.id)
  expect([status, tokens.map((t) => t.node), tasks.map((t) => t.node)]).toEqual(['running', ['first'], ['first']])
  expect(trail.map((t) => t.kind)).toEqual(['submitted', 'serviceDone'])
  expect(await thingOf(record)).toMatchObject({ note: 'B', amount: '0.10' })
})

test('ways ask for the answer, and for the failure', async () => {
  const [good, other, failed] = [await submit(await make(), 'careful'), await submit(await make(), 'careful'), await submit(await make(), 'careful')]
  partner.answers.push({ status: 200, body: '{"level":"A","limit":1}' }, { status: 200, body: '{"level":"C","limit":1}' }, { status: 500 })
  await host.worker.runDue()
  const states = await Promise.all([good, other, failed].map(async ({ id }) => { const now = await instanceOf(id); return now.status === 'running' ? places(now).join() : now.status }))
  expect(states.sort()).toEqual(['approved', 'first', 'manual'])
})

test('rule 17: failures are repeated under one id, then it stands still until it is retried: the same id again', async () => {
  const { id } = await submit(await make(), 'plain')
  for (let i = 0; i < 8; i++) answer('busy', 503)
  for (let i = 0; i < 8; i++) { await host.worker.runDue(); clock.tick(longestPause) }
  const stuck = await instanceOf(id)
  expect([stuck.status, stuck.tokens[0]!.incident, partner.received.length]).toEqual(['incident', 'HTTP 503: "busy"', 8])
  expect((await as.kim.must(as.kim.get<{ items: { id: string }[] }>('/flow-instances/stuck'))).items.map((i) => i.id)).toContain(id)
  await as.kim.must(as.kim.post(`/flow-instances/${id}/retry`))
  await host.worker.runDue()
  expect(new Set(partner.received.map((r) => r.headers['x-formwright-delivery']))).toEqual(new Set([`${id}.score.1.request`]))
  expect(places(await instanceOf(id))).toEqual(['first'])
  expect((await instanceOf(id)).trail.map((t) => t.kind)).toEqual(['submitted', 'serviceFailed', 'incident', 'retried', 'serviceDone'])
})

test('an answer that comes by a replay of the outbox counts, too', async () => {
  const { id } = await submit(await make(), 'once')
  answer('no', 400)
  await host.worker.runDue()
  expect((await instanceOf(id)).status).toBe('incident')
  await as.kim.must(as.kim.post(`/outbox/${id}.score.1.request/replay`))
  await host.worker.runDue()
  expect((await instanceOf(id)).status).toBe('running')
})

test('an answer that does not fit the record is a failure, and what it began is undone', async () => {
  const record = await make()
  const { id } = await submit(record, 'plain')
  answer({ level: 'much longer than ten characters', limit: 5 })
  await host.worker.runDue()
  const stuck = await instanceOf(id)
  expect([stuck.status, places(stuck)]).toEqual(['incident', ['score']])
  expect(await thingOf(record)).toMatchObject({ note: null, amount: '1234.50' })
  answer({ level: 'B', limit: 'plenty' })
  await as.kim.must(as.kim.post(`/flow-instances/${id}/retry`))
  await host.worker.runDue()
  expect((await instanceOf(id)).tokens[0]!.incident).toContain('number')
})

test('what cannot be put together is not sent: an incident', async () => {
  const { id } = await submit(await make({ note: 'no day' }), 'broken')
  await host.worker.runDue()
  expect(partner.received).toEqual([])
  expect((await instanceOf(id)).status).toBe('incident')
})

test('withdrawn before it was sent: nobody is asked', async () => {
  const { id } = await submit(await make(), 'plain')
  await as.ann.must(as.ann.post(`/flow-instances/${id}/withdraw`))
  await host.worker.runDue()
  expect(partner.received).toEqual([])
  expect(await host.services.store.get(collections.outbox, `${id}.score.1.request`)).toBeUndefined()
})

describe('publishing refuses', () => {
  const problems = (nodes: FlowNode[], ways: string[]) => problemsIn([thing, onThing('a', flow(nodes, ways))])
  const url = 'https://example.com'

  test('expressions that do not hold and fields that are not there, each with its place', () => {
    expect(problems([start, score(url, { body: { x: 'gone' }, values: { nothing: 'result.ok', note: 'result.body.x' } }), ask('first', 'mia'), approved], waysOut)).toEqual(['flow a /nodes/1/body/x badExpression', 'flow a /nodes/1/values/nothing noSuchField'])
  })
  test('a circle in which another system is asked again and again', () => {
    expect(problems([start, score(url), { id: 'by', type: 'exclusive' }, approved], ['start > score', 'score > by', 'by > score when amount > 1', 'by > approved else']).filter((p) => p.endsWith('flowLoop'))).toHaveLength(1)
  })
})
