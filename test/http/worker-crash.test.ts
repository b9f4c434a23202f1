/**
 * Rules 16 and 17 under kill −9: a process that fires timers and delivers is killed at any moment and followed by another. What a timer
 * does in the database happens once; what the world outside is told is told at least once, under one id. Ten rounds; `CRASH_ROUNDS` asks for more.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { collections } from '../../server/model/collections'
import { openInstallation, type Installation } from '../../server/installation'
import { schedule } from '../../server/timers/timers'
import { asEngine, contextFor, inTransaction, systemPerson } from '../../server/use-cases/context'
import { entity, field } from '../support/catalog'
import { configFor, nobody, withTemplate } from '../support/host'
import { bundled, killAll, startProgram } from '../support/process'
import { startReceiver, type Receiver } from '../support/receiver'

jest.setTimeout(3_600_000)
const rounds = Number(process.env.CRASH_ROUNDS ?? 10)
const each = 40
/** Beyond any lease and the longest of the first pauses, so that the next process finds everything due. */
const hour = 3_600_000

let folder: string
let program: string
let installation: Installation
let partner: Receiver
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'worker-'))
  program = bundled('worker-process')
  partner = await startReceiver()
  installation = await openInstallation({ config: configFor(join(folder, 'data')), log: pino({ level: 'error' }), root: withTemplate(folder, [entity('thing', [field('text', 'name')])]), demo: nobody })
})
afterAll(async () => {
  await killAll()
  await installation?.services.store.close()
  await partner?.close()
  rmSync(folder, { recursive: true, force: true })
})

const startProcess = (ahead: number) => startProgram(program, [JSON.stringify(configFor(join(folder, 'data'))), folder, String(ahead), partner.url])

async function plan(round: number) {
  const { services, holder } = installation
  const ctx = asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'system'), 'system')
  await inTransaction(ctx, async (inside) => { for (let i = 0; i < each; i++) await schedule(inside, { id: `r${round}.${i}`, kind: 'tell', at: services.clock.now(), params: {} }) })
}

const unfinished = async () => (await installation.services.store.count(collections.timer, {})) + (await installation.services.store.count(collections.outbox, { where: { path: ['status'], op: 'ne', value: 'done' } }))

test(`killed ${rounds} times at work`, async () => {
  for (let round = 0; round < rounds; round++) {
    await plan(round)
    if (round % 3 === 0) partner.answers.push({ status: 503 }, { status: 503 })
    const child = await startProcess(round * hour)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 250))
    await child.kill()
  }
  const last = await startProcess((rounds + 1) * hour)
  while ((await unfinished()) > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await last.kill()

  const expected = Array.from({ length: rounds * each }, (_, i) => `r${Math.floor(i / each)}.${i % each}`).sort()
  const { holder, services } = installation
  const made = await services.store.find((await holder.current()).tables.get('thing')!.collection, { columns: ['name'] })
  expect(made.map((d) => d.name as string).sort()).toEqual(expected)
  expect([...new Set(partner.received.map((r) => r.headers['x-formwright-delivery'] as string))].sort()).toEqual(expected.map((id) => `${id}.told`).sort())
})
