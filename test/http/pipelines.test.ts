/** Rule 24 of flows.md over the API: one transition command for every path, checklists, fields of a stage, gates, changing over. */
import type { Definition, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const approval = { id: 'boss', type: 'approval' as const, label, assignees: [{ kind: 'user' as const, user: 'bob' }] }
const sales: Pipeline = {
  kind: 'pipeline', name: 'sales', entity: 'deal', label, order: 2,
  stages: [
    { id: 'lead', label, category: 'open', checklist: [{ id: 'call', text: { en: 'Call them', zh: '致电' }, required: true }, { id: 'tea', text: label }], fieldAccess: [{ field: 'price', access: 'readonly' }], onExit: [{ id: 'left', kind: 'setField', values: { note: "note + ' left'" } }] },
    { id: 'offer', label, category: 'open', fieldAccess: [{ field: 'price', access: 'required' }], onEnter: [{ id: 'came', kind: 'setField', values: { note: "note + ' came'" } }] },
    { id: 'review', label, category: 'open', gate: { flow: 'gate' } },
    { id: 'won', label, category: 'won' }, { id: 'lost', label, category: 'lost' },
  ],
}
const small: Pipeline = {
  kind: 'pipeline', name: 'small', entity: 'deal', label, order: 1, selectWhen: 'size < 10',
  stages: [{ id: 'talk', label, category: 'open' }, { id: 'offer', label, category: 'open', requiredFields: ['price'] }, { id: 'won', label, category: 'won' }],
  policies: { onPipelineSwitch: { stageMap: { 'sales.lead': 'talk' } } },
}
const documents: Definition[] = [
  entity('deal', [
    field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('dateTime', 'since'),
    field('integer', 'size'), field('money', 'price'), field('text', 'note', { default: 'new' }),
  ], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', sinceField: 'since' } }),
  sales, small,
  { kind: 'flow', name: 'gate', entity: 'deal', label, recordPolicy: { lock: 'none' }, nodes: [{ id: 'start', type: 'start' }, approval, { id: 'end', type: 'end', result: 'approved' }], edges: [{ id: 'a', source: 'start', target: 'boss' }, { id: 'b', source: 'boss', target: 'end' }] },
  { kind: 'action', name: 'push', entity: 'deal', label, steps: [{ id: 'm', kind: 'moveStage', to: 'offer' }] },
  role('rep', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', actions: ['push'] }, { entity: 'user', verbs: ['read'], scope: 'all' }] }),
  role('reader', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
]

let host: TestHost
let ann: Client
let bob: Client
let eve: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, roles] of [['ann', ['rep']], ['bob', ['rep']], ['eve', ['reader']]] as const) await host.addUser({ username, roles: [...roles] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
  eve = await host.signIn('eve')
})
afterAll(() => host?.close())

const deal = (members: object = {}) => ann.create('deal', { name: 'a', mode: 'sales', ...members })
const move = (id: string, to: string, members: object = {}) => ann.post<ProblemBody & { pending?: string }>(`/records/deal/${id}/stage`, { to, ...members })
const change = (id: string, to: string, members: object = {}) => ann.post<ProblemBody & { pending?: string }>(`/records/deal/${id}/pipeline`, { to, ...members })
const check = (id: string, item: string, done = true, client = ann) => client.put<{ items: object[] } & ProblemBody>(`/records/deal/${id}/checklist/${item}`, { done })
const said = ({ status, body }: { status: number; body: ProblemBody }) => [status, ...body.problems.map((p) => `${p.path} ${p.code}`)]
const commands = (id: string) => ann.must(ann.get<Record<string, unknown>>(`/records/deal/${id}/commands`))
const decide = async (instance: string, decision: string) => {
  const { items } = await bob.must(bob.get<{ items: { id: string; instance: { id: string } | string }[] }>('/tasks', { box: 'todo' }))
  const task = items.find((t) => (typeof t.instance === 'string' ? t.instance : t.instance.id) === instance)!
  await bob.must(bob.post(`/tasks/${task.id}/decide`, { decision, comment: 'so be it' }))
}
const inOffer = async () => { const { id } = await deal(); await check(id, 'call'); await ann.must(move(id, 'offer')); return id }

describe('the checklist', () => {
  test('is ticked off with name and time, opened again, told in the history; required items hold back on every path', async () => {
    const { id } = await deal()
    expect(said(await move(id, 'offer'))).toEqual([422, ' checklistOpen'])
    expect(said((await ann.action('deal', id, 'push')) as never)).toEqual([422, ' checklistOpen'])
    expect((await check(id, 'tea')).body.items).toEqual([{ item: 'tea', at: expect.any(String) as string, by: ann.userId, name: 'ann' }])
    await check(id, 'call')
    await check(id, 'tea', false)
    await check(id, 'tea', false)
    expect(await commands(id)).toMatchObject({ checklist: [{ item: 'call' }] })
    const { items } = await ann.must(ann.get<{ items: { kind: string; data: object }[] }>(`/records/deal/${id}/history`))
    expect(items.filter((i) => i.kind === 'checklist').map((i) => i.data)).toMatchObject([{ item: 'tea', done: false }, { item: 'call', done: true, text: { en: 'Call them' } }, { item: 'tea', done: true }])
    expect((await move(id, 'offer')).status).toBe(200)
    expect((await check(id, 'call', false)).status).toBe(404)
  })

  test('belongs to those who may change the record', async () => {
    const { id } = await deal()
    expect((await check(id, 'call', true, eve)).status).toBe(403)
    expect((await check(id, 'gone')).status).toBe(404)
    expect((await check((await ann.create('deal', { name: 'x' })).id, 'call')).status).toBe(404)
  })
})

describe('one transition command', () => {
  test('rule 24: writing the stage, its status or the pipeline is refused; what leaving and entering cause happens in that order', async () => {
    const { id } = await deal()
    expect(said(await ann.patch<ProblemBody>(`/records/deal/${id}`, { stage: 'won', status: 'won', mode: 'small', since: null }))).toEqual([422, '/stage readOnly', '/status readOnly', '/since readOnly', '/mode readOnly'])
    await check(id, 'call')
    await move(id, 'offer')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'offer', status: 'open', note: 'new left came' })
  })

  test('the moment of entering is kept', async () => {
    const { id, since } = await deal()
    await check(id, 'call')
    await move(id, 'offer')
    expect(String((await ann.read('deal', id)).since) > String(since)).toBe(true)
  })

  test('fields are locked and demanded by the stage the record is in', async () => {
    const { id } = await deal({ price: '1' })
    expect(said(await ann.patch<ProblemBody>(`/records/deal/${id}`, { price: '2' }))).toEqual([422, '/price locked'])
    expect(await commands(id)).toMatchObject({ fields: { price: 'locked' } })
    const other = await inOffer()
    expect(said(await ann.patch<ProblemBody>(`/records/deal/${other}`, { name: 'b' }))).toEqual([422, '/price required'])
    expect((await ann.patch(`/records/deal/${other}`, { name: 'b', price: '3' })).status).toBe(200)
  })
})

describe('a gate', () => {
  test('rule 24: holds the record in its stage, says who asked and why, and lets no other move through', async () => {
    const id = await inOffer()
    const { body } = await move(id, 'review', { comment: 'they agree' })
    expect(await commands(id)).toMatchObject({ pendingStage: 'review', pending: { instance: body.pending, name: 'ann', comment: 'they agree' }, moves: expect.arrayContaining([expect.objectContaining({ to: 'lost', available: false })]) as unknown })
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'offer' })
    for (const to of ['lost', 'lead', 'won']) expect(said(await move(id, to, { comment: 'x' }))).toEqual([409, '/to gatePending'])
    expect(said(await change(id, 'small'))).toEqual([409, '/to gatePending'])
    const purpose = { kind: 'stage', to: 'review', label, comment: 'they agree' }
    expect(await bob.must(bob.get(`/flow-instances/${body.pending!}`))).toMatchObject({ purpose })
    for (const [person, box] of [[bob, 'todo'], [ann, 'started']] as const) expect((await person.must(person.get<{ items: { instance: string }[] }>('/tasks', { box }))).items.find((i) => i.instance === body.pending)).toMatchObject({ purpose })
    await decide(body.pending!, 'approve')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'review' })
    expect(await commands(id)).not.toHaveProperty('pending')
  })

  test('that is refused leaves the record where it was, free to move', async () => {
    const id = await inOffer()
    const { body } = await move(id, 'review')
    await decide(body.pending!, 'reject')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'offer' })
    expect((await move(id, 'lost')).status).toBe(200)
  })
})

describe('which pipeline', () => {
  test('the first whose condition a new record meets, unless a person chose', async () => {
    expect(await ann.create('deal', { name: 'a', size: 3 })).toMatchObject({ mode: 'small', stage: 'talk', status: 'open' })
    expect(await ann.create('deal', { name: 'a', size: 3, mode: 'sales' })).toMatchObject({ mode: 'sales', stage: 'lead' })
    expect(await ann.create('deal', { name: 'a', size: 30 })).toMatchObject({ mode: null, stage: null })
  })

  test('changing over goes where the map says, else to the stage of that name, else where the person says', async () => {
    const { id } = await deal()
    await ann.must(change(id, 'small', { stage: 'won', comment: 'smaller than thought' }))
    expect(await ann.read('deal', id)).toMatchObject({ mode: 'small', stage: 'talk', status: 'open' })
    const { items } = await ann.must(ann.get<{ items: { kind: string; data: object }[] }>(`/records/deal/${id}/history`))
    expect(items.find((i) => i.kind === 'stage')).toMatchObject({ kind: 'stage', data: { from: 'lead', to: 'talk', fromPipeline: label, toPipeline: label, comment: 'smaller than thought' } })
    expect(said(await change(id, 'sales'))).toEqual([422, '/stage chooseStage'])
    expect(said(await change(id, 'sales', { stage: 'gone' }))).toEqual([422, '/to noSuchStage'])
    expect(said(await change(id, 'small'))).toEqual([422, '/to notAnOption'])
    await ann.must(change(id, 'sales', { stage: 'offer' }))
    expect(await ann.read('deal', id)).toMatchObject({ mode: 'sales', stage: 'offer' })
    expect(said(await change(id, 'small'))).toEqual([422, '/price required'])
    await ann.must(change(id, 'small', { fields: { price: '5' } }))
    expect(await ann.read('deal', id)).toMatchObject({ mode: 'small', stage: 'offer', price: '5.00' })
    expect((await eve.post(`/records/deal/${id}/pipeline`, { to: 'sales' })).status).toBe(403)
  })

  test('a gate of the new pipeline holds the change over until it is granted', async () => {
    const { id } = await ann.create('deal', { name: 'a', mode: 'small' })
    const { body } = await change(id, 'sales', { stage: 'review' })
    expect(await commands(id)).toMatchObject({ pendingStage: 'review', pending: { pipeline: 'sales' } })
    expect(await ann.read('deal', id)).toMatchObject({ mode: 'small', stage: 'talk' })
    await decide(body.pending!, 'approve')
    expect(await ann.read('deal', id)).toMatchObject({ mode: 'sales', stage: 'review' })
  })
})
