/** What a person brings along where the engine writes (an action's input, fields of a stage, fields of a decision) must be such as they may see. */
import type { Definition } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const party = (name: string) => field('reference', name, { entity: 'party' })
const documents: Definition[] = [
  entity('party', [field('text', 'name')]),
  entity('deal', [
    field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('dateTime', 'since'),
    party('party'), party('judge'),
  ], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', sinceField: 'since' } }),
  { kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: [{ id: 'one', label, category: 'open' }, { id: 'two', label, category: 'open', requiredFields: ['party'] }, { id: 'won', label, category: 'won' }] },
  { kind: 'action', name: 'put', entity: 'deal', label, input: [party('party'), field('multiReference', 'others', { entity: 'party' }), field('lines', 'rows', { fields: [party('party')] }), field('reference', 'usual', { entity: 'party', defaultExpr: 'judge' })], steps: [{ id: 'p', kind: 'setField', values: { party: 'input.party' } }] },
  {
    kind: 'flow', name: 'check', entity: 'deal', label, recordPolicy: { lock: 'none' },
    nodes: [{ id: 'start', type: 'start' }, { id: 'bob', type: 'approval', label, assignees: [{ kind: 'user', user: 'bob' }], fields: [{ field: 'judge', access: 'editable' }] }, { id: 'end', type: 'end', result: 'approved' }],
    edges: [{ id: 'a', source: 'start', target: 'bob' }, { id: 'b', source: 'bob', target: 'end' }],
  },
  role('rep', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', actions: ['put'], flows: ['check'] }, { entity: 'party', verbs: ['create', 'read'], scope: 'own' }] }),
]

let host: TestHost, ann: Client, bob: Client
let deal: string, ofAnn: string, ofBob: string
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const username of ['ann', 'bob']) await host.addUser({ username, roles: ['rep'] })
  ;[ann, bob] = [await host.signIn('ann'), await host.signIn('bob')]
  ofAnn = (await ann.create('party', { name: 'of Ann' })).id
  ofBob = (await bob.create('party', { name: 'of Bob' })).id
  deal = (await ann.create('deal', { name: 'deal' })).id
})
afterAll(() => host?.close())

const said = (body: unknown) => { const { status, problems } = body as ProblemBody; return [status, ...problems.map((p) => `${p.path} ${p.code}`)] }
const never = '00000000-0000-7000-8000-000000000000'

test.each(['of Bob', 'that never was'])('a record %s, all places at once', async (which) => {
  const id = which === 'of Bob' ? ofBob : never
  const put = await ann.post(`/records/deal/${deal}/actions/put`, { input: { party: id, others: [ofAnn, id], rows: [{ party: ofAnn }, { party: id }] } })
  expect(said(put.body)).toEqual([422, '/input/party noSuchRecord', '/input/others/1 noSuchRecord', '/input/rows/1/party noSuchRecord'])
  expect(said((await ann.post(`/records/deal/${deal}/stage`, { to: 'two', fields: { party: id } })).body)).toEqual([422, '/party noSuchRecord'])
  expect((await host.stage.engine.get('deal', deal)).party).toBe(null)
})

test('what may be seen, and what a default brings', async () => {
  await host.stage.engine.update('deal', deal, { judge: ofBob })
  await ann.must(ann.post(`/records/deal/${deal}/actions/put`, { input: { party: ofAnn } }))
  // What the form was filled with may be sent back.
  await ann.must(ann.post(`/records/deal/${deal}/actions/put`, { input: { party: ofAnn, usual: ofBob } }))
  await ann.must(ann.post(`/records/deal/${deal}/stage`, { to: 'two', fields: { party: ofAnn } }))
})

test('with a decision', async () => {
  await ann.must(ann.post(`/records/deal/${deal}/flows/check`))
  const [task] = (await bob.must(bob.get<{ items: { id: string }[] }>('/tasks'))).items
  expect(said((await bob.post(`/tasks/${task!.id}/decide`, { decision: 'approve', fields: { judge: ofAnn } })).body)).toEqual([422, '/fields/judge noSuchRecord'])
  await bob.must(bob.post(`/tasks/${task!.id}/decide`, { decision: 'approve', fields: { judge: ofBob } }))
})
