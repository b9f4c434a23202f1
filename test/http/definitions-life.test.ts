/** The life of a definition over the API: renamed, rolled back, mapped, removed, restored, retyped, while records are there. */
import type { Definition, Entity, Field, View } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label }))
const stage = (id: string, category: 'open' | 'won' = 'open') => ({ id, label, category })
const view: View = { kind: 'view', name: 'deals', entity: 'deal', label, type: 'table', columns: [{ field: 'name' }, { field: 'qty' }], filter: { field: 'qty', op: 'gt', value: 0 } }
const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true }), field('text', 'code'), field('rollup', 'dealCount', { rollup: { entity: 'deal', via: 'customer', op: 'count' } })]),
  entity('deal', [
    field('text', 'name', { required: true }), field('integer', 'qty'), field('money', 'price'), field('enum', 'size', { options: options('small', 'large') }), field('multiEnum', 'tags', { options: options('new', 'old') }), field('reference', 'customer', { entity: 'customer' }),
    field('formula', 'total', { formula: 'qty * price', result: { type: 'money' } }),
    field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: options('open', 'won', 'lost', 'paused') }),
  ], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } }),
  { kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: [stage('first'), stage('second'), stage('won', 'won')], policies: { skip: 'forbid' } },
  view,
  role('builder', { capabilities: ['studio'], grants: ['customer', 'deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
  role('worker', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', fields: { price: 'hidden' } }] }),
]

let host: TestHost
let ann: Client
let bob: Client
let studio: ReturnType<typeof studioOf>
beforeEach(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  await host.addUser({ username: 'bob', roles: ['worker'] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
  studio = studioOf(ann)
})
afterEach(() => host?.close())

const named = (name: string, filter?: object) => ({ filter: JSON.stringify(filter ?? { field: 'name', op: 'eq', value: name }) })

describe('a new name', () => {
  const rename = async (from = 'qty', to = 'quantity') => { await studio.editField('deal', from, (f) => ({ ...f, name: to }) as Field); return ann.must(studio.publish()) }

  test('the former one still works: in input, filters, sorts, fields, groups, views and expressions', async () => {
    const made = await ann.create('deal', { name: 'a', qty: 7, price: '2' })
    await rename()
    expect(await ann.read('deal', made.id)).toMatchObject({ quantity: 7, total: '14.00', rev: 1 })
    expect((await ann.patch(`/records/deal/${made.id}`, { qty: 8 })).body).toMatchObject({ quantity: 8, total: '16.00' })
    await bob.create('deal', { name: 'b', qty: 2 })
    const list = async (query: Record<string, string>) => (await bob.must(bob.get<{ items: object[] }>('/records/deal', query))).items
    expect(await list({ ...named('', { field: 'qty', op: 'gt', value: 5 }), fields: 'name,qty' })).toMatchObject([{ name: 'a', qty: 8 }])
    expect(await list({ sort: '-qty', fields: 'quantity' })).toMatchObject([{ quantity: 8 }, { quantity: 2 }])
    expect(await list({ view: 'deals', sort: 'qty', fields: 'name' })).toMatchObject([{ name: 'b' }, { name: 'a' }])
    expect((await bob.must(bob.post<{ groups: object[] }>('/records/deal/aggregate', { groupBy: [], measures: [{ op: 'sum', field: 'qty' }] }))).groups).toEqual([{ keys: [], values: [10] }])
    // Who has no studio sees the present name everywhere.
    const { definitions } = await bob.must(bob.get<{ definitions: Definition[] }>('/definitions'))
    expect(definitions.find((d) => d.kind === 'view')).toMatchObject({ columns: [{ field: 'name' }, { field: 'quantity' }] })
  })

  test('it is told as a warning, kept in the definition, and given up when it is taken out', async () => {
    await rename()
    expect((await studio.published<Entity>('entity', 'deal')).definition.fields[1]).toMatchObject({ name: 'quantity', uid: 'qty', aliases: ['qty'] })
    const checked = await ann.must(ann.post<{ valid: boolean; warnings: { message: string }[] }>('/definitions/validate'))
    expect({ valid: checked.valid, warnings: faults(checked.warnings) }).toEqual({ valid: true, warnings: ['entity deal /fields/6/formula formerName', 'view deals /columns/1/field formerName', 'view deals /filter/field formerName'] })
    expect(checked.warnings[0]!.message).toContain('qty')
    await studio.editField('deal', 'quantity', (f) => ({ ...f, aliases: [] }))
    expect(faults((await studio.publish()).body.problems)).toEqual(['entity deal /fields/6/formula badExpression', 'view deals /columns/1/field noSuchField', 'view deals /filter badFilter'])
  })

  test('a former name hides nothing that its field hides, and opens nothing that it locks', async () => {
    await rename('price', 'amount')
    await rename('stage', 'step')
    const made = await ann.create('deal', { name: 'a', price: '5' })
    expect((await bob.patch(`/records/deal/${made.id}`, { price: '1' })).body).toMatchObject({ status: 422, code: 'unknownField' })
    expect((await bob.get('/records/deal', named('', { field: 'price', op: 'gt', value: '1' }))).status).toBe(400)
    expect((await bob.get('/records/deal', { sort: 'price' })).status).toBe(400)
    expect((await bob.get('/records/deal', { fields: 'price' })).status).toBe(400)
    expect((await bob.patch(`/records/deal/${made.id}`, { stage: 'won' })).body).toMatchObject({ status: 422, code: 'readOnly' })
  })

  test('nothing else can take it', async () => {
    await rename()
    await studio.addFields('deal', field('text', 'qty'))
    expect(faults((await studio.publish()).body.problems)).toContain('entity deal /fields/1/aliases/0 aliasTaken')
  })
})
