/** What the past says of a flow: turnaround, rejections, what is open; and a draft replayed against it. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, by, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const set = (id: string, values: Record<string, string>) => [{ id, kind: 'setField' as const, values }]
const spending: Flow = {
  ...flow([start, ask('boss', 'mia'), by, ask('top', 'dan'), { ...approved, effects: set('paid', { amount: '1' }) }], ['start > boss', 'boss > by', 'by > top when amount > 100', 'by > approved else', 'top > approved'], { onSubmit: set('sent', { name: "'sent'" }) }),
  name: 'spending', entity: 'thing',
}
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' })]),
  spending,
  role('designer', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['spending'] }] }),
  role('blind', { capabilities: ['studio'], grants: [] }),
]

interface Insight { tasks: { all: number; read: number }; instances: Record<string, number>; open: { node: string; count: number }[]; titles: Record<string, string>; nodes: { node: string; instances: number; decisions: number; rejected: number; turnaround: { median: number; p90: number; medianWork: number } | null; versions: { version: number; decisions: number }[]; people: { person: string; decisions: number; rejected: number }[] }[] }
interface Replay { total: number; nextCursor: string | null; totals: Record<string, number>; items: { record: string; title: string | null; was: { asked: { node: string; people: string[] }[] }; would: { status: string; asked: { node: string; people: string[] }[] } | null }[] }

let host: TestHost
const as = {} as Record<'des' | 'bli' | 'mia' | 'dan', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [name, roles] of [['des', ['designer']], ['bli', ['blind']], ['mia', []], ['dan', []]] as const) {
    await host.addUser({ username: name, name: name.toUpperCase(), roles: [...roles] })
    as[name] = await host.signIn(name)
  }
  for (const [amount, decisions] of [['50', ['approve']], ['500', ['approve', 'approve']], ['700', ['approve', 'reject']], ['900', ['reject']], ['30', []]] as const) await spend(amount, decisions)
})
afterAll(() => host?.close())

async function spend(amount: string, decisions: readonly string[]): Promise<string> {
  const { id } = await as.des.create('thing', { name: `Costs ${amount}`, amount })
  await as.des.must(as.des.post(`/records/thing/${id}/flows/spending`, {}))
  for (const [i, decision] of decisions.entries()) {
    const who = as[i === 0 ? 'mia' : 'dan']
    const task = (await who.must(who.get<{ items: { id: string; record: string }[] }>('/tasks'))).items.find((t) => t.record === id)!
    await who.must(who.post(`/tasks/${task.id}/decide`, { decision, comment: 'so' }))
  }
  return id
}

test('rule 26: counts, rejections and people, node by node', async () => {
  const { nodes, tasks, instances, open, titles } = await as.des.must(as.des.get<Insight>('/flows/spending/insight'))
  expect({ tasks, instances, open: open.map((o) => `${o.node} ${o.count}`) }).toEqual({ tasks: { all: 7, read: 7 }, instances: { approved: 2, rejected: 2, running: 1 }, open: ['boss 1'] })
  const told = nodes.map(({ node, instances: n, decisions, rejected, versions, people }) => [node, n, decisions, rejected, versions.map((v) => `v${v.version} ${v.decisions}`).join(), people.map((p) => `${titles[p.person]} ${p.decisions} ${p.rejected}`).join()])
  expect(told.sort()).toEqual([['boss', 5, 4, 1, 'v1 4', 'MIA 4 1'], ['top', 2, 2, 1, 'v1 2', 'DAN 2 1']])
})

test('rule 26: turnaround is counted from when it was asked', async () => {
  const { store } = host.services
  const decided = await store.find(collections.task, { where: { and: [{ path: ['node'], op: 'eq', value: 'boss' }, { path: ['status'], op: 'ne', value: 'open' }] } })
  const before = decided.map((d) => [d.id, d.createdAt] as const)
  const hour = 3_600_000
  await store.transaction(async (tx) => { for (const [i, d] of decided.entries()) await tx.update(collections.task, d.id, undefined, { createdAt: new Date(Date.parse(d.decidedAt as string) - (i + 1) * hour).toISOString() }) })
  const { nodes } = await as.des.must(as.des.get<Insight>('/flows/spending/insight'))
  expect(nodes.find((n) => n.node === 'boss')!.turnaround).toMatchObject({ median: 2 * hour, p90: 4 * hour, medianWork: 2 * hour })
  await store.transaction(async (tx) => { for (const [id, createdAt] of before) await tx.update(collections.task, id, undefined, { createdAt: createdAt! }) })
})

test('another period has nothing to tell; only who designs is told', async () => {
  expect(await as.des.must(as.des.get('/flows/spending/insight', { from: '2020-01-01', to: '2020-12-31' }))).toMatchObject({ nodes: [], instances: {}, tasks: { all: 0 } })
  expect((await as.des.get('/flows/spending/insight', { from: '2021-01-01', to: '2020-12-31' })).status).toBe(400)
  expect((await as.mia.get('/flows/spending/insight')).status).toBe(403)
  expect((await as.des.get('/flows/nothing/insight')).status).toBe(404)
})

describe('a replay', () => {
  const draft = { ...spending, edges: spending.edges.map((e) => (e.when === undefined ? e : { ...e, when: 'amount > 600' })) }
  const replay = (definition: object, who = as.des, more = {}) => who.post<Replay>('/flows/spending/replay', { definition, ...more })

  test('rule 25: replayed, the same flow asks the same people, by the values as they were submitted', async () => {
    const kept = await everythingKept(host)
    const { total, items, totals, nextCursor } = await as.des.must(replay(spending))
    expect({ total, nextCursor, totals }).toEqual({ total: 4, nextCursor: null, totals: { instances: 4, stepsBefore: 6, stepsAfter: 6, askedBefore: 6, askedAfter: 6, stuck: 0, gone: 0 } })
    for (const { was, would } of items) expect(would!.asked).toEqual(was.asked)
    expect(await everythingKept(host)).toBe(kept)
  })

  test('rule 25: replayed, a higher limit asks the director less often', async () => {
    const { items, totals } = await as.des.must(replay(draft))
    expect(totals).toMatchObject({ stepsBefore: 6, stepsAfter: 5 })
    const changed = items.filter((i) => i.was.asked.length !== i.would!.asked.length)
    expect(changed.map((i) => [i.would!.status, i.would!.asked.map((a) => a.node)])).toEqual([['approved', ['boss']]])
  })

  test('records that cannot be seen have no title; wrong drafts are refused', async () => {
    expect((await as.bli.must(replay(draft, as.bli))).items.map((i) => i.title)).toEqual([null, null, null, null])
    expect((await as.des.must(replay(draft))).items.every((i) => i.title !== null)).toBe(true)
    expect((await replay({ ...draft, nodes: [] })).status).toBe(422)
    expect((await replay(draft, as.des, { cursor: 'x' })).status).toBe(400)
    expect((await replay(draft, as.mia)).status).toBe(403)
  })
})
