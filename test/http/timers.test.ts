/** Timers on the running server: planned with a commit, fired once, whoever looks and whatever stopped in between. */
import { timerHandlers } from '../../server/timers/handlers'
import { fireDueTimers } from '../../server/timers/fire'
import { cancelTimers, schedule, type Timer } from '../../server/timers/timers'
import { claimDue } from '../../server/jobs/due'
import { collections } from '../../server/model/collections'
import { asEngine, contextFor, inTransaction, systemPerson, type WriteContext } from '../../server/use-cases/context'
import { createRecord } from '../../server/use-cases/create-record'
import pino from 'pino'
import { field, entity } from '../support/catalog'
import { movableClock, startTestHost, type TestHost } from '../support/host'

const hour = 3_600_000
const silent = pino({ level: 'silent' })
let host: TestHost
const clock = movableClock()
beforeAll(async () => {
  host = await startTestHost({ documents: [entity('thing', [field('text', 'name')])], clock })
  timerHandlers.make = async (ctx, { params }) => { await createRecord(ctx, 'thing', { name: params.name as string }) }
  timerHandlers.refuse = () => Promise.reject(new Error('not yet'))
})
afterAll(async () => { delete timerHandlers.make; delete timerHandlers.refuse; await host?.close() })

const engine = async () => asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
const inCommit = async (work: (ctx: WriteContext) => Promise<void>) => inTransaction(await engine(), work)
const at = (ms: number) => new Date(Date.parse(clock.now()) + ms).toISOString()
const make = (id: string, ms: number): Timer => ({ id, kind: 'make', at: at(ms), params: { name: id } })
const made = async () => (await host.stage.engine.list('thing', { limit: 200 })).items.map((t) => t.name as string).sort()
const waiting = async () => (await host.services.store.find(collections.timer, {})).map((t) => t.id).sort()

test('rule 16: a timer fires at its time, once, and not before', async () => {
  await inCommit((ctx) => schedule(ctx, make('a.1', hour)))
  await inCommit((ctx) => schedule(ctx, make('a.1', 2 * hour)))
  await host.worker.runDue()
  expect(await made()).toEqual([])
  clock.tick(hour)
  await host.worker.runDue()
  await host.worker.runDue()
  expect(await made()).toEqual(['a.1'])
  expect(await waiting()).toEqual([])
})

test('rule 16: after downtime each fires once, though several processes look', async () => {
  await inCommit(async (ctx) => { for (let i = 0; i < 40; i++) await schedule(ctx, make(`b.${i}`, i * 60_000)) })
  clock.tick(30 * 24 * hour)
  await Promise.all(Array.from({ length: 4 }, () => fireDueTimers(host.services, host.holder, silent)))
  await host.worker.runDue()
  expect((await made()).filter((n) => n.startsWith('b.'))).toHaveLength(40)
  expect(await waiting()).toEqual([])
})

test('rule 16: what is late fires in the order of its moments, though a process died over the first', async () => {
  const fired: string[] = []
  timerHandlers.note = async (_ctx, { id }) => { fired.push(id) }
  await inCommit(async (ctx) => { for (const [id, minutes] of [['e.3', 3], ['e.1', 1], ['e.2', 2]] as const) await schedule(ctx, { id, kind: 'note', at: at(minutes * 60_000), params: {} }) })
  clock.tick(90_000)
  await claimDue(host.services, collections.timer, 10, 5 * 60_000)
  clock.tick(hour)
  await host.worker.runDue()
  delete timerHandlers.note
  expect(fired).toEqual(['e.1', 'e.2', 'e.3'])
})

test('a commit that fails plans nothing, and taking back takes every timer of that prefix', async () => {
  await expect(inCommit(async (ctx) => { await schedule(ctx, make('c.1', hour)); throw new Error('refused') })).rejects.toThrow('refused')
  expect(await waiting()).toEqual([])
  await inCommit(async (ctx) => { for (const id of ['d.n.1.remind', 'd.n.1.escalate', 'd.n.2.remind', 'dx.n.1.remind']) await schedule(ctx, make(id, hour)) })
  await inCommit((ctx) => cancelTimers(ctx, 'd.n.1.'))
  expect(await waiting()).toEqual(['d.n.2.remind', 'dx.n.1.remind'])
  await inCommit((ctx) => cancelTimers(ctx, 'd'))
  expect(await waiting()).toEqual([])
})

test('a handler that fails leaves nothing behind, is asked again later, and at last given up', async () => {
  timerHandlers.half = async (ctx, timer) => { await timerHandlers.make!(ctx, timer); throw new Error('half way') }
  await inCommit((ctx) => schedule(ctx, { ...make('e.1', 0), kind: 'half' }))
  for (let i = 0; i < 10; i++) { await fireDueTimers(host.services, host.holder, silent); clock.tick(2 * hour) }
  expect(await made()).not.toContain('e.1')
  expect(await host.services.store.get(collections.timer, 'e.1')).toMatchObject({ status: 'failed', attempts: 10, lastError: 'half way' })
  delete timerHandlers.half
})

test('a worker that died with a timer in hand is followed by another', async () => {
  await inCommit((ctx) => schedule(ctx, make('f.1', 0)))
  await host.services.store.transaction(async (tx) => { await tx.update(collections.timer, 'f.1', undefined, { nextTry: at(60_000) }) })
  await host.worker.runDue()
  expect(await made()).not.toContain('f.1')
  clock.tick(61_000)
  await host.worker.runDue()
  expect((await made()).filter((n) => n === 'f.1')).toEqual(['f.1'])
})
