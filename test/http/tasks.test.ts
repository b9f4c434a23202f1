/** What people do with their tasks over the API: give them away, share them, sign, fill in, many at once, be out of office; and races for them. */
import type { Definition, Flow, FlowNode } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Answer, Client, ProblemBody } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const every = ['approve', 'reject', 'transfer', 'delegate', 'addSignBefore', 'addSignAfter', 'removeSign', 'cc'] as const
const set = (status: string) => [{ id: status, kind: 'setField' as const, values: { status: `'${status}'` } }]
const counting = { ...approved, effects: [...set('granted'), { id: 'once', kind: 'setField' as const, values: { count: 'count + 1' } }] }
const options = ['draft', 'waiting', 'granted', 'refused'].map((value) => ({ value, label }))
const flows: Flow[] = []
const oneStep = (name: string, node: FlowNode, members: Partial<Flow> = {}) => { flows.push({ ...flow([start, node, counting], [`start > ${node.id}`, `${node.id} > approved`], members), name, entity: 'thing' }) }

oneStep('boss', ask('boss', 'mia', { actions: [...every] }))
oneStep('plain', ask('boss', 'mia'))
oneStep('any', ask('boss', ['mia', 'dan'], { multi: { mode: 'any' } }), { settings: { bulkActions: ['approve'] } })
oneStep('vote', ask('boss', ['mia', 'dan', 'fay'], { multi: { mode: 'vote' }, actions: [...every] }))
oneStep('chain', ask('boss', ['mia', 'dan', 'fay'], { multi: { mode: 'sequential' } }))
oneStep('claimed', ask('boss', ['mia', 'dan'], { multi: { mode: 'claim' } }))
oneStep('filling', ask('boss', 'mia', { fields: [{ field: 'amount', access: 'editable' }, { field: 'note', access: 'required' }, { field: 'secret', access: 'hidden' }] }), { recordPolicy: { lock: 'none' } })
oneStep('signed', ask('boss', 'mia', { actions: [...every] }), { settings: { signatureRequired: ['approve'], commentRequired: ['transfer'] } })
oneStep('chosen', { id: 'boss', type: 'approval', assignees: [{ kind: 'initiatorSelect' }] })
flows.push({ ...flow([start, ask('boss', 'mia'), { id: 'next', type: 'approval', assignees: [{ kind: 'previousSelect' }] }, approved], ['start > boss', 'boss > next', 'next > approved']), name: 'passedOn', entity: 'thing' })

const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note'), field('text', 'secret'), field('enum', 'status', { options, default: 'draft', readOnly: true }), field('integer', 'count', { default: 0 })]),
  ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
  role('approver', { grants: [] }),
  role('chief', { capabilities: ['studio', 'users'], grants: [{ entity: 'user', verbs: ['read'], scope: 'all' }] }),
]

const names = ['ann', 'mia', 'dan', 'fay', 'eve'] as const
type Person = (typeof names)[number]
interface Task { id: string; key: string; record: string; status: string; node: string; assignee: string; principal: string | null; via: string | null; decidedBy: string | null; offered?: string[]; readAt: string | null }
interface Instance { id: string; status: string; tasks: Task[]; trail: { kind: string; by: string; onBehalfOf?: string; proxy?: string; people?: string[]; comment?: string; attachments?: string[]; signature?: string; cites?: string; person?: string }[] }
type Decided = { task: Task; instance: Instance } & ProblemBody

let host: TestHost
const as = {} as Record<Person, Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const name of names) await host.addUser({ username: name, roles: [name === 'ann' ? 'worker' : 'approver'] })
  await host.addUser({ username: 'root', roles: ['chief'] })
  for (const name of names) as[name] = await host.signIn(name)
})
afterAll(() => host?.close())

const one = (record: string) => `/records/thing/${record}`
const make = async (members = {}) => (await as.ann.create('thing', { name: 'A thing', ...members })).id
const submitted = async (name: string, body: object = {}, members = {}) => {
  const record = await make(members)
  return { record, instance: (await as.ann.must(as.ann.post<Instance>(`${one(record)}/flows/${name}`, body))).id }
}
const box = async (person: Person, name: string, record: string) => (await as[person].must(as[person].get<{ items: Task[] }>('/tasks', { box: name, limit: '200' }))).items.filter((t) => t.record === record)
const taskOf = async (person: Person, record: string) => (await box(person, 'todo', record))[0]
const decideTask = (person: Person, id: string, decision: string, members: object = {}) => as[person].post<Decided>(`/tasks/${id}/decide`, { decision, ...members })
const decide = async (person: Person, record: string, decision = 'approve', members: object = {}) => decideTask(person, (await taskOf(person, record))!.id, decision, members)
const must = async (answer: Promise<Answer<Decided>>) => { const { status, body } = await answer; if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`); return body }
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const openFor = async (id: string) => { const { tasks } = await instanceOf(id); return tasks.filter((t) => t.status === 'open').map((t) => names.find((n) => as[n].userId === t.assignee)).sort() }
const id = (person: Person) => as[person].userId

describe('rule 11, whose decision it is', () => {
  test('a transfer moves ownership', async () => {
    const { record, instance } = await submitted('boss')
    await must(decide('mia', record, 'transfer', { to: id('dan'), comment: 'yours' }))
    expect(await taskOf('mia', record)).toBeUndefined()
    expect(await taskOf('dan', record)).toMatchObject({ via: 'transfer', givenBy: id('mia') })
    await must(decide('dan', record))
    const { status, trail } = await instanceOf(instance)
    expect(status).toBe('approved')
    expect(trail.map((e) => [e.kind, e.by])).toEqual([['submitted', id('ann')], ['transferred', id('mia')], ['approved', id('dan')], ['ended', id('dan')]])
  })

  test('a delegate only advises; it comes back to the principal', async () => {
    const { record, instance } = await submitted('boss')
    const { task } = await must(decide('mia', record, 'delegate', { to: id('dan') }))
    expect(task.status).toBe('pending')
    expect((await instanceOf(instance)).status).toBe('running')
    const advice = await must(decide('dan', record, 'reject', { comment: 'I would not' }))
    expect(advice.instance.status).toBe('running')
    expect(advice.instance.trail.at(-1)).toMatchObject({ kind: 'rejected', by: id('dan'), onBehalfOf: id('mia') })
    expect((await must(decide('mia', record))).instance.status).toBe('approved')
  })

  test('signers before are heard first; then it is the turn of who asked them', async () => {
    const { record, instance } = await submitted('boss')
    await must(decide('mia', record, 'addSignBefore', { to: [id('dan'), id('fay')] }))
    expect(await openFor(instance)).toEqual(['dan', 'fay'])
    await must(decide('dan', record))
    expect(await openFor(instance)).toEqual(['fay'])
    await must(decide('fay', record))
    expect(await openFor(instance)).toEqual(['mia'])
    expect((await must(decide('mia', record))).instance.status).toBe('approved')
  })

  test('signers after are heard when theirs has approved', async () => {
    const { record, instance } = await submitted('boss')
    await must(decide('mia', record, 'addSignAfter', { to: [id('dan')] }))
    expect(await openFor(instance)).toEqual(['mia'])
    expect((await must(decide('mia', record))).instance.status).toBe('running')
    expect((await must(decide('dan', record))).instance.status).toBe('approved')
  })

  test('signers are removed by who added them, also while they are waited for', async () => {
    const { record, instance } = await submitted('boss')
    const { task } = await must(decide('mia', record, 'addSignBefore', { to: [id('dan')] }))
    expect((await decideTask('mia', task.id, 'approve')).status).toBe(409)
    await must(decideTask('mia', task.id, 'removeSign'))
    expect(await openFor(instance)).toEqual(['mia'])
    expect((await decideTask('mia', task.id, 'removeSign')).body).toMatchObject({ status: 409, code: 'noSigners' })
    expect((await must(decide('mia', record))).instance.status).toBe('approved')
  })

  test.each(['transfer', 'delegate', 'addSignBefore', 'addSignAfter'])('%s goes to people who may decide, and to nobody else', async (decision) => {
    const { record } = await submitted('boss')
    const kept = await everythingKept(host)
    for (const to of ['nobody', id('mia'), ...(decision === 'delegate' ? [] : [id('ann')])]) expect((await decide('mia', record, decision, { to })).body).toMatchObject({ status: 422, code: 'cannotBeAsked', problems: [{ path: '/to' }] })
    expect((await decide('mia', record, decision)).body).toMatchObject({ status: 422, problems: [{ path: '/to', code: 'required' }] })
    expect(await everythingKept(host)).toBe(kept)
  })

  test('out of office: the deputy decides, and the trail says for whom and why', async () => {
    const today = host.services.clock.today()
    const absence = await as.mia.must(as.mia.post<{ id: string }>('/me/out-of-office', { from: today, until: today, deputy: id('dan'), flows: ['plain'] }))
    const { record, instance } = await submitted('plain')
    expect(await taskOf('mia', record)).toBeUndefined()
    await must(decide('dan', record))
    expect((await instanceOf(instance)).trail[1]).toMatchObject({ kind: 'approved', by: id('dan'), onBehalfOf: id('mia'), proxy: absence.id })
    // Other flows are left to herself.
    expect(await openFor((await submitted('boss')).instance)).toEqual(['mia'])
    expect((await as.mia.get<{ items: object[] }>('/me/out-of-office')).body.items).toMatchObject([{ id: absence.id, deputy: id('dan') }])
    expect((await as.dan.delete(`/me/out-of-office/${absence.id}`)).status).toBe(404)
    expect((await as.mia.delete(`/me/out-of-office/${absence.id}`)).status).toBe(204)
    expect(await openFor((await submitted('plain')).instance)).toEqual(['mia'])
    const wrong = await as.mia.post<ProblemBody>('/me/out-of-office', { from: today, until: '2020-01-01', deputy: id('mia'), flows: ['none'] })
    expect(wrong.body.problems.map((p) => p.path)).toEqual(['/until', '/deputy', '/flows/0'])
  })
})

describe('rule 10, several people', () => {
  test('a vote is decided as soon as it cannot change; signers change what it is counted of', async () => {
    const { record } = await submitted('vote')
    await must(decide('mia', record))
    expect((await must(decide('dan', record))).instance.status).toBe('approved')
    const larger = await submitted('vote')
    await must(decide('fay', larger.record, 'addSignAfter', { to: [id('eve')] }))
    await must(decide('mia', larger.record))
    expect((await must(decide('dan', larger.record))).instance.status).toBe('approved')
    const { trail } = await instanceOf(larger.instance)
    expect(trail[1]).toMatchObject({ kind: 'signersAdded', by: id('fay'), people: [id('eve')] })
    const lost = await submitted('vote')
    await must(decide('mia', lost.record, 'reject', { comment: 'no' }))
    expect((await must(decide('dan', lost.record, 'reject', { comment: 'no' }))).instance.status).toBe('rejected')
  })

  test('one after the other', async () => {
    const { record, instance } = await submitted('chain')
    for (const person of ['mia', 'dan', 'fay'] as const) {
      expect(await openFor(instance)).toEqual([person])
      await must(decide(person, record))
    }
    expect((await instanceOf(instance)).status).toBe('approved')
  })

  test('whoever claims it decides', async () => {
    const { record, instance } = await submitted('claimed')
    const dans = (await taskOf('dan', record))!
    await must(decide('mia', record, 'claim'))
    expect(await openFor(instance)).toEqual(['mia'])
    expect((await decideTask('dan', dans.id, 'claim')).status).toBe(409)
    expect((await must(decide('mia', record))).instance.status).toBe('approved')
  })

  test('the submitter and approvers choose people', async () => {
    const record = await make()
    expect((await as.ann.post<ProblemBody>(`${one(record)}/flows/chosen`)).body.problems).toMatchObject([{ path: '/people/boss', code: 'required' }])
    expect((await as.ann.post<ProblemBody>(`${one(record)}/flows/chosen`, { people: { boss: ['nobody'] } })).body.problems).toMatchObject([{ path: '/people/boss', code: 'badChoice' }])
    expect(await openFor((await submitted('chosen', { people: { boss: [id('fay')] } })).instance)).toEqual(['fay'])
    const passed = await submitted('passedOn')
    await must(decide('mia', passed.record, 'approve', { people: { next: [id('dan')] } }))
    expect(await openFor(passed.instance)).toEqual(['dan'])
  })
})

describe('with the decision', () => {
  test('only what the node offers', async () => {
    const { record, instance } = await submitted('plain')
    expect((await decide('mia', record, 'transfer', { to: id('dan') })).body).toMatchObject({ status: 403, code: 'notOffered' })
    const { tasks } = (await as.mia.must(as.mia.get<Instance>(`/flow-instances/${instance}`)))
    expect(tasks[0]!.offered).toEqual(['approve', 'reject'])
    expect((await instanceOf(instance)).tasks[0]!.offered).toBeUndefined()
  })

  test('fields that the node leaves to those asked', async () => {
    const { record } = await submitted('filling')
    const kept = await everythingKept(host)
    const empty = await decide('mia', record)
    expect(empty.body.problems).toMatchObject([{ path: '/fields/note', code: 'required' }])
    const foreign = await decide('mia', record, 'approve', { fields: { name: 'x', status: 'granted' } })
    expect(foreign.body.problems.map((p) => `${p.path} ${p.code}`)).toEqual(['/fields/name readOnly', '/fields/status readOnly'])
    expect((await decide('mia', record, 'approve', { fields: { note: 'ok', amount: 'much' } })).body.problems[0]!.path).toBe('/fields/amount')
    expect((await decide('mia', record, 'reject', { comment: 'no', fields: { note: 'x' } })).status).toBe(422)
    expect(await everythingKept(host)).toBe(kept)
    await must(decide('mia', record, 'approve', { fields: { note: 'checked', amount: '12' } }))
    expect(await as.ann.read('thing', record)).toMatchObject({ note: 'checked', amount: '12.00', status: 'granted' })
  })

  test('rule 15: refused only when a field that is shown has changed', async () => {
    const { record } = await submitted('filling')
    const { rev } = await as.ann.read('thing', record)
    await as.ann.must(as.ann.patch(one(record), { secret: 'hidden from approvers' }))
    await as.ann.must(as.ann.patch(one(record), { name: 'Another name' }))
    const late = await decide('mia', record, 'approve', { rev, fields: { note: 'x' } })
    expect(late.body).toMatchObject({ status: 409, code: 'staleRevision', current: { fields: ['name'] } })
    const seen = await as.ann.read('thing', record)
    await as.ann.must(as.ann.patch(one(record), { secret: 'again' }))
    expect((await decide('mia', record, 'approve', { rev: seen.rev, fields: { note: 'x' } })).status).toBe(200)
  })

  test('a signature, a reason and documents, as the flow asks for', async () => {
    const { record, instance } = await submitted('signed')
    const missing = await decide('mia', record)
    expect(missing.body.problems).toMatchObject([{ path: '/signature', code: 'signatureRequired' }])
    expect((await decide('mia', record, 'transfer', { to: id('dan') })).body.problems).toMatchObject([{ path: '/comment', code: 'commentRequired' }])
    const [picture, text] = [await upload('mia', 'sign.png', png), await upload('mia', 'why.txt', 'because')]
    expect((await decide('mia', record, 'approve', { signature: text })).body.problems).toMatchObject([{ path: '/signature/0', code: 'badFileType' }])
    expect((await decide('mia', record, 'approve', { signature: picture, attachments: [await upload('dan', 'his.txt', 'not hers')] })).body.problems).toMatchObject([{ path: '/attachments/0' }])
    await must(decide('mia', record, 'approve', { signature: picture, attachments: [text] }))
    expect((await instanceOf(instance)).trail[1]).toMatchObject({ signature: picture, attachments: [text] })
    expect((await as.ann.get(`/files/${picture}/info`)).status).toBe(200)
    expect((await as.eve.get(`/files/${picture}/info`)).status).toBe(404)
  })

  test('copies are for information, and are read once', async () => {
    const { record } = await submitted('boss')
    await must(decide('mia', record, 'cc', { to: [id('eve')] }))
    const [copy] = await box('eve', 'cc', record)
    expect(copy).toMatchObject({ status: 'copy', readAt: null, givenBy: id('mia') })
    expect((await as.eve.get(one(record))).status).toBe(200)
    expect((await as.dan.post(`/tasks/${copy!.id}/read`)).status).toBe(404)
    const read = await as.eve.must(as.eve.post<Task>(`/tasks/${copy!.id}/read`))
    expect(await as.eve.must(as.eve.post<Task>(`/tasks/${copy!.id}/read`))).toMatchObject({ readAt: read.readAt })
    expect((await decideTask('eve', copy!.id, 'approve')).status).toBe(404)
  })

  test('many at once: each for itself, where the flow allows it', async () => {
    const things = [await submitted('any'), await submitted('any'), await submitted('plain')]
    const ids = await Promise.all(things.map(async ({ record }) => (await taskOf('mia', record))!.id))
    await must(decide('dan', things[1]!.record))
    const { items } = await as.mia.must(as.mia.post<{ items: { ok: boolean; status?: number; problem?: { code: string } }[] }>('/tasks/decide', { decision: 'approve', items: [...ids, 'none'].map((task) => ({ id: task })) }))
    expect(items.map((i) => (i.ok ? 'done' : `${i.status} ${i.problem!.code}`))).toEqual(['done', '409 taskDone', '403 notInBulk', '404 notFound'])
    expect(await as.ann.read('thing', things[0]!.record)).toMatchObject({ status: 'granted', count: 1 })
    expect((await as.mia.post<{ items: { status: number }[] }>('/tasks/decide', { decision: 'reject', comment: 'no', items: [{ id: ids[0] }] })).body.items).toMatchObject([{ ok: false, status: 403 }])
  })

  test('urging once an hour, commenting as one likes', async () => {
    const { record, instance } = await submitted('plain')
    expect((await as.mia.post(`/flow-instances/${instance}/urge`)).status).toBe(403)
    expect((await as.ann.must(as.ann.post<Instance>(`/flow-instances/${instance}/urge`, { comment: 'please' }))).trail.at(-1)).toMatchObject({ kind: 'urged', people: [id('mia')] })
    expect((await as.ann.post(`/flow-instances/${instance}/urge`)).body).toMatchObject({ status: 409, code: 'urgedAlready' })
    expect((await as.mia.must(as.mia.post<Instance>(`/flow-instances/${instance}/comment`, { comment: 'which one?' }))).trail.at(-1)).toMatchObject({ kind: 'commented', by: id('mia'), comment: 'which one?' })
    expect((await as.eve.post(`/flow-instances/${instance}/comment`, { comment: 'me too' })).status).toBe(403)
    await must(decide('mia', record))
    expect((await as.ann.post(`/flow-instances/${instance}/urge`)).status).toBe(409)
  })
})

describe('rights: a stranger learns nothing', () => {
  test.each(every)('%s of somebody else’s task is 404', async (decision) => {
    const { record } = await submitted('boss')
    const { id: task } = (await taskOf('mia', record))!
    const kept = await everythingKept(host)
    for (const person of ['eve', 'ann', 'dan'] as const) expect((await decideTask(person, task, decision, { to: id('fay'), comment: 'x' })).status).toBe(404)
    expect((await as.eve.post<{ items: object[] }>('/tasks/decide', { decision: 'approve', items: [{ id: task }] })).body.items).toMatchObject([{ ok: false, status: 404 }])
    expect(await everythingKept(host)).toBe(kept)
  })
})

describe('rule 20, who leaves', () => {
  let leavers = 0
  const leaver = async (members: object = {}) => {
    const username = `leaver${++leavers}`
    const user = await host.addUser({ username, roles: ['approver'], ...members })
    return { id: user.id, username, client: await host.signIn(username) }
  }
  const waitingFor = async (person: string) => {
    const { record, instance } = await submitted('boss')
    await must(decide('mia', record, 'transfer', { to: person }))
    return { record, instance }
  }
  const deactivate = (person: string) => host.stage.engine.update('user', person, { active: false })

  test('what waited for them goes to the manager; what they decided stays theirs', async () => {
    const gone = await leaver({ manager: id('dan') })
    const past = await waitingFor(gone.id)
    const task = (await instanceOf(past.instance)).tasks.find((t) => t.status === 'open')!
    await must(gone.client.post<Decided>(`/tasks/${task.id}/decide`, { decision: 'approve' }))
    const { instance } = await waitingFor(gone.id)
    await deactivate(gone.id)
    expect(await openFor(instance)).toEqual(['dan'])
    expect((await instanceOf(instance)).trail.at(-1)).toMatchObject({ kind: 'reassigned', person: gone.id, people: [id('dan')] })
    expect((await instanceOf(past.instance)).trail.find((e) => e.kind === 'approved')!.by).toBe(gone.id)
  })

  test('the deputy comes before the manager; nobody gets the same task twice', async () => {
    const gone = await leaver({ manager: id('dan') })
    const today = host.services.clock.today()
    const { instance } = await waitingFor(gone.id)
    await gone.client.must(gone.client.post('/me/out-of-office', { from: today, until: today, deputy: id('fay') }))
    await deactivate(gone.id)
    expect(await openFor(instance)).toEqual(['fay'])
  })

  test('signers and delegates who leave hold nothing up', async () => {
    const gone = await leaver({ manager: id('mia') })
    const { record, instance } = await submitted('boss')
    await must(decide('mia', record, 'delegate', { to: gone.id }))
    await deactivate(gone.id)
    expect(await openFor(instance)).toEqual(['mia'])
    expect((await must(decide('mia', record))).instance.status).toBe('approved')
  })

  test('nobody above: an administrator', async () => {
    const gone = await leaver()
    const { instance } = await waitingFor(gone.id)
    await deactivate(gone.id)
    const { tasks, status } = await instanceOf(instance)
    expect({ status, open: tasks.filter((t) => t.status === 'open').length }).toEqual({ status: 'running', open: 1 })
  })

  test('who leaves before their turn came is not waited for', async () => {
    const gone = await leaver({ manager: id('eve') })
    const { record, instance } = await submitted('chain')
    await must(decide('mia', record))
    await host.stage.engine.update('user', id('fay'), { manager: gone.id })
    await host.stage.engine.update('user', id('fay'), { active: false })
    await must(decide('dan', record))
    await host.stage.engine.update('user', id('fay'), { active: true })
    expect((await instanceOf(instance)).tasks.filter((t) => t.status === 'open').map((t) => t.assignee)).toEqual([gone.id])
  })

  test('an administrator of users hands over; others may not', async () => {
    const gone = await leaver()
    const { instance } = await waitingFor(gone.id)
    expect((await as.ann.post(`/users/${gone.id}/hand-over`, { to: id('fay') })).status).toBe(403)
    await host.addUser({ username: 'chief', roles: ['chief'] })
    const chief = await host.signIn('chief')
    expect((await chief.post<ProblemBody>(`/users/${gone.id}/hand-over`, { to: gone.id })).body).toMatchObject({ status: 422, problems: [{ path: '/to' }] })
    expect(await chief.must(chief.post(`/users/${gone.id}/hand-over`, { to: id('fay') }))).toEqual({ approvals: 1 })
    expect(await openFor(instance)).toEqual(['fay'])
  })
})

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function upload(person: Person, name: string, content: Buffer | string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart]), name)
  const { cookie, csrf, url } = as[person]
  const response = await fetch(`${url}/api/v1/files`, { method: 'POST', body: form, headers: { cookie, 'x-csrf-token': csrf } })
  return ((await response.json()) as { id: string }).id
}

test('whom a task is given to is found by name, without any right on users: who works here, their names and nothing else', async () => {
  const left = await host.addUser({ username: 'zed', name: 'Zed Left', roles: ['approver'] })
  await host.addUser({ username: 'zoe', name: 'Zoe 佐伊', roles: ['approver'], email: 'zoe@example.com' })
  await host.stage.engine.update('user', left.id, { active: false })
  const find = async (q: string) => (await as.mia.must(as.mia.get<{ items: object[] }>('/people', { q }))).items
  expect((await as.mia.get('/records/user')).status).toBe(403)
  expect(await find('z')).toEqual([{ id: expect.any(String) as string, name: 'Zoe 佐伊' }])
  expect((await find('佐')).length).toBe(1)
  expect(await find('example.com')).toEqual([])
  expect(((await find('')) as { name: string }[]).map((p) => p.name)).toEqual(expect.arrayContaining(['ann', 'mia']))
})

test('departments are found by name as people are', async () => {
  await host.stage.engine.create('department', { name: 'East 华东' })
  const { id } = await host.stage.engine.create('department', { name: 'Far East' })
  await host.stage.engine.update('department', id!, { name: 'Near West' })
  expect((await as.mia.get('/records/department')).status).toBe(403)
  expect((await as.mia.must(as.mia.get<{ items: object[] }>('/departments', { q: 'east' }))).items).toEqual([{ id: expect.any(String) as string, name: 'East 华东' }])
  expect((await as.mia.must(as.mia.get<{ items: { name: string }[] }>('/departments'))).items.map((d) => d.name)).toEqual(expect.arrayContaining(['East 华东', 'Near West']))
})

test('handing over is offered on the page of a person to who administers users', async () => {
  const chief = await host.signIn('root')
  const path = `/records/user/${as.mia.userId}/commands`
  expect(await chief.must(chief.get(path))).toMatchObject({ handOver: true })
  expect((await as.mia.get(path)).status).toBe(403)
})
