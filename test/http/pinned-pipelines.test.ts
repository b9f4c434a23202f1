/** Pipelines that are pinned, over the API: what is under way goes on by the version it entered by, what comes later by the new one. */
import pino from 'pino'
import type { Definition, Flow, Pipeline } from '../../schemas/generated/types'
import { startHost } from '../../server/host'
import { entity, field, label, role } from '../support/catalog'
import { Client, type ProblemBody } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { configFor, nobody, startTestHost, type TestHost } from '../support/host'
import { root } from '../support/sources'

const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const words = (text: string) => ({ en: text, zh: text })
const gate: Flow = { kind: 'flow', name: 'gate', entity: 'deal', label, recordPolicy: { lock: 'none' }, nodes: [{ id: 'start', type: 'start' }, { id: 'boss', type: 'approval', label, assignees: [{ kind: 'user', user: 'ann' }] }, { id: 'end', type: 'end', result: 'approved' }], edges: [{ id: 'a', source: 'start', target: 'boss' }, { id: 'b', source: 'boss', target: 'end' }] }
const first: Pipeline = {
  kind: 'pipeline', name: 'sales', entity: 'deal', label: words('Sales'), policies: { onDefinitionChange: 'pinned' },
  stages: [
    { id: 'lead', label: words('Lead'), category: 'open', probability: 10 },
    { id: 'offer', label: words('Offer'), category: 'open', probability: 40, requiredFields: ['price'], fieldAccess: [{ field: 'note', access: 'readonly' }], onEnter: [{ id: 'came', kind: 'setField', values: { trace: "trace + ' offer1'" } }] },
    { id: 'check', label: words('Check'), category: 'open', probability: 60, gate: { flow: 'gate' }, entryCriteria: [{ id: 'big', rule: 'size > 1', message: label }] },
    { id: 'won', label, category: 'won' }, { id: 'lost', label, category: 'lost' },
  ],
}
/** The check is gone, a talk is new; a lead has a list to work off; what an offer and a success need is another thing. */
const second: Pipeline = {
  ...first, policies: { ...first.policies, onPipelineSwitch: { stageMap: { 'sales.check': 'talk' } } },
  stages: [
    { ...first.stages[0]!, checklist: [{ id: 'call', text: label, required: true }] },
    { id: 'talk', label: words('Talk'), category: 'open', probability: 20, onEnter: [{ id: 'came', kind: 'setField', values: { trace: "trace + ' talk'" } }] },
    { id: 'offer', label: words('Offer'), category: 'open', probability: 50, requiredFields: ['reason'], onEnter: [{ id: 'came', kind: 'setField', values: { trace: "trace + ' offer2'" } }] },
    { id: 'won', label, category: 'won', requiredFields: ['note'] }, { id: 'lost', label, category: 'lost' },
  ],
}
const documents: Definition[] = [
  entity('deal', [
    field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('dateTime', 'since'), field('percent', 'chance'),
    field('integer', 'size', { default: 5 }), field('money', 'price'), field('text', 'note'), field('text', 'reason'), field('text', 'trace', { default: 'new' }),
  ], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', sinceField: 'since', probabilityField: 'chance' } }),
  entity('other', [field('text', 'name')]),
  first, gate,
  role('rep', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }, { entity: 'user', verbs: ['read'], scope: 'all' }] }),
  role('stranger', { grants: [{ entity: 'other', verbs: ['read'], scope: 'all' }] }),
  role('builder', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }], capabilities: ['studio'] }),
]

let host: TestHost
let ann: Client
let bob: Client
let cleo: Client
let studio: ReturnType<typeof studioOf>
beforeEach(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of [['ann', 'builder'], ['bob', 'rep'], ['cleo', 'stranger']] as const) await host.addUser({ username, roles: [name] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
  cleo = await host.signIn('cleo')
  studio = studioOf(ann)
})
afterEach(() => host?.close())

const said = ({ status, body }: { status: number; body: ProblemBody }) => [status, ...body.problems.map((p) => `${p.path} ${p.code}`)]
const deal = (members: object = {}) => bob.create('deal', { name: 'a', ...members })
const move = (id: string, to: string, members: object = {}) => bob.post<ProblemBody & { pending?: string }>(`/records/deal/${id}/stage`, { to, ...members })
const changeOver = (id: string, members: object = {}) => bob.post<ProblemBody & { pending?: string }>(`/records/deal/${id}/pipeline`, { to: 'sales', ...members })
const commands = (id: string) => bob.must(bob.get<{ moves: { to: string }[]; fields: object; version?: object }>(`/records/deal/${id}/commands`))
const publish = async (pipeline: Pipeline, body: object = {}) => { await studio.change<Pipeline>('pipeline', 'sales', () => pipeline); return studio.publish(body) }
const inOffer = async () => { const { id } = await deal({ price: '5' }); await bob.must(move(id, 'offer')); return id }
const approve = async () => {
  const { items: [task] } = await ann.must(ann.get<{ items: { id: string }[] }>('/tasks', { box: 'todo' }))
  await ann.must(ann.post(`/tasks/${task!.id}/decide`, { decision: 'approve', comment: 'fine' }))
}
const inCheck = async () => { const id = await inOffer(); await bob.must(move(id, 'check')); await approve(); return id }
const former = async (client = bob) => (await client.must(client.get<{ former: { version: number; carried: unknown[]; pipeline: Pipeline }[] }>('/definitions'))).former

describe('a new version of a pinned pipeline', () => {
  test('asks for no mapping; records under way keep their stages, rules and numbers, new ones have the new', async () => {
    const [lead, offer, check] = [(await deal()).id, await inOffer(), await inCheck()]
    await studio.change<Pipeline>('pipeline', 'sales', () => second)
    const impact = await ann.must(ann.get<{ items: object[]; refusals: object[] }>('/definitions/drafts/impact'))
    expect(impact).toMatchObject({ items: [{ kind: 'pipeline', key: 'sales', change: 'changed', records: 3, staying: 3 }], refusals: [] })
    expect((await studio.publish()).status).toBe(201)

    expect(await bob.read('deal', check)).toMatchObject({ stage: 'check', chance: '60.00', pipelineVersion: 1 })
    expect(await commands(lead)).toMatchObject({ version: { goesBy: 1, present: 2 }, moves: ['offer', 'check', 'won', 'lost'].map((to) => ({ to })) })
    expect(said(await move(lead, 'talk'))).toEqual([422, '/to stageOfPresent'])
    expect(said(await move(lead, 'offer'))).toEqual([422, '/price required'])
    expect((await move(lead, 'offer', { fields: { price: '3' } })).status).toBe(200)
    expect(await bob.read('deal', lead)).toMatchObject({ stage: 'offer', chance: '40.00', trace: 'new offer1', pipelineVersion: 1 })
    expect(said(await bob.patch<ProblemBody>(`/records/deal/${offer}`, { note: 'x' }))).toEqual([422, '/note locked'])
    expect(said(await move((await bob.create('deal', { name: 'b' })).id, 'talk'))).toEqual([422, ' checklistOpen'])

    await bob.must(bob.patch(`/records/deal/${offer}`, { size: 1 }))
    expect(said(await move(offer, 'check'))).toEqual([422, ' criterionUnmet'])
    await bob.must(bob.patch(`/records/deal/${offer}`, { size: 2 }))
    expect((await move(offer, 'check')).body.pending).toBeDefined()
    await approve()
    expect(await bob.read('deal', offer)).toMatchObject({ stage: 'check', chance: '60.00' })
    expect((await move(check, 'won')).status).toBe(200)

    const { id, ...fresh } = await deal({ note: 'n' })
    expect(fresh).toMatchObject({ stage: 'lead', pipelineVersion: 2 })
    expect(await commands(id)).not.toHaveProperty('version')
    await bob.must(bob.put(`/records/deal/${id}/checklist/call`, { done: true }))
    await bob.must(move(id, 'talk'))
    expect(said(await move(id, 'check'))).toEqual([422, '/to noSuchStage'])
    expect(said(await move(id, 'offer'))).toEqual([422, '/reason required'])
    await bob.must(move(id, 'offer', { fields: { reason: 'r' } }))
    expect((await bob.patch(`/records/deal/${id}`, { note: 'free' })).status).toBe(200)
    expect(await bob.read('deal', id)).toMatchObject({ chance: '50.00', trace: 'new talk offer2' })
  })

  test('former stages are known wherever a stage is asked for; former versions are told to those who see the records', async () => {
    const check = await inCheck()
    await ann.must(publish(second))
    await deal()
    expect(await former()).toMatchObject([{ version: 1, carried: [1], pipeline: { name: 'sales', stages: first.stages.map(({ id }) => ({ id })) } }])
    expect((await former(cleo))).toEqual([])
    expect((await bob.list('deal', {}, { field: 'stage', op: 'eq', value: 'check' })).items).toMatchObject([{ id: check }])
    expect((await bob.list('deal', {}, { field: 'pipelineVersion', op: 'eq', value: 1 })).items).toMatchObject([{ id: check }])
    expect(said(await bob.patch<ProblemBody>(`/records/deal/${check}`, { pipelineVersion: 2 }))).toEqual([422, '/pipelineVersion readOnly'])
    const { groups } = await bob.must(bob.post<{ groups: { keys: string[] }[] }>('/records/deal/aggregate', { groupBy: ['stage'], measures: [{ op: 'count' }] }))
    expect(groups.map((g) => g.keys[0]).sort()).toEqual(['check', 'lead'])
  })

  test('a former version is no longer told when nobody goes by it, the bin included', async () => {
    const [one, two] = [(await deal()).id, (await deal()).id]
    await ann.must(publish(second))
    await bob.must(changeOver(one))
    await bob.must(bob.delete(`/records/deal/${two}`))
    expect(await former()).toHaveLength(1)
    await bob.must(bob.post(`/records/deal/${two}/restore`))
    expect(await commands(two)).toMatchObject({ version: { goesBy: 1 } })
    await bob.must(changeOver(two))
    expect(await former()).toEqual([])
  })

  test('new words alone, and pinning itself, leave nobody behind', async () => {
    const { id } = await deal()
    await ann.must(publish({ ...first, label: words('Renamed'), stages: first.stages.map((s) => ({ ...s, label: words('New') })) }))
    expect(await former()).toEqual([])
    expect(await commands(id)).not.toHaveProperty('version')
    await ann.must(publish(second))
    expect(await former()).toMatchObject([{ version: 1 }])
  })

  test('what a former version relies on stays: its flow, its fields', async () => {
    await inCheck()
    await ann.must(publish(second))
    await ann.must(ann.post('/definitions/flow/gate/removal'))
    const { items } = await ann.must(ann.get<{ items: object[] }>('/definitions/flow/gate/where-used'))
    expect(items).toEqual([{ kind: 'pipeline', key: 'sales', path: '/stages/2/gate/flow', version: 1 }])
    expect(faults((await studio.publish()).body.problems)).toEqual(['flow gate  stillUsed', 'pipeline sales  formerVersion'])
    await studio.discard('flow', 'gate')
    await studio.editField('deal', 'size', (f) => ({ ...f, name: 'volume', aliases: ['size'] }))
    await ann.must(studio.publish())
    const offer = await deal({ price: '1', volume: 1 })
    expect(offer).toMatchObject({ pipelineVersion: 2 })
    const { items: [checked] } = await bob.list('deal', {}, { field: 'stage', op: 'eq', value: 'check' })
    await bob.must(move(checked!.id!, 'offer', { comment: 'back' }))
    await bob.must(bob.patch(`/records/deal/${checked!.id!}`, { volume: 1 }))
    expect(said(await move(checked!.id!, 'check'))).toEqual([422, ' criterionUnmet'])
  })
})

describe('changing over to the version in force', () => {
  test('goes where the map says, runs what entering causes, and tells between which versions', async () => {
    const id = await inCheck()
    await ann.must(publish(second))
    await bob.must(changeOver(id, { comment: 'new ways' }))
    expect(await bob.read('deal', id)).toMatchObject({ stage: 'talk', chance: '20.00', pipelineVersion: 2, trace: 'new offer1 talk' })
    const { items } = await bob.must(bob.get<{ items: { kind: string; data: object }[] }>(`/records/deal/${id}/history`))
    expect(items.find((i) => i.kind === 'stage')).toMatchObject({ data: { from: 'check', to: 'talk', pipeline: words('Sales'), fromVersion: 1, toVersion: 2, comment: 'new ways' } })
    expect(said(await changeOver(id))).toEqual([422, '/to notAnOption'])
    expect(said(await move(id, 'offer'))).toEqual([422, '/reason required'])
  })

  test('a record that stays in its stage neither leaves nor enters it, but meets what the stage demands now', async () => {
    const id = await inOffer()
    const before = await bob.read('deal', id)
    await ann.must(publish(second))
    expect(said(await changeOver(id))).toEqual([422, '/reason required'])
    await bob.must(changeOver(id, { fields: { reason: 'r' } }))
    expect(await bob.read('deal', id)).toMatchObject({ stage: 'offer', since: before.since, trace: 'new offer1', chance: '50.00', reason: 'r', pipelineVersion: 2 })
    const { items } = await bob.must(bob.get<{ items: { kind: string; data: object }[] }>(`/records/deal/${id}/history`))
    expect(items[0]).toMatchObject({ kind: 'version', data: { fromVersion: 1, toVersion: 2 } })
    expect((await move(id, 'lead', { comment: 'back' })).status).toBe(200)
  })

  test('a stage that has no counterpart is asked for', async () => {
    const id = await inCheck()
    await ann.must(publish({ ...second, policies: first.policies! }))
    expect(said(await changeOver(id))).toEqual([422, '/stage chooseStage'])
    await bob.must(changeOver(id, { stage: 'lead' }))
    expect(await bob.read('deal', id)).toMatchObject({ stage: 'lead', pipelineVersion: 2 })
  })
})

describe('releases', () => {
  test('undoing one leaves each record with the version it entered by', async () => {
    const old = await inOffer()
    const { number } = await ann.must(publish(second))
    const { id } = await deal()
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect((await deal()).pipelineVersion).toBe(3)
    expect(await commands(old)).not.toHaveProperty('version')
    expect(said(await move(old, 'talk'))).toEqual([422, '/to noSuchStage'])
    expect(await commands(id)).toMatchObject({ version: { goesBy: 2, present: 3 } })
    expect(said(await move(id, 'talk'))).toEqual([422, ' checklistOpen'])
  })

  test('a version that is not pinned takes everybody over, and asks for the stages of all former versions', async () => {
    const [check, { id }] = [await inCheck(), await deal()]
    await ann.must(publish(second))
    const talk = (await deal({ note: 'n' })).id
    await bob.must(bob.put(`/records/deal/${talk}/checklist/call`, { done: true }))
    await bob.must(move(talk, 'talk'))
    const third: Pipeline = { ...second, policies: {}, stages: second.stages.filter((s) => s.id !== 'talk') }
    const refused = await publish(third)
    expect(refused.body.problems.map((p) => [p.code, p.params!.from]).sort()).toEqual([['stageRemoved', 'check'], ['stageRemoved', 'talk']])
    await ann.must(studio.publish({ decisions: { stages: [{ pipeline: 'sales', from: 'check', to: 'offer' }, { pipeline: 'sales', from: 'talk', to: 'lead' }] } }))
    expect(await bob.read('deal', check)).toMatchObject({ stage: 'offer' })
    expect(await bob.read('deal', talk)).toMatchObject({ stage: 'lead' })
    for (const one of [check, id, talk]) expect(await commands(one)).not.toHaveProperty('version')
    expect(said(await move(id, 'offer'))).toEqual([422, '/reason required', ' checklistOpen'])
    expect(await former()).toEqual([])

    await ann.must(publish({ ...first, stages: first.stages.filter((s) => s.id !== 'check') }))
    expect(await commands(check)).toMatchObject({ version: { goesBy: 3, present: 4 } })
    expect((await deal()).pipelineVersion).toBe(4)
  })

  test('a gate that waits while a version is published lets the record into the stage it was asked for', async () => {
    const id = await inOffer()
    await bob.must(move(id, 'check'))
    await ann.must(publish(second))
    await approve()
    expect(await bob.read('deal', id)).toMatchObject({ stage: 'check', pipelineVersion: 1 })
  })

  test('another process goes by the same versions', async () => {
    const id = await inCheck()
    const there = await startHost({ config: configFor(host.dataDir), log: pino({ level: 'silent' }), root, demo: nobody })
    try {
      const elsewhere = Object.assign(new Client(there.url), { cookie: bob.cookie, csrf: bob.csrf })
      expect(await former(elsewhere)).toEqual([])
      await ann.must(publish(second))
      expect(await former(elsewhere)).toMatchObject([{ version: 1 }])
      expect(await elsewhere.must(elsewhere.get(`/records/deal/${id}/commands`))).toMatchObject({ version: { goesBy: 1, present: 2 } })
      expect(await elsewhere.create('deal', { name: 'b' })).toMatchObject({ pipelineVersion: 2 })
    } finally { await there.close() }
  })

  test('a pinned pipeline is not taken away while records are in it', async () => {
    await deal()
    await ann.must(ann.post('/definitions/pipeline/sales/removal'))
    expect(faults((await studio.publish()).body.problems)).toContain('pipeline sales  inUse')
  })
})
