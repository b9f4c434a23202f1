/** Approvals over the API: races, withdrawing, the version an approval keeps, answers that are given once. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { approved, ask, by, effect, flow, parallel, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const onThing = (name: string, definition: Flow, members: Partial<Flow> = {}): Flow => ({ ...definition, name, entity: 'thing', ...members })
const set = (status: string) => [{ id: status, kind: 'setField' as const, values: { status: `'${status}'` } }]
const options = ['draft', 'waiting', 'granted', 'refused'].map((value) => ({ value, label }))
const anyOf = { multi: { mode: 'any' as const } }
const allOf = { multi: { mode: 'all' as const } }

const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note'), field('enum', 'status', { options, default: 'draft', readOnly: true }), field('integer', 'count', { default: 0 })]),
  onThing('simple', flow([start, ask('boss', ['mia', 'dan'], { ...anyOf, effects: { onApproved: [effect('agreed')] } }), { ...approved, effects: set('granted') }], ['start > boss', 'boss > approved']),
    { onSubmit: set('waiting'), onReject: set('refused'), onWithdraw: set('draft'), settings: { withdraw: 'beforeFirstDecision' } }),
  onThing('everybody', flow([start, ask('team', ['mia', 'dan', 'fay'], allOf), { ...approved, effects: [{ id: 'once', kind: 'setField', values: { count: 'count + 1' } }] }], ['start > team', 'team > approved'])),
  onThing('both', flow([start, parallel('fork'), ask('left', 'mia'), ask('right', 'dan'), parallel('join'), { ...approved, effects: [{ id: 'once', kind: 'setField', values: { count: 'count + 1' } }] }], ['start > fork', 'fork > left', 'fork > right', 'left > join', 'right > join', 'join > approved'])),
  onThing('byAmount', flow([start, ask('boss', 'mia'), by, ask('top', 'dan'), approved], ['start > boss', 'boss > by', 'by > top when amount > 100', 'by > approved else', 'top > approved'])),
  onThing('open', flow([start, ask('boss', 'mia'), approved], ['start > boss', 'boss > approved']), { recordPolicy: { lock: 'none' }, settings: { withdraw: 'never', commentRequired: ['approve', 'reject'] } }),
  onThing('untilFinal', flow([start, ask('boss', 'mia'), ask('top', 'dan'), approved], ['start > boss', 'boss > top', 'top > approved']), { settings: { withdraw: 'untilFinal' } }),
  onThing('unknown', flow([start, by, ask('boss', 'mia'), approved], ['start > by', 'by > boss when amount > 1 / (count - count)', 'by > approved else', 'boss > approved'])),
  onThing('fragile', flow([start, by, ask('boss', 'mia'), approved], ['start > by', "by > boss when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'boss > approved']), { onSubmit: set('waiting'), onWithdraw: set('draft') }),
  role('worker', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['simple', 'everybody', 'both', 'byAmount', 'open', 'untilFinal', 'unknown', 'fragile'] }] }),
  role('approver', { grants: [] }),
]

type Person = 'ann' | 'mia' | 'dan' | 'fay'
interface Task { id: string; record: string; status: string; node: string; decidedBy: string | null; comment: string | null }
interface Instance { id: string; rev: number; status: string; version: number; hash: string; tokens: { node: string }[]; tasks: (Task & { assignee: string })[]; trail: { kind: string; by: string; node?: string; comment?: string | null }[]; definition: Flow }

let host: TestHost
const as = {} as Record<Person, Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const name of ['ann', 'mia', 'dan', 'fay'] as const) await host.addUser({ username: name, roles: [name === 'ann' ? 'worker' : 'approver'] })
  for (const name of ['ann', 'mia', 'dan', 'fay'] as const) as[name] = await host.signIn(name)
})
afterAll(() => host?.close())

const one = (record: string) => `/records/thing/${record}`
const make = async (members = {}) => (await as.ann.create('thing', { name: 'A thing', ...members })).id
const submit = async (record: string, name: string) => (await as.ann.must(as.ann.post<Instance>(`${one(record)}/flows/${name}`, { comment: 'please' })))
const taskOf = async (person: Person, record: string) => (await as[person].must(as[person].get<{ items: Task[] }>('/tasks', { limit: '200' }))).items.find((t) => t.record === record)
const decide = async (person: Person, record: string, decision: 'approve' | 'reject' = 'approve', members: object = {}, headers?: Record<string, string>) =>
  as[person].post<{ task: Task; instance: Instance } & ProblemBody>(`/tasks/${(await taskOf(person, record))!.id}/decide`, { decision, ...members }, headers)
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const read = (record: string) => as.ann.read('thing', record)

describe('the ordinary way', () => {
  test('submitted, asked, approved; the trail says who and what', async () => {
    const record = await make()
    const instance = await submit(record, 'simple')
    expect(instance).toMatchObject({ status: 'running', tokens: [{ node: 'boss' }], version: 1 })
    expect(await read(record)).toMatchObject({ status: 'waiting' })
    expect((await taskOf('mia', record))!).toMatchObject({ node: 'boss', status: 'open' })
    const { body } = await decide('mia', record, 'approve', { comment: 'fine' })
    expect(body.task).toMatchObject({ status: 'approved', comment: 'fine', decidedBy: as.mia.userId })
    expect(body.instance).toMatchObject({ status: 'approved', tokens: [] })
    expect(await read(record)).toMatchObject({ status: 'granted', note: 'agreed' })
    const { trail, tasks } = await instanceOf(instance.id)
    expect(trail.map((t) => [t.kind, t.by])).toEqual([['submitted', as.ann.userId], ['approved', as.mia.userId], ['ended', as.mia.userId]])
    expect(tasks.map((t) => t.status).sort()).toEqual(['approved', 'cancelled'])
    expect(await taskOf('dan', record)).toBeUndefined()
    const { items } = await as.mia.must(as.mia.get<{ items: Task[] }>('/tasks', { box: 'done' }))
    expect(items.map((t) => t.record)).toContain(record)
    const timeline = await as.ann.must(as.ann.get<{ items: { kind: string; data: { event?: string } }[] }>(`${one(record)}/timeline`))
    expect(timeline.items.filter((i) => i.kind === 'flow' || i.kind === 'decision').map((i) => i.data.event)).toEqual(['approved', 'submitted'])
  })

  test('a rejection needs a reason and ends it', async () => {
    const record = await make()
    const instance = await submit(record, 'simple')
    const kept = await everythingKept(host)
    const silent = await decide('dan', record, 'reject', { comment: '  ' })
    expect({ status: silent.status, problems: silent.body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 422, problems: ['/comment commentRequired'] })
    expect(await everythingKept(host)).toBe(kept)
    await as.dan.must(decide('dan', record, 'reject', { comment: 'no' }))
    expect(await read(record)).toMatchObject({ status: 'refused' })
    expect(await instanceOf(instance.id)).toMatchObject({ status: 'rejected', tokens: [] })
  })

  test('rule 15: a record in approval is left alone', async () => {
    const record = await make()
    await submit(record, 'simple')
    const kept = await everythingKept(host)
    expect((await as.ann.patch(one(record), { note: 'x' })).body).toMatchObject({ status: 409, code: 'inApproval' })
    expect((await as.ann.delete(one(record))).body).toMatchObject({ status: 409, code: 'inApproval' })
    expect((await as.ann.post(`${one(record)}/flows/everybody`)).body).toMatchObject({ status: 409, code: 'flowRunning' })
    expect(await everythingKept(host)).toBe(kept)
    const free = await make()
    await submit(free, 'open')
    expect((await as.ann.patch(one(free), { note: 'x' })).status).toBe(200)
    expect((await as.ann.delete(one(free))).status).toBe(409)
  })

  test('a decision about another revision than was seen is refused', async () => {
    const record = await make()
    await submit(record, 'open')
    await as.ann.must(as.ann.patch(one(record), { note: 'changed meanwhile' }))
    const late = await decide('mia', record, 'approve', { comment: 'fine', rev: 1 })
    expect(late.body).toMatchObject({ status: 409, code: 'staleRevision', current: { rev: 2 } })
    expect((await decide('mia', record, 'approve', { comment: 'fine', rev: 2 })).status).toBe(200)
  })

  test('rule 2: the way is chosen by the record as it is then', async () => {
    const small = await make({ amount: '100' })
    await submit(small, 'byAmount')
    expect((await decide('mia', small)).body.instance.status).toBe('approved')
    const large = await make({ amount: '100.01' })
    await submit(large, 'byAmount')
    expect((await decide('mia', large)).body.instance.tokens).toMatchObject([{ node: 'top' }])
    expect((await decide('dan', large)).body.instance.status).toBe('approved')
  })

  test('rule 3: a condition that is not known takes the default', async () => {
    const record = await make()
    expect(await submit(record, 'unknown')).toMatchObject({ status: 'approved' })
  })
})

test('a condition that fails: an incident, which holds the record until it is withdrawn', async () => {
  const record = await make({ note: 'no date' })
  const instance = await submit(record, 'fragile')
  expect(instance).toMatchObject({ status: 'incident', tokens: [{ node: 'by' }] })
  expect(instance.trail.at(-1)).toMatchObject({ kind: 'incident', node: 'by', reason: expect.stringContaining('date') as string })
  expect((await as.ann.patch(one(record), { note: '2026-06-01' })).body).toMatchObject({ code: 'inApproval' })
  expect((await as.ann.post(`${one(record)}/flows/simple`)).body).toMatchObject({ code: 'flowRunning' })
  await as.ann.must(as.ann.post(`/flow-instances/${instance.id}/withdraw`))
  await as.ann.must(as.ann.patch(one(record), { note: '2026-06-01' }))
  expect(await submit(record, 'fragile')).toMatchObject({ status: 'running', tokens: [{ node: 'boss' }] })
})

describe('withdrawing', () => {
  test('before the first decision, by who submitted', async () => {
    const record = await make()
    const { id } = await submit(record, 'simple')
    expect((await as.mia.post(`/flow-instances/${id}/withdraw`)).status).toBe(403)
    expect((await as.fay.post(`/flow-instances/${id}/withdraw`)).status).toBeGreaterThanOrEqual(403)
    const withdrawn = await as.ann.must(as.ann.post<Instance>(`/flow-instances/${id}/withdraw`, { comment: 'a mistake' }))
    expect(withdrawn).toMatchObject({ status: 'withdrawn', tokens: [] })
    expect(withdrawn.tasks.map((t) => t.status)).toEqual(['cancelled', 'cancelled'])
    expect(await read(record)).toMatchObject({ status: 'draft' })
    expect(await taskOf('mia', record)).toBeUndefined()
    expect((await as.ann.post(`/flow-instances/${id}/withdraw`)).body).toMatchObject({ status: 409, code: 'instanceEnded' })
    expect((await submit(record, 'simple')).status).toBe('running')
  })

  test('not after a decision, unless the flow says so', async () => {
    const record = await make()
    const { id } = await submit(record, 'everybody')
    await as.mia.must(decide('mia', record))
    expect((await as.ann.post(`/flow-instances/${id}/withdraw`)).body).toMatchObject({ status: 409, code: 'cannotWithdraw' })
    const other = await make()
    const late = await submit(other, 'untilFinal')
    await as.mia.must(decide('mia', other))
    expect((await as.ann.post(`/flow-instances/${late.id}/withdraw`)).status).toBe(200)
    const never = await make()
    expect((await as.ann.post(`/flow-instances/${(await submit(never, 'open')).id}/withdraw`)).body).toMatchObject({ status: 409, code: 'cannotWithdraw' })
  })
})

describe('races', () => {
  test('two approvers of whom one is enough: one wins, the other is told so', async () => {
    for (let round = 0; round < 10; round++) {
      const record = await make()
      const { id } = await submit(record, 'simple')
      const decisions = [['mia', 'approve'], ['dan', round % 2 === 0 ? 'approve' : 'reject']] as const
      const tasks = await Promise.all(decisions.map(async ([person]) => (await taskOf(person, record))!.id))
      const answers = await Promise.all(decisions.map(([person, decision], i) => as[person].post<ProblemBody & { task: Task }>(`/tasks/${tasks[i]}/decide`, { decision, comment: 'x' })))
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
      const loser = answers.find((a) => a.status === 409)!
      expect(loser.body).toMatchObject({ code: 'taskDone', current: { status: 'cancelled' } })
      const winner = answers.findIndex((a) => a.status === 200)
      expect(await instanceOf(id)).toMatchObject({ status: decisions[winner]![1] === 'approve' ? 'approved' : 'rejected' })
      expect((await instanceOf(id)).trail.filter((t) => t.kind === 'approved' || t.kind === 'rejected')).toHaveLength(1)
    }
  })

  test('rules 1 and 4: two branches decided at once: the join fires once', async () => {
    for (let round = 0; round < 10; round++) {
      const record = await make()
      const { id } = await submit(record, 'both')
      expect((await Promise.all([decide('mia', record), decide('dan', record)])).map((a) => a.status)).toEqual([200, 200])
      expect(await instanceOf(id)).toMatchObject({ status: 'approved' })
      expect(await read(record)).toMatchObject({ count: 1 })
    }
  })

  test('rule 1: everybody at once: all count, it ends once', async () => {
    const record = await make()
    await submit(record, 'everybody')
    expect((await Promise.all([decide('mia', record), decide('dan', record), decide('fay', record)])).map((a) => a.status)).toEqual([200, 200, 200])
    expect(await read(record)).toMatchObject({ count: 1 })
  })

  test('one task decided twice by one person: once', async () => {
    const record = await make()
    await submit(record, 'everybody')
    const { id } = (await taskOf('mia', record))!
    const answers = await Promise.all([1, 2, 3].map(() => as.mia.post(`/tasks/${id}/decide`, { decision: 'approve' })))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409])
  })

  test('a decision and a withdrawal at once: one of them', async () => {
    for (let round = 0; round < 10; round++) {
      const record = await make()
      const { id } = await submit(record, 'simple')
      const statuses = (await Promise.all([decide('mia', record), as.ann.post(`/flow-instances/${id}/withdraw`)])).map((a) => a.status)
      expect([...statuses].sort()).toEqual([200, 409])
      expect(await instanceOf(id)).toMatchObject({ status: statuses[0] === 200 ? 'approved' : 'withdrawn' })
    }
  })

  test('two submissions at once: one', async () => {
    const record = await make()
    const answers = await Promise.all([1, 2, 3].map(() => as.ann.post(`${one(record)}/flows/simple`)))
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409])
  })
})

describe('an approval keeps the version it began with', () => {
  test('rule 13: a new route published meanwhile is for those that come after', async () => {
    const running = await make()
    const begun = await submit(running, 'untilFinal')
    const current = (await as.ann.must(as.ann.get<{ definition: Flow }>('/definitions/flow/untilFinal'))).definition
    const shorter: Flow = { ...current, nodes: current.nodes.filter((n) => n.id !== 'top').concat(ask('quick', 'fay')), edges: [{ id: 'a', source: 'start', target: 'quick' }, { id: 'b', source: 'quick', target: 'approved' }, { id: 'c', source: 'boss', target: 'approved' }].filter((e) => e.source !== 'boss') }
    shorter.nodes = shorter.nodes.filter((n) => n.id !== 'boss')
    await as.ann.must(as.ann.put('/definitions/flow/untilFinal', shorter))
    await as.ann.must(as.ann.post('/releases'))

    const after = await make()
    expect(await submit(after, 'untilFinal')).toMatchObject({ version: 2, tokens: [{ node: 'quick' }] })
    await as.mia.must(decide('mia', running))
    const on = await instanceOf(begun.id)
    expect(on).toMatchObject({ version: 1, hash: begun.hash, tokens: [{ node: 'top' }] })
    expect(on.definition.nodes.map((n) => n.id)).toContain('top')
    expect((await decide('dan', running)).body.instance).toMatchObject({ status: 'approved', version: 1 })
    expect((await decide('fay', after)).body.instance).toMatchObject({ status: 'approved', version: 2 })
  })

  test('a layout moved on the canvas is no other content', async () => {
    const before = await as.ann.must(as.ann.get<{ hash: string; definition: Flow }>('/definitions/flow/both'))
    await as.ann.must(as.ann.put('/definitions/flow/both', { ...before.definition, layout: { start: { x: 5, y: 5 } } }))
    await as.ann.must(as.ann.post('/releases'))
    expect(await as.ann.must(as.ann.get('/definitions/flow/both'))).toMatchObject({ hash: before.hash, definition: { layout: { start: { x: 5, y: 5 } } } })
  })
})

describe('Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name })

  test('the same request gives the same answer, and happens once', async () => {
    const first = await as.ann.post('/records/thing', { name: 'Once', amount: '5' }, key('create-1'))
    const again = await as.ann.post('/records/thing', { amount: '5', name: 'Once' }, key('create-1'))
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    expect((await as.ann.list('thing', { count: 'exact' }, { field: 'name', op: 'eq', value: 'Once' } as never)).count).toBe(1)
  })

  test('another body or another path is refused', async () => {
    const record = await make()
    const kept = await everythingKept(host)
    for (const answer of [await as.ann.post('/records/thing', { name: 'Twice' }, key('create-1')), await as.ann.post(`${one(record)}/flows/simple`, { name: 'Once', amount: '5' }, key('create-1'))]) {
      expect(answer.body).toMatchObject({ status: 422, code: 'idempotencyMismatch' })
    }
    expect(await everythingKept(host)).toBe(kept)
  })

  test('a key belongs to a person', async () => {
    const record = await make()
    await submit(record, 'simple')
    expect((await decide('mia', record, 'approve', {}, key('create-1'))).status).toBe(200)
  })

  test('a decision sent twice counts once and answers alike', async () => {
    const record = await make()
    await submit(record, 'everybody')
    const { id } = (await taskOf('mia', record))!
    const send = () => as.mia.post(`/tasks/${id}/decide`, { decision: 'approve' }, key(`decide ${id}`))
    const first = await send()
    expect(await send()).toMatchObject({ status: 200, body: first.body })
    expect((await as.mia.post(`/tasks/${id}/decide`, { decision: 'approve' })).status).toBe(409)
  })

  test('a refusal is not kept: the request can be tried again', async () => {
    expect((await as.ann.post('/records/thing', {}, key('retry'))).status).toBe(422)
    expect((await as.ann.post('/records/thing', { name: 'Now right' }, key('retry'))).status).toBe(201)
  })

  test('the same key at the same time: once', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => as.ann.post('/records/thing', { name: 'At once' }, key('at-once'))))
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
  })
})

test('rule 21: no instance is at a dead end', async () => {
  const docs = await host.services.store.find(collections.instance, { where: { path: ['status'], op: 'eq', value: 'running' } })
  expect(docs.length).toBeGreaterThan(0)
  for (const doc of docs) {
    const { tokens } = doc.state as { tokens: { node: string; joining?: boolean }[] }
    const open = await host.services.store.find(collections.task, { where: { and: [{ path: ['instance'], op: 'eq', value: doc.id }, { path: ['status'], op: 'eq', value: 'open' }] } })
    expect(tokens.length).toBeGreaterThan(0)
    for (const token of tokens.filter((t) => !t.joining)) expect(open.map((t) => t.node)).toContain(token.node)
  }
})
