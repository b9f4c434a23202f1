/** Trying a flow out over the API: what it would do is what it does, nothing is written, and only who may is told. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { approved, ask, by, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const options = ['draft', 'waiting', 'granted'].map((value) => ({ value, label }))
const set = (id: string, values: Record<string, string>) => [{ id, kind: 'setField' as const, values }]
const byAmount: Flow = {
  ...flow([start, ask('boss', 'mia'), by, ask('top', 'dan'), { ...approved, effects: set('end', { status: "'granted'" }) }],
    ['start > boss', 'boss > by', 'by > top when fee > 10', 'by > approved else', 'top > approved'], { onSubmit: set('sent', { status: "'waiting'", fee: 'amount / 10' }) }),
  name: 'byAmount', entity: 'thing',
}
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('money', 'fee'), field('formula', 'twice', { result: { type: 'money' }, formula: 'amount * 2' }), field('enum', 'status', { options, default: 'draft', readOnly: true })]),
  byAmount,
  role('designer', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'all', flows: ['byAmount'] }] }),
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'own', flows: ['byAmount'] }] }),
  role('admin', { capabilities: ['studio'], grants: [] }),
  role('reader', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
]

interface Step { node: string; way?: string; asked: string[]; decision?: string }
interface Simulated { status: string; stuck?: { node: string; reason: string }; steps: Step[]; ways: string[]; warnings: { path: string; code: string; message: string }[]; titles: Record<string, string> }

let host: TestHost
const as = {} as Record<'des' | 'adm' | 'ann' | 'rea' | 'mia' | 'dan', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [name, roles] of [['des', ['designer']], ['adm', ['admin']], ['ann', ['worker']], ['rea', ['reader']], ['mia', []], ['dan', []]] as const) {
    await host.addUser({ username: name, name: name.toUpperCase(), roles: [...roles] })
    as[name] = await host.signIn(name)
  }
})
afterAll(() => host?.close())

const simulate = (body: object, who: Client = as.des) => who.post<Simulated & ProblemBody>('/flows/byAmount/simulate', body)
const simulated = (body: object) => as.des.must(simulate(body))

test('rule 25: a record: the route with its people, by the changes the flow itself makes; nothing is written', async () => {
  const { id } = await as.des.create('thing', { name: 'Large', amount: '500' })
  const kept = await everythingKept(host)
  const { status, steps, ways, titles } = await simulated({ recordId: id, initiator: as.ann.userId })
  expect({ status, ways }).toEqual({ status: 'approved', ways: ['e0', 'e1', 'e2', 'e4'] })
  expect(steps.map((s) => [s.node, s.asked.map((p) => titles[p]).join(), s.decision])).toEqual([['start', '', undefined], ['boss', 'MIA', 'approved'], ['by', '', undefined], ['top', 'DAN', 'approved'], ['approved', '', undefined]])
  expect(await everythingKept(host)).toBe(kept)
})

test('rule 25: it is what happens then', async () => {
  const { id } = await as.des.create('thing', { name: 'Large', amount: '500' })
  const { steps } = await simulated({ recordId: id })
  await as.des.must(as.des.post(`/records/thing/${id}/flows/byAmount`, {}))
  const asked: string[] = []
  for (const person of ['mia', 'dan'] as const) {
    const task = (await as[person].must(as[person].get<{ items: { id: string; record: string; node: string }[] }>('/tasks'))).items.find((t) => t.record === id)!
    asked.push(`${task.node} ${as[person].userId}`)
    await as[person].must(as[person].post(`/tasks/${task.id}/decide`, { decision: 'approve' }))
  }
  expect(steps.filter((s) => s.asked.length > 0).map((s) => `${s.node} ${s.asked.join()}`)).toEqual(asked)
})

test('a sample, a draft and a rejection', async () => {
  expect(await simulated({ sample: { amount: '50' } })).toMatchObject({ status: 'approved', ways: ['e0', 'e1', 'e3'] })
  expect(await simulated({ sample: { amount: '500' }, choices: { top: 'reject' } })).toMatchObject({ status: 'rejected' })
  const definition = { ...byAmount, nodes: byAmount.nodes.map((n) => (n.id === 'boss' ? ask('boss', ['dan', 'des'], { onSelf: 'allow' }) : n)) }
  const draft = await simulated({ definition, sample: { amount: '500', fee: '20' }, initiator: as.des.userId })
  expect(draft.steps.find((s) => s.node === 'boss')!.asked).toEqual([as.dan.userId, as.des.userId])
  expect(draft.warnings.map((w) => [w.path, w.code])).toEqual([['/nodes/1', 'asksSubmitter'], ['/nodes/3', 'askedAgain']])
  expect(draft.warnings[1]!.message).toContain('DAN')
})

test('all that is wrong is said with pointers', async () => {
  const bad = await simulate({ definition: { ...byAmount, edges: byAmount.edges.map((e) => (e.when === undefined ? e : { ...e, when: 'nothing > 10' })) } })
  expect({ status: bad.status, paths: bad.body.problems.map((p) => p.path) }).toEqual({ status: 422, paths: [expect.stringMatching(/^\/definition\/edges\/2/)] })
  const sample = await simulate({ sample: { amount: 'much', nothing: 1 } })
  expect({ status: sample.status, paths: sample.body.problems.map((p) => p.path).sort() }).toEqual({ status: 422, paths: ['/sample/amount', '/sample/nothing'] })
  expect((await simulate({ initiator: 'nobody' })).body.problems.map((p) => p.path)).toEqual(['/initiator'])
  expect((await simulate({ recordId: 'nothing' })).status).toBe(404)
  expect((await simulate({ choices: { boss: 'perhaps' } })).status).toBe(400)
  expect((await as.des.post('/flows/nothing/simulate', {})).status).toBe(404)
  expect((await simulate({}, as.ann)).status).toBe(403)
})

test('a sample takes no right on records, a record does; computed fields can be given', async () => {
  const { id } = await as.ann.create('thing', { name: 'Kept', amount: '500' })
  expect((await simulate({ recordId: id }, as.adm)).status).toBe(403)
  expect(await as.adm.must(simulate({ sample: { amount: '500', twice: '7' }, initiator: as.ann.userId }, as.adm))).toMatchObject({ ways: ['e0', 'e1', 'e2', 'e4'] })
  const definition = { ...byAmount, edges: byAmount.edges.map((e) => (e.when === undefined ? e : { ...e, when: 'twice > 100' })) }
  expect(await simulated({ definition, sample: { amount: '60' } })).toMatchObject({ ways: ['e0', 'e1', 'e2', 'e4'] })
  expect(await simulated({ definition, sample: { twice: '7' } })).toMatchObject({ ways: ['e0', 'e1', 'e3'] })
  expect(await simulated({ definition, sample: { twice: '700' } })).toMatchObject({ ways: ['e0', 'e1', 'e2', 'e4'] })
})

test('who may submit is shown who will be asked, and nothing else', async () => {
  const { id } = await as.ann.create('thing', { name: 'Mine', amount: '500' })
  const path = `/records/thing/${id}/flows/byAmount/preview`
  const kept = await everythingKept(host)
  expect(await as.ann.must(as.ann.get(path))).toEqual({
    status: 'approved', steps: [{ node: 'boss', label: null, asked: [as.mia.userId] }, { node: 'top', label: null, asked: [as.dan.userId] }], titles: { [as.mia.userId]: 'MIA', [as.dan.userId]: 'DAN' },
  })
  expect(await everythingKept(host)).toBe(kept)
  expect((await as.rea.get(path)).status).toBe(403)
  expect((await as.mia.get(path)).status).toBe(403)
  expect((await as.ann.get(`/records/thing/${id}/flows/nothing/preview`)).status).toBe(403)
})
