/** Approvals that go back, wait, call others, begin by themselves and are repaired, through the real server. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { firstAltered, type TrailEntry } from '../../server/flows/trail'
import { checkApprovals } from '../../server/use-cases/check-approvals'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, by, flow, parallel, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const onThing = (name: string, definition: Flow, members: Partial<Flow> = {}): Flow => ({ ...definition, name, entity: 'thing', ...members })
const flows = [
  onThing('back', flow([start, ask('first', 'mia'), ask('second', 'dan', { onReturn: {} }), approved], ['start > first', 'first > second', 'second > approved'])),
  onThing('fragile', flow([start, by, ask('first', 'mia'), approved], ['start > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'first > approved']), { recordPolicy: { lock: 'none' } }),
  onThing('half', flow([start, parallel('fork'), by, ask('first', 'mia'), ask('second', 'dan'), parallel('join'), approved],
    ['start > fork', 'fork > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > join else', 'first > join', 'fork > second', 'second > join', 'join > approved']), { recordPolicy: { lock: 'none' } }),
  onThing('watch', flow([start, ask('first', 'mia'), approved], ['start > first', 'first > approved']), { trigger: { on: ['update'], watchFields: ['amount'] }, recordPolicy: { lock: 'watched', onEdit: 'invalidate', onDelete: 'cancel' } }),
  onThing('inner', flow([start, ask('inside', 'dan'), approved], ['start > inside', 'inside > approved'])),
  onThing('outer', flow([start, { id: 'call', type: 'callFlow', flow: 'inner' }, ask('after', 'mia'), approved], ['start > call', 'call > after', 'after > approved'])),
  onThing('paused', flow([start, { id: 'pause', type: 'timer', after: 'P1D' }, ask('first', 'mia', { timeouts: [{ after: 'P1D', do: 'remind' }] }), approved], ['start > pause', 'pause > first', 'first > approved'])),
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note')]),
  ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
  role('approver', { grants: [] }),
  role('keeper', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
]

interface Task { id: string; key: string; record: string; node: string; assignee: string; status: string }
interface Instance { id: string; flow: string; status: string; tokens: { id: number; node: string }[]; tasks: Task[]; trail: TrailEntry[]; pins: { kind: string; key: string; version: number }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan' | 'kim', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  const roles = { ann: 'worker', mia: 'approver', dan: 'approver', kim: 'keeper' }
  for (const [username, name] of Object.entries(roles)) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(() => host?.close())

const make = async (members = {}) => (await as.ann.create('thing', { name: 'A thing', ...members })).id
const submit = (record: string, name: string) => as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const instancesOf = async (record: string) => (await as.ann.must(as.ann.get<{ items: Instance[] }>(`/records/thing/${record}/flow-instances`))).items
const decide = async (person: 'mia' | 'dan', record: string, decision: string, members = {}) => {
  const { items } = await as[person].must(as[person].get<{ items: Task[] }>('/tasks', { limit: '200' }))
  return as[person].post<{ instance: Instance; code?: string }>(`/tasks/${items.find((t) => t.record === record)!.id}/decide`, { decision, comment: 'because', ...members })
}
const repair = (id: string, verb: string, body: object = {}) => as.kim.post<Instance & { code?: string }>(`/flow-instances/${id}/${verb}`, body)

test('rule 6: sent back to the submitter, corrected, submitted again; the trail keeps everything and its chain holds', async () => {
  const record = await make()
  const { id } = await submit(record, 'back')
  await decide('mia', record, 'approve')
  expect((await decide('dan', record, 'return', { to: 'approved' })).status).toBe(422)
  expect((await decide('dan', record, 'return', { to: 'start' })).status).toBe(200)
  expect((await as.mia.post(`/flow-instances/${id}/resubmit`)).status).toBeGreaterThanOrEqual(403)
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: 'corrected' }))
  expect(await as.ann.must(as.ann.post<Instance>(`/flow-instances/${id}/resubmit`, { comment: 'done' }))).toMatchObject({ status: 'running', tokens: [{ node: 'first' }] })
  expect((await as.ann.patch(`/records/thing/${record}`, { note: 'again' })).status).toBe(409)
  await decide('mia', record, 'approve')
  expect((await decide('dan', record, 'approve')).body.instance.status).toBe('approved')
  const { trail } = await instanceOf(id)
  expect(trail.map((t) => t.kind)).toEqual(['submitted', 'approved', 'returned', 'sentBack', 'resubmitted', 'approved', 'approved', 'ended'])
  expect(firstAltered(trail)).toBeUndefined()
  expect(firstAltered(trail.map((t, i) => (i === 2 ? { ...t, comment: 'something else' } : t)))).toBe(2)
})

test('rule 3: where one branch is stuck, the others are decided', async () => {
  const record = await make({ note: 'no date' })
  const { id, status } = await submit(record, 'half')
  expect(status).toBe('incident')
  const { tasks } = await as.dan.must(as.dan.get<{ tasks: { node: string; offered?: string[] }[] }>(`/flow-instances/${id}`))
  expect(tasks.find((t) => t.node === 'second')!.offered).toContain('approve')
  const { status: answered, body } = await decide('dan', record, 'approve')
  expect({ answered, status: body.instance.status, at: body.instance.tokens.map((t) => t.node) }).toEqual({ answered: 200, status: 'incident', at: ['by', 'join'] })
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: '2026-06-01' }))
  await as.kim.must(repair(id, 'retry'))
  expect((await decide('mia', record, 'approve')).body.instance.status).toBe('approved')
})

test('rules 3 and 21: stuck is seen by administrators, who retry; others may not', async () => {
  const record = await make({ note: 'no date' })
  const { id, status } = await submit(record, 'fragile')
  expect(status).toBe('incident')
  expect((await as.ann.get('/flow-instances/stuck')).status).toBe(403)
  const { items } = await as.kim.must(as.kim.get<{ items: { id: string; faults: string[] }[] }>('/flow-instances/stuck'))
  expect(items.find((i) => i.id === id)!.faults).toEqual(['A condition or a value cannot be worked out: a date is expected'])
  const chinese = await host.signIn('kim', { language: 'zh-CN' })
  expect((await chinese.must(chinese.get<{ items: { id: string; faults: string[] }[] }>('/flow-instances/stuck'))).items.find((i) => i.id === id)!.faults).toEqual(['条件或取值无法计算：应为日期'])
  expect(await chinese.must(chinese.get<{ trail: { reason?: string }[]; tokens: { incident?: string }[] }>(`/flow-instances/${id}`))).toMatchObject({ trail: [{}, { reason: expect.stringMatching(/^条件/) as string }], tokens: [{ incident: expect.stringMatching(/^条件/) as string }] })
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: '2026-06-01' }))
  expect((await as.ann.post(`/flow-instances/${id}/retry`)).status).toBe(403)
  expect((await repair(id, 'retry')).body).toMatchObject({ status: 'running', tokens: [{ node: 'first' }] })
})

test('administrators reassign, jump and end, and the trail says so', async () => {
  const record = await make()
  const { id } = await submit(record, 'back')
  expect((await repair(id, 'reassign', { task: 'first.1.0', to: as.dan.userId })).status).toBe(200)
  expect((await decide('dan', record, 'approve')).status).toBe(200)
  const { tokens } = await instanceOf(id)
  expect((await repair(id, 'jump', { token: tokens[0]!.id, to: 'nowhere' })).status).toBe(422)
  expect((await repair(id, 'jump', { token: tokens[0]!.id, to: 'first' })).body).toMatchObject({ tokens: [{ node: 'first' }] })
  expect((await repair(id, 'terminate', { comment: 'enough' })).body.status).toBe('terminated')
  expect((await instanceOf(id)).trail.map((t) => t.kind)).toEqual(['submitted', 'reassigned', 'approved', 'jumped', 'terminated', 'ended'])
})

test('a change of a watched field begins it; another such change voids it, and begins it anew', async () => {
  const record = await make()
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: 'not watched' }))
  expect(await instancesOf(record)).toHaveLength(0)
  expect((await as.ann.post(`/records/thing/${record}/flows/watch`)).status).toBe(409)
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { amount: '5' }))
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: 'still not watched' }))
  expect((await instancesOf(record)).map((i) => i.status)).toEqual(['running'])
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { amount: '6' }))
  expect((await instancesOf(record)).map((i) => i.status).sort()).toEqual(['invalidated', 'running'])
})

test('rule 19: deleting cancels where the flow says so', async () => {
  const record = await make()
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { amount: '5' }))
  expect((await as.ann.delete(`/records/thing/${record}`)).status).toBe(204)
  expect(await instancesOf(record)).toMatchObject([{ status: 'cancelled', tasks: [{ status: 'cancelled' }] }])
})

test('rule 13: a flow that is called runs on the caller’s pins, and its result goes on', async () => {
  const record = await make()
  const { id, pins } = await submit(record, 'outer')
  expect(pins.map((p) => `${p.kind} ${p.key}`).sort()).toEqual(['entity thing', 'flow inner', 'flow outer'])
  await decide('dan', record, 'approve')
  expect(await instanceOf(id)).toMatchObject({ status: 'running', tokens: [{ node: 'after' }] })
  const other = await make()
  const second = await submit(other, 'outer')
  await decide('dan', other, 'reject')
  expect((await instanceOf(second.id)).status).toBe('rejected')
  const third = await make()
  const withdrawn = await submit(third, 'outer')
  await as.ann.must(as.ann.post(`/flow-instances/${withdrawn.id}/withdraw`))
  expect((await instancesOf(third)).map((i) => i.status).sort()).toEqual(['cancelled', 'withdrawn'])
})

test('rule 16: timers are kept with the commit, and taken back when nobody waits for them', async () => {
  const record = await make()
  const { id } = await submit(record, 'paused')
  const timers = async () => (await host.services.store.find(collections.timer, {})).filter((t) => t.id.startsWith(id)).map((t) => t.id.slice(id.length))
  expect(await timers()).toEqual(['.pause.1.wait'])
  await as.ann.must(as.ann.post(`/flow-instances/${id}/withdraw`))
  expect(await timers()).toEqual([])
})

test('rules 21 and 22: the checker finds what is stuck and what was written over, and nothing else', async () => {
  const check = async () => new Map((await checkApprovals(asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system'))).map((f) => [f.id, f]))
  const stuck = await submit(await make({ note: 'no date' }), 'fragile')
  const sound = await submit(await make(), 'back')
  const forged = await submit(await make(), 'back')
  expect((await check()).has(forged.id)).toBe(false)
  const { trail } = await instanceOf(forged.id)
  await host.services.store.transaction((tx) => tx.update(collections.instance, forged.id, undefined, { trail: trail.map((t) => ({ ...t, by: 'somebody else' })) as never }))
  const found = await check()
  expect(found.get(stuck.id)).toMatchObject({ flow: 'fragile', altered: undefined, faults: [expect.any(String)] })
  expect(found.get(forged.id)).toMatchObject({ altered: 0, faults: [] })
  expect(found.has(sound.id)).toBe(false)
})
