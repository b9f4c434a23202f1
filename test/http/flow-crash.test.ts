/**
 * Rules 8, 16, 17 and 21 under kill −9: a flow of twenty nodes with branches, timers, calls, another system and effects of every kind is
 * run by processes that are killed at any moment, those who decide included. Every instance ends as one that nothing disturbed, and each
 * effect has happened once. Ten rounds; `FLOW_CRASHES` asks for more.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import type { Definition, Effect, Flow, FlowNode } from '../../schemas/generated/types'
import type { Instance } from '../../server/flows/instances'
import { openInstallation, type Installation } from '../../server/installation'
import { collections } from '../../server/model/collections'
import { stageOn, type Stage } from '../../server/setup/actor'
import { checkApprovals } from '../../server/use-cases/check-approvals'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { entity, field, label, role } from '../support/catalog'
import { approved, ask, by, flow, parallel, start } from '../support/flows'
import { configFor, nobody, withTemplate } from '../support/host'
import { bundled, killAll, startProgram, type Program } from '../support/process'
import { startReceiver, type Receiver } from '../support/receiver'

jest.setTimeout(7_200_000)
const rounds = Number(process.env.FLOW_CRASHES ?? 10)
const hour = 3_600_000

const one = (id: string): Effect => ({ id, kind: 'setField', values: { count: 'count + 1' } })
const made = (id: string): Effect => ({ id: `${id}Made`, kind: 'createRecord', entity: 'note', values: { name: `concat(name, ' ${id}')` } })
const said = (id: string): Effect => ({ id, kind: 'notify', to: [{ kind: 'initiator' }], text: label })
const node = (id: string, type: string, members: object): FlowNode => ({ id, type, ...members }) as FlowNode

function twenty(url: string): Flow {
  const told = (id: string): Effect => ({ id, kind: 'webhook', url })
  const nodes = [
    start, ask('first', 'mia', { effects: { onEnter: [told('asked'), one('entered')], onApproved: [one('agreed'), said('heard'), made('first')] } }), parallel('fork'),
    node('pause', 'timer', { after: 'PT1M' }), ask('a', 'dan', { effects: { onApproved: [made('a'), told('aTold')] } }),
    node('call', 'callFlow', { flow: 'inner' }), node('b', 'handle', { assignees: [{ kind: 'user', user: 'fay' }], effects: { onApproved: [one('handled')] } }),
    node('score', 'service', { url, values: { note: "'scored'" } }), by, ask('c', ['mia', 'dan'], { multi: { mode: 'all' } }), parallel('join'),
    node('split', 'inclusive', {}), ask('d', 'mia', { effects: { onApproved: [one('d')] } }), ask('e', 'dan', { effects: { onApproved: [made('e')] } }), node('merge', 'inclusive', {}),
    node('rest', 'timer', { after: 'PT1M' }), node('copy', 'cc', { assignees: [{ kind: 'user', user: 'fay' }] }),
    ask('nobody', 'sleeper', { timeouts: [{ after: 'PT1M', do: 'remind' }, { after: 'PT3M', do: 'autoApprove' }], effects: { onApproved: [one('late'), made('late')] } }),
    ask('last', 'fay', { effects: { onEnter: [said('lastAsked')], onApproved: [told('lastTold')] } }),
    { ...approved, effects: [one('ended'), made('ended'), told('done'), said('told')] },
  ]
  const ways = [
    'start > first', 'first > fork', 'fork > pause', 'pause > a', 'a > join', 'fork > call', 'call > b', 'b > join', 'fork > score', 'score > by', "by > c when note == 'scored'", 'by > join else', 'c > join',
    'join > split', 'split > d when count > 0', 'split > e else', 'split > copy when count > 1000', 'd > merge', 'e > merge', 'merge > rest', 'rest > copy', 'copy > nobody', 'nobody > last', 'last > approved',
  ]
  return { ...flow(nodes, ways), name: 'twenty', entity: 'thing' }
}

const documents = (url: string): Definition[] => [
  entity('thing', [field('text', 'name'), field('text', 'note'), field('integer', 'count', { default: 0 })]),
  entity('note', [field('text', 'name')]),
  { ...flow([start, ask('inside', 'fay'), { ...approved, effects: [one('inner'), made('inner')] }], ['start > inside', 'inside > approved']), name: 'inner', entity: 'thing' },
  twenty(url),
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'all', flows: ['twenty'] }] }),
]

let folder: string
let program: string
let installation: Installation
let stage: Stage
let partner: Receiver
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'))
  program = bundled('flow-process')
  partner = await startReceiver()
  installation = await openInstallation({ config: configFor(join(folder, 'data')), log: pino({ level: 'error' }), root: withTemplate(folder, documents(partner.url)), demo: nobody })
  stage = stageOn(installation.services, installation.holder)
  for (const username of ['ann', 'mia', 'dan', 'fay', 'sleeper']) await stage.engine.create('user', { username, name: username, roles: ['worker'], language: 'en' })
})
afterAll(async () => {
  await killAll()
  await installation?.services.store.close()
  await partner?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** It says that it works, then each decision. */
const startProcess = (ahead: number) => startProgram(program, [JSON.stringify(configFor(join(folder, 'data'))), folder, String(ahead)])

/** After some decisions, however fast the machine is, and then at any moment. */
async function killAmidst(runner: Program) {
  const enough = 1 + Math.floor(Math.random() * 8)
  for (const patience = Date.now() + 10_000; runner.lines <= enough && Date.now() < patience; ) await sleep(1)
  await sleep(Math.random() * 50)
  await runner.kill()
}

async function submit(name: string): Promise<string> {
  const { id } = await stage.engine.create('thing', { name })
  return stage.as('ann').submit('thing', id!, 'twenty')
}

const { find, count } = { find: (...args: Parameters<Installation['services']['store']['find']>) => installation.services.store.find(...args), count: (...args: Parameters<Installation['services']['store']['count']>) => installation.services.store.count(...args) }
const unfinished = async () => (await count(collections.instance, { where: { path: ['status'], op: 'eq', value: 'running' } })) + (await count(collections.timer, {})) + (await count(collections.outbox, { where: { path: ['status'], op: 'ne', value: 'done' } }))

/** Everything that came of an approval, in an order that does not depend on which branch was faster. */
async function outcome(id: string) {
  const [instance] = (await find(collections.instance, { where: { path: ['id'], op: 'eq', value: id } })) as unknown as Instance[]
  const thing = (await stage.engine.get('thing', instance!.record)) as { name: string; count: unknown; note: unknown }
  const called = ((await find(collections.instance, { where: { path: ['parent'], op: 'eq', value: id } })) as unknown as Instance[]).map((i) => i.id)
  const plain = (text: string) => [id, ...called].reduce((t, known, i) => t.replaceAll(known, i === 0 ? 'outer' : 'inner'), text)
  const ids = async (collection: (typeof collections)['task'], column: string, owner: string) => (await find(collection, { where: { path: [column], op: 'eq', value: owner } })).map((d) => plain(d.id))
  const sent = partner.received.map((r) => r.headers['x-formwright-delivery'] as string).filter((d) => d.startsWith(id))
  return {
    status: instance!.status, count: thing.count, note: thing.note, called: called.length,
    rounds: instance!.state.rounds, tasks: instance!.state.tasks.map((t) => `${t.key} ${t.status}`).sort(),
    trail: instance!.trail.map((t) => `${t.kind} ${t.node ?? ''}`).sort(),
    rows: [...(await ids(collections.task, 'instance', id)), ...(await ids(collections.notice, 'record', instance!.record))].sort(),
    notes: (await stage.engine.list('note', { filter: { field: 'name', op: 'startsWith', value: `${thing.name} ` } as never, limit: 200 })).items.map((n) => (n.name as string).slice(thing.name.length)).sort(),
    history: (await find(collections.history, { where: { path: ['record'], op: 'eq', value: instance!.record } })).map((h) => `${String(h.kind)} ${String((h.data as { event?: string }).event ?? '')}`).sort(),
    sent: [...new Set(sent)].map(plain).sort(),
  }
}

test(`killed ${rounds} times, every approval ends as one that nothing disturbed`, async () => {
  expect(twenty(partner.url).nodes).toHaveLength(20)
  const ids: string[] = []
  for (let round = 0; round < rounds; round++) {
    ids.push(await submit(`r${round}`), await submit(`s${round}`))
    if (round % 3 === 0) partner.answers.push({ status: 503 }, { status: 503 })
    await killAmidst(await startProcess(round * hour))
  }
  const reference = await submit('quiet')
  const last = await startProcess((rounds + 1) * hour)
  while ((await unfinished()) > 0) await sleep(100)
  await last.kill()

  const expected = await outcome(reference)
  expect(expected).toMatchObject({ status: 'approved', count: 7, note: 'scored', called: 1, notes: [' a', ' ended', ' first', ' inner', ' late'] })
  expect(expected.sent).toHaveLength(5)
  for (const id of ids) expect(await outcome(id)).toEqual(expected)
  const ctx = asEngine(contextFor(installation.services, await installation.holder.current(), systemPerson, 'en', 'system'), 'system')
  expect(await checkApprovals(ctx)).toEqual([])
})
