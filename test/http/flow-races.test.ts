/**
 * Rule 9, races over HTTP: the first commit wins, the other gets 409 with the state as it is, and nothing happens twice.
 * Twelve rounds each; `FLOW_RACES` asks for more.
 */
import type { Definition, Flow, FlowNode } from '../../schemas/generated/types'
import { checkApprovals } from '../../server/use-cases/check-approvals'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { entity, field, role } from '../support/catalog'
import type { Answer, Client, ProblemBody } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { movableClock, startTestHost, type TestHost } from '../support/host'

jest.setTimeout(3_600_000)
const rounds = Number(process.env.FLOW_RACES ?? 12)

const counting = { ...approved, effects: [{ id: 'once', kind: 'setField' as const, values: { count: 'count + 1' } }] }
const flows: Flow[] = []
const oneStep = (name: string, node: FlowNode) => { flows.push({ ...flow([start, node, counting], [`start > ${node.id}`, `${node.id} > approved`]), name, entity: 'thing' }) }
oneStep('any', ask('boss', ['mia', 'dan'], { multi: { mode: 'any' } }))
oneStep('claimed', ask('boss', ['mia', 'dan'], { multi: { mode: 'claim' } }))
oneStep('boss', ask('boss', 'mia', { actions: ['approve', 'transfer'] }))
oneStep('late', ask('boss', 'mia', { timeouts: [{ after: 'PT1M', do: 'autoApprove' }] }))
oneStep('escalated', ask('boss', 'mia', { timeouts: [{ after: 'PT1M', do: 'escalate' }] }))
flows.push({ ...flow([start, ask('first', 'ann', { onSelf: 'allow' }), ask('both', ['mia', 'dan'], { multi: { mode: 'all' }, onReturn: {} }), counting], ['start > first', 'first > both', 'both > approved']), name: 'back', entity: 'thing' })

const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('integer', 'count', { default: 0 })]),
  ...flows,
  role('worker', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
]

interface Task { id: string; key: string; record: string; node: string; round: number; assignee: string; status: string }
interface Instance { id: string; status: string; tasks: Task[]; trail: { kind: string }[] }
type Decided = { task: Task; instance: Instance } & ProblemBody

/** So short that 400 rounds end before the sessions do. */
const minute = 61_000
const clock = movableClock()
let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan', Client>
beforeAll(async () => {
  host = await startTestHost({ documents, clock })
  for (const username of ['ann', 'mia', 'dan'] as const) await host.addUser({ username, roles: ['worker'] })
  for (const username of ['ann', 'mia', 'dan'] as const) as[username] = await host.signIn(username)
})
afterAll(() => host?.close())

async function submitted(name: string): Promise<{ record: string; instance: string }> {
  const record = (await as.ann.create('thing', { name: 'A thing' })).id
  return { record, instance: (await as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))).id }
}
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const countOf = async (record: string) => (await as.ann.read('thing', record)).count
const decide = (person: keyof typeof as, instance: string, task: string, decision: string, members: object = {}, headers?: Record<string, string>) =>
  as[person].post<Decided>(`/tasks/${instance}.${task}/decide`, { decision, comment: 'because', ...members }, headers)

/** One of them wins; the others are told. Gives the winner's place. */
async function race(runs: Promise<Answer<Decided>>[]): Promise<number> {
  const answers = await Promise.all(runs)
  expect(answers.map((a) => a.status).sort()).toEqual([200, ...answers.slice(1).map(() => 409)])
  for (const { body } of answers.filter((a) => a.status === 409)) expect(body).toHaveProperty('current')
  return answers.findIndex((a) => a.status === 200)
}

/** A timer is claimed before it fires: the click comes now before, now between, now after. */
const soon = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 12))

const repeatedly = (name: string, round: () => Promise<void>) => test(`${name}, ${rounds} times`, async () => { for (let i = 0; i < rounds; i++) await round() })
const kinds = async (instance: string, ...wanted: string[]) => (await instanceOf(instance)).trail.map((t) => t.kind).filter((kind) => wanted.includes(kind))

repeatedly('rule 9: two approvers where one is enough', async () => {
  const { record, instance } = await submitted('any')
  await race([decide('mia', instance, 'boss.1.0', 'approve'), decide('dan', instance, 'boss.1.1', 'approve')])
  expect(await countOf(record)).toBe(1)
  expect(await kinds(instance, 'approved', 'ended')).toEqual(['approved', 'ended'])
})

repeatedly('rule 9: one approver twice', async () => {
  const { record, instance } = await submitted('boss')
  await race([decide('mia', instance, 'boss.1.0', 'approve'), decide('mia', instance, 'boss.1.0', 'approve'), decide('mia', instance, 'boss.1.0', 'approve')])
  expect(await countOf(record)).toBe(1)
})

repeatedly('rule 9: approve against reject', async () => {
  const { record, instance } = await submitted('any')
  const winner = await race([decide('mia', instance, 'boss.1.0', 'approve'), decide('dan', instance, 'boss.1.1', 'reject')])
  expect((await instanceOf(instance)).status).toBe(['approved', 'rejected'][winner])
  expect(await countOf(record)).toBe(winner === 0 ? 1 : 0)
})

repeatedly('rule 9: approve against transfer', async () => {
  const { record, instance } = await submitted('boss')
  const winner = await race([decide('mia', instance, 'boss.1.0', 'approve'), decide('mia', instance, 'boss.1.0', 'transfer', { to: as.dan.userId })])
  expect((await instanceOf(instance)).tasks.filter((t) => t.status === 'open').map((t) => t.assignee)).toEqual(winner === 0 ? [] : [as.dan.userId])
  expect(await countOf(record)).toBe(winner === 0 ? 1 : 0)
})

repeatedly('rule 9: two take the same task', async () => {
  const { instance } = await submitted('claimed')
  await race([decide('mia', instance, 'boss.1.0', 'claim'), decide('dan', instance, 'boss.1.1', 'claim')])
  expect((await instanceOf(instance)).tasks.filter((t) => t.status === 'open')).toHaveLength(1)
})

repeatedly('rule 9: two returns, and a return against an approval', async () => {
  const { instance } = await submitted('back')
  await as.ann.must(decide('ann', instance, 'first.1.0', 'approve'))
  await race([decide('mia', instance, 'both.1.0', 'return', { to: 'first' }), decide('dan', instance, 'both.1.1', 'return', { to: 'first' })])
  expect((await instanceOf(instance)).tasks.filter((t) => t.status === 'open').map((t) => t.key)).toEqual(['first.2.0'])
  expect(await kinds(instance, 'returned', 'sentBack')).toEqual(['returned', 'sentBack'])
  await as.ann.must(decide('ann', instance, 'first.2.0', 'approve'))
  const [back, on] = await Promise.all([decide('mia', instance, 'both.2.0', 'return', { to: 'start' }), decide('dan', instance, 'both.2.1', 'approve')])
  // Whoever approves first may be overruled; who comes after the return is too late.
  expect({ back: back.status, on: [200, 409].includes(on.status) }).toEqual({ back: 200, on: true })
  expect((await instanceOf(instance)).tasks.filter((t) => t.status === 'open').map((t) => t.node)).toEqual(['start'])
})

repeatedly('rules 9 and 16: a timer against a click', async () => {
  const { record, instance } = await submitted('late')
  clock.tick(minute)
  const [click] = await Promise.all([soon().then(() => decide('mia', instance, 'boss.1.0', 'reject')), host.worker.runDue()])
  const { status, trail } = await instanceOf(instance)
  expect({ click: click.status, status, count: await countOf(record) }).toEqual(click.status === 200 ? { click: 200, status: 'rejected', count: 0 } : { click: 409, status: 'approved', count: 1 })
  expect(trail.filter((t) => t.kind === 'ended')).toHaveLength(1)
})

repeatedly('rules 9 and 16: an escalation against a click', async () => {
  const { record, instance } = await submitted('escalated')
  clock.tick(minute)
  const [click] = await Promise.all([soon().then(() => decide('mia', instance, 'boss.1.0', 'approve')), host.worker.runDue()])
  const { status, tasks } = await instanceOf(instance)
  const open = tasks.filter((t) => t.status === 'open')
  expect({ click: click.status, status, open: open.length, count: await countOf(record) }).toEqual(click.status === 200 ? { click: 200, status: 'approved', open: 0, count: 1 } : { click: 409, status: 'running', open: 1, count: 0 })
})

repeatedly('rule 9: withdrawing against an approval', async () => {
  const { record, instance } = await submitted('boss')
  const [decided, withdrawn] = await Promise.all([decide('mia', instance, 'boss.1.0', 'approve'), as.ann.post(`/flow-instances/${instance}/withdraw`)])
  expect([decided.status, withdrawn.status].sort()).toEqual([200, 409])
  expect((await instanceOf(instance)).status).toBe(decided.status === 200 ? 'approved' : 'withdrawn')
  expect(await countOf(record)).toBe(decided.status === 200 ? 1 : 0)
})

repeatedly('rule 9: the same Idempotency-Key at once gives one answer', async () => {
  const { record, instance } = await submitted('boss')
  const answers = await Promise.all(Array.from({ length: 3 }, () => decide('mia', instance, 'boss.1.0', 'approve', {}, { 'idempotency-key': instance })))
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200])
  expect(answers[1]!.body).toEqual(answers[0]!.body)
  expect(await countOf(record)).toBe(1)
})

test('rule 21: no race has left anything stuck, or a trail altered', async () => {
  const ctx = asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
  expect(await checkApprovals(ctx)).toEqual([])
})
