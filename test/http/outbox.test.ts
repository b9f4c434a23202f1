/** What the world outside is told: with the commit or not at all, at least once, under one id, signed, and never led inside. */
import { createHmac } from 'node:crypto'
import type { Action, Effect } from '../../schemas/generated/types'
import { httpOutside, isPrivate } from '../../server/outbox/http-outside'
import { listeners } from '../../server/outbox/listeners'
import { enqueue } from '../../server/outbox/outbox'
import { collections } from '../../server/model/collections'
import { asEngine, contextFor, inTransaction, systemPerson } from '../../server/use-cases/context'
import { entity, field, label, problemsIn, role } from '../support/catalog'
import type { Client } from '../support/client'
import { movableClock, startTestHost, type TestHost } from '../support/host'
import { startReceiver, type Receiver } from '../support/receiver'

const longestPause = 330_000
const clock = movableClock()
let host: TestHost
let partner: Receiver
let ann: Client
const thing = entity('thing', [field('text', 'name'), field('decimal', 'amount', { scale: 2 }), field('integer', 'count', { max: 10 })])
const action = (name: string, steps: Effect[]): Action => ({ kind: 'action', name, entity: 'thing', label, steps })

beforeAll(async () => {
  partner = await startReceiver()
  const tell = (members: object): Effect => ({ id: 'tell', kind: 'webhook', url: `${partner.url}/things`, secret: 'partner', body: { name: 'name', amount: 'amount', count: 'count' }, ...members }) as Effect
  host = await startTestHost({
    clock, documents: [thing, action('tell', [tell({})]), action('tellOnce', [tell({ onError: 'fail' })]), action('tellQuietly', [tell({ onError: 'deadLetter' })]), action('tellUnsigned', [tell({ secret: 'unknown' })]),
      action('tellAndFail', [tell({}), { id: 'no', kind: 'setField', values: { count: '99' } }]),
      role('boss', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', actions: ['tell', 'tellOnce', 'tellQuietly', 'tellUnsigned', 'tellAndFail'] }] })],
  })
  await host.addUser({ username: 'ann', roles: ['boss'] })
  ann = await host.signIn('ann')
})
afterAll(async () => { await host?.close(); await partner?.close() })
beforeEach(() => { partner.received.length = 0; partner.answers.length = 0 })

const newThing = () => ann.create('thing', { name: '磁钢', amount: '1234.50', count: 3 })
const run = async (name: string) => ann.must(ann.action('thing', (await newThing()).id, name))
const rows = () => host.services.store.find(collections.outbox, { sort: [{ column: 'createdAt' }] })
const last = async () => (await rows()).at(-1)!

test('rule 17: an action tells another system after its commit, signed over time and content', async () => {
  await run('tell')
  await host.worker.runDue()
  expect(partner.received).toHaveLength(1)
  const [{ method, path, headers, text, body }] = partner.received as [Receiver['received'][number]]
  expect({ method, path, body }).toEqual({ method: 'POST', path: '/things', body: { name: '磁钢', amount: '1234.5', count: 3 } })
  expect(headers['x-formwright-signature']).toBe(`sha256=${createHmac('sha256', 'a shared secret').update(`${headers['x-formwright-timestamp'] as string}.${text}`).digest('hex')}`)
  expect(await last()).toMatchObject({ status: 'done', attempts: 1, id: headers['x-formwright-delivery'], answer: { status: 200, body: { ok: true } } })
})

test('rule 17: a command that is refused tells nobody', async () => {
  const before = (await rows()).length
  expect((await ann.action('thing', (await newThing()).id, 'tellAndFail')).status).toBe(422)
  await host.worker.runDue()
  expect(partner.received).toEqual([])
  expect(await rows()).toHaveLength(before)
})

test('rule 17: what is answered badly is sent again, later and later, under the same id; then it is given up and replayed by hand', async () => {
  partner.answers.push(...Array.from({ length: 8 }, () => ({ status: 503, body: 'busy' })))
  await run('tell')
  const { id } = await last()
  for (let i = 0; i < 8; i++) { await host.worker.runDue(); clock.tick(longestPause) }
  expect(partner.received).toHaveLength(8)
  expect(new Set(partner.received.map((r) => r.headers['x-formwright-delivery']))).toEqual(new Set([id]))
  expect(await last()).toMatchObject({ status: 'dead', attempts: 8, lastError: 'HTTP 503: busy' })
  await host.worker.runDue()
  expect(partner.received).toHaveLength(8)

  const dead = await ann.must(ann.get<{ items: { id: string; attempts: number; lastError: string }[] }>('/outbox', { status: 'dead' }))
  expect(dead.items).toEqual([expect.objectContaining({ id, kind: 'webhook', attempts: 8, lastError: 'HTTP 503: busy' })])
  expect(JSON.stringify(dead)).not.toContain('a shared secret')
  expect((await ann.post(`/outbox/${id}/replay`)).status).toBe(204)
  await host.worker.runDue()
  expect(partner.received).toHaveLength(9)
  expect(await last()).toMatchObject({ id, status: 'done' })
  expect((await ann.post(`/outbox/${id}/replay`)).status).toBe(409)
})

test('the next attempt waits: not before its pause, and the pauses grow', async () => {
  partner.answers.push(...Array.from({ length: 4 }, () => ({ status: 500 })))
  await run('tell')
  const pauses: number[] = []
  for (let i = 0; i < 4; i++) {
    await host.worker.runDue()
    const pause = Date.parse((await last()).nextTry as string) - Date.parse(clock.now())
    pauses.push(pause)
    await host.worker.runDue()
    expect(partner.received).toHaveLength(i + 1)
    clock.tick(pause + 1000)
  }
  pauses.forEach((pause, i) => { expect(pause).toBeLessThanOrEqual(5000 * 2 ** i); expect(pause).toBeGreaterThan(2000 * 2 ** i) })
  await host.worker.runDue()
  expect(await last()).toMatchObject({ status: 'done', attempts: 5 })
})

test('onError: fail gives up at once and tells the administrators, deadLetter keeps it quietly', async () => {
  const notices = () => host.services.store.count(collections.notice, { where: { path: ['kind'], op: 'eq', value: 'deliveryFailed' } })
  const before = await notices()
  partner.answers.push({ status: 400 }, { status: 400 })
  await run('tellQuietly')
  await host.worker.runDue()
  expect([(await last()).status, await notices()]).toEqual(['dead', before])
  await run('tellOnce')
  await host.worker.runDue()
  expect([(await last()).status, await notices()]).toEqual(['dead', before + 1])
})

test('a secret that is not configured is not sent without', async () => {
  await run('tellUnsigned')
  await host.worker.runDue()
  expect(partner.received).toEqual([])
  expect(await last()).toMatchObject({ status: 'dead', attempts: 1, lastError: 'there is no secret “unknown” (WEBHOOK_SECRET_unknown)' })
})

test('a redirect is not followed', async () => {
  partner.answers.push({ status: 302, headers: { location: `${partner.url}/elsewhere` } })
  await run('tellOnce')
  await host.worker.runDue()
  expect(partner.received.map((r) => r.path)).toEqual(['/things'])
  expect(await last()).toMatchObject({ status: 'dead' })
})

test('rule 17: the same id is told once, and its listener learns of it in the same commit', async () => {
  const heard: unknown[] = []
  listeners.test = { done: (_ctx, params, answer) => { heard.push({ params, answer }); return Promise.resolve() }, failed: (_ctx, params, reason) => { heard.push({ params, reason }); return Promise.resolve() } }
  const ctx = asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
  const delivery = (id: string) => ({ id, kind: 'webhook', params: { url: partner.url, method: 'POST', body: {}, secret: null }, onError: 'fail' as const, listener: { kind: 'test', params: { node: id } } })
  for (let i = 0; i < 2; i++) await inTransaction(ctx, (inside) => enqueue(inside, delivery('i1.node.1.tell')))
  await host.worker.runDue()
  await inTransaction(ctx, (inside) => enqueue(inside, delivery('i1.node.1.tell')))
  partner.answers.push({ status: 500 })
  await inTransaction(ctx, (inside) => enqueue(inside, delivery('i1.node.2.tell')))
  await host.worker.runDue()
  delete listeners.test
  expect(partner.received).toHaveLength(2)
  expect(heard).toEqual([{ params: { node: 'i1.node.1.tell' }, answer: { status: 200, body: { ok: true } } }, { params: { node: 'i1.node.2.tell' }, reason: 'HTTP 500: {"ok":true}' }])
})

describe('addresses inside', () => {
  const guarded = httpOutside({ secrets: new Map(), allowed: [] })
  const send = (url: string) => guarded.send({ url, method: 'POST', headers: {}, body: '{}' })
  test.each(['http://127.0.0.1', 'http://[::1]', 'http://localhost', 'http://10.1.2.3', 'http://192.168.1.1', 'http://169.254.169.254/latest/meta-data', 'http://0x7f.1', 'http://2130706433', 'http://[::ffff:127.0.0.1]', 'http://[fd00::1]', 'http://0.0.0.0'])('%s is refused', async (origin) => {
    await expect(send(origin)).rejects.toThrow('an address inside')
  })
  test.each(['ftp://example.com', 'file:///etc/passwd', 'nonsense'])('%s is no web address', async (url) => { await expect(send(url)).rejects.toThrow('is no web address') })
  test('public ones are not', () => expect(['1.1.1.1', '172.32.0.1', '2606:4700::1111'].map(isPrivate)).toEqual([false, false, false]))
  test('a receiver that says nothing is not waited for', async () => {
    const impatient = httpOutside({ secrets: new Map(), allowed: ['127.0.0.1'], patience: 50 })
    const { createServer } = await import('node:net')
    const mute = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => mute.once('listening', resolve))
    await expect(impatient.send({ url: `http://127.0.0.1:${(mute.address() as { port: number }).port}`, method: 'POST', headers: {}, body: '{}' })).rejects.toThrow()
    mute.close()
  })
})

test('publishing refuses an expression that does not hold', () => {
  expect(problemsIn([thing, action('tell', [{ id: 'a', kind: 'webhook', url: 'https://example.com', body: { x: 'gone' } }])])).toEqual(['action thing.tell /steps/0/body/x badExpression'])
})
