/** Node types, versions in force and how many approvals a record may have, through the real server. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { studioOf } from '../support/drafts'
import { approved, ask, flow, start } from '../support/flows'
import { movableClock, startTestHost, type TestHost } from '../support/host'

const on = (name: string, of: string, definition: Flow, members: Partial<Flow> = {}): Flow => ({ ...definition, name, entity: of, ...members })
const plain = (who: string) => flow([start, ask('boss', who), approved], ['start > boss', 'boss > approved'])
const flows = [
  on('byTable', 'thing', flow([start, { id: 'level', type: 'decisionTable', table: 'levels', inputs: { amount: 'amount' }, asOf: 'since' }, ask('boss', 'mia'), ask('top', 'dan'), approved], ['start > level', "level > boss when result.level == 'boss'", "level > top when result.level == 'top'", 'level > approved else', 'boss > approved', 'top > approved'])),
  on('each', 'thing', flow([start, { id: 'parts', type: 'forEach', flow: 'part', entity: 'part', via: 'thing' }, ask('after', 'dan'), approved], ['start > parts', 'parts > after', 'after > approved'])),
  on('part', 'part', plain('mia')),
  on('paused', 'thing', flow([start, { id: 'pause', type: 'timer', after: 'PT1H' }, ask('boss', 'mia', { timeouts: [{ after: 'PT1H', do: 'remind' }, { after: 'PT2H', do: 'autoReject' }] }), approved], ['start > pause', 'pause > boss', 'boss > approved'])),
  on('dated', 'thing', plain('mia')),
  on('bySince', 'thing', plain('mia'), { effectiveBasis: 'record.since' }),
  on('single', 'thing', plain('mia')), on('besides', 'thing', plain('mia'), { uniqueness: 'onePerPurpose' }), on('any', 'thing', plain('mia'), { uniqueness: 'many' }),
]
const row = (id: string, gte: string, level: string) => ({ id, when: { amount: { gte } }, then: { level } })
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('date', 'since')]),
  entity('part', [field('text', 'name'), field('reference', 'thing', { entity: 'thing' })]),
  { kind: 'ruleTable', name: 'levels', label, inputs: [{ name: 'amount', label, type: 'decimal' }], outputs: [{ name: 'level', label, type: 'text' }], versions: [{ id: 'old', validFrom: '2020-01-01', rows: [row('all', '0', 'boss')] }, { id: 'new', validFrom: '2025-01-01', rows: [row('large', '1000', 'top'), row('middle', '100', 'boss')] }] },
  ...flows,
  role('worker', { capabilities: ['studio'], grants: ['thing', 'part'].map((of) => ({ entity: of, verbs: ['create', 'read', 'update', 'delete'] as const, scope: 'all' as const, flows: flows.filter((f) => f.entity === of).map((f) => f.name) })) as never }),
]

interface Instance { id: string; status: string; version: number; record: string; tokens: { node: string }[]; tasks: { id: string; node: string; status: string; record: string }[]; trail: { kind: string; reason?: string }[]; pins: { kind: string; key: string; version: number }[] }

const hour = 3_600_000
const clock = movableClock()
let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan', Client>
const signInAll = async () => { for (const username of ['ann', 'mia', 'dan'] as const) as[username] = await host.signIn(username) }
beforeAll(async () => {
  host = await startTestHost({ documents, clock })
  for (const username of ['ann', 'mia', 'dan'] as const) await host.addUser({ username, roles: ['worker'] })
  await signInAll()
})
afterAll(() => host?.close())

const make = async (members: object = {}) => (await as.ann.create('thing', { name: 'A thing', ...members })).id
const submit = (record: string, name: string) => as.ann.post<Instance & ProblemBody>(`/records/thing/${record}/flows/${name}`, {})
const submitted = (record: string, name: string) => as.ann.must(submit(record, name))
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const decide = async (person: 'mia' | 'dan', record: string, decision = 'approve') => {
  const { items } = await as[person].must(as[person].get<{ items: { id: string; record: string }[] }>('/tasks', { limit: '200' }))
  return as[person].must(as[person].post<{ instance: Instance }>(`/tasks/${items.find((t) => t.record === record)!.id}/decide`, { decision, comment: 'because' }))
}
const places = (i: Instance) => i.tokens.map((t) => t.node)

describe('a decision table', () => {
  test.each([['1000.00', ['top'], 'levels: new, large'], ['999.99', ['boss'], 'levels: new, middle'], ['5', [], 'levels: –']])('%s goes to %j, and the trail says by which line', async (amount, at, note) => {
    const instance = await submitted(await make({ amount, since: '2026-01-01' }), 'byTable')
    expect({ at: places(instance), status: instance.status }).toEqual({ at, status: at.length > 0 ? 'running' : 'approved' })
    expect(instance.trail).toContainEqual(expect.objectContaining({ kind: 'noted', reason: note }))
  })

  test('rule 14: as of the day that the record tells', async () => {
    expect(places(await submitted(await make({ amount: '5', since: '2024-12-31' }), 'byTable'))).toEqual(['boss'])
  })
})

describe('for each', () => {
  const withParts = async (count: number) => {
    const thing = await make()
    const parts: string[] = []
    for (let i = 0; i < count; i++) parts.push((await as.ann.create('part', { name: `p${i}`, thing })).id)
    return { thing, parts }
  }

  test('every record has its own approval; when all are granted it goes on', async () => {
    const { thing, parts } = await withParts(3)
    const { id } = await submitted(thing, 'each')
    for (const part of parts) { expect(places(await instanceOf(id))).toEqual(['parts']); await decide('mia', part) }
    expect(places(await instanceOf(id))).toEqual(['after'])
    expect((await decide('dan', thing)).instance.status).toBe('approved')
  })

  test('one refused: refused, and the others are not asked any more', async () => {
    const { thing, parts } = await withParts(3)
    const { id } = await submitted(thing, 'each')
    await decide('mia', parts[1]!, 'reject')
    expect((await instanceOf(id)).status).toBe('rejected')
    const { items } = await as.mia.must(as.mia.get<{ items: { record: string }[] }>('/tasks', { limit: '200' }))
    expect(items.filter((t) => parts.includes(t.record))).toEqual([])
  })

  test('rule 21: nothing to run it for is an incident, never a silent approval', async () => {
    expect((await submitted(await make(), 'each')).status).toBe('incident')
  })
})

test('rule 16: timers fire through the worker: a pause, a reminder, and the end of patience', async () => {
  const record = await make()
  const { id } = await submitted(record, 'paused')
  await host.worker.runDue()
  expect(places(await instanceOf(id))).toEqual(['pause'])
  for (const kind of ['boss', 'reminded', 'ended']) { clock.tick(hour); await host.worker.runDue(); const { trail, tokens } = await instanceOf(id); expect(kind === 'boss' ? tokens.map((t) => t.node) : trail.map((t) => t.kind)).toContain(kind) }
  const { status, trail } = await instanceOf(id)
  expect({ status, kinds: trail.map((t) => t.kind) }).toEqual({ status: 'rejected', kinds: ['submitted', 'timer', 'timer', 'reminded', 'timer', 'automatic', 'ended'] })
})

describe('rule 13: a version holds from its day', () => {
  const later = (days: number) => new Date(Date.parse(clock.now()) + days * 24 * hour).toISOString().slice(0, 10)
  const published = async (name: string, members: Partial<Flow>) => {
    const studio = studioOf(as.ann)
    await studio.change<Flow>('flow', name, (d) => ({ ...d, ...plain('dan'), name, entity: 'thing', ...members }))
    expect((await studio.publish()).status).toBe(201)
  }

  test('that of submission: until then the one before, and what runs keeps its version', async () => {
    await published('dated', { effectiveFrom: later(2) })
    const [early, late] = [await make(), await make()]
    const first = await submitted(early, 'dated')
    expect(first.version).toBe(1)
    clock.tick(3 * 24 * hour)
    await signInAll()
    expect((await submitted(late, 'dated')).version).toBe(2)
    await decide('dan', late)
    expect((await decide('mia', early)).instance.status).toBe('approved')
  })

  test('that the record tells: no rule applies backwards', async () => {
    await published('bySince', { effectiveFrom: '2026-01-01', effectiveBasis: 'record.since' })
    expect((await submitted(await make({ since: '2025-12-31' }), 'bySince')).version).toBe(1)
    expect((await submitted(await make({ since: '2026-01-01' }), 'bySince')).version).toBe(2)
  })
})

test('one approval a record, one a purpose, or as many as one likes', async () => {
  const record = await make()
  await submitted(record, 'single')
  expect((await submit(record, 'single')).body).toMatchObject({ status: 409, code: 'flowRunning' })
  await submitted(record, 'besides')
  expect((await submit(record, 'besides')).body).toMatchObject({ status: 409, code: 'flowRunning' })
  await submitted(record, 'any')
  await submitted(record, 'any')
  expect((await submit(record, 'dated')).status).toBe(409)
  const race = await make()
  const answers = await Promise.all([submit(race, 'single'), submit(race, 'single'), submit(race, 'single')])
  expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409])
})
