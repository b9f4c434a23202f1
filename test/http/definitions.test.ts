/** What the studio does, over the API: drafts, all faults at once, publishing, and that it is live at once without a restart. */
import { compileCatalog } from '../../runtime/engine'
import type { Definition, Entity, Field, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const options = (...values: string[]) => values.map((value) => ({ value, label }))
const stage = (id: string, category: 'open' | 'won' = 'open') => ({ id, label, category })
const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true }), field('text', 'code'), field('rollup', 'dealCount', { rollup: { entity: 'deal', via: 'customer', op: 'count' } })]),
  entity('deal', [
    field('text', 'name', { required: true }), field('integer', 'qty'), field('money', 'price'), field('enum', 'size', { options: options('small', 'large') }), field('multiEnum', 'tags', { options: options('new', 'old') }), field('reference', 'customer', { entity: 'customer' }),
    field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: options('open', 'won', 'lost', 'paused') }),
    field('lines', 'rows', { fields: [field('integer', 'n')] }),
  ], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } }),
  { kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: [stage('first'), stage('second'), stage('won', 'won')], policies: { skip: 'forbid' } },
  { ...flow([start, ask('boss', 'ann'), approved], ['start > boss', 'boss > approved']), name: 'check', entity: 'deal' },
  role('builder', { capabilities: ['studio'], grants: ['customer', 'deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: name === 'deal' ? ['check'] : [] })) }),
  role('worker', { grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all' }] }),
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

test('drafted, checked, refused with every fault, mended, published, live in the next request', async () => {
  const old = await ann.create('deal', { name: 'old', qty: 3, price: '1.5' })
  await studio.addFields('deal', field('formula', 'total', { formula: 'qty * prise', result: { type: 'money' } }), field('reference', 'r', { entity: 'gone' }), field('enum', 'e'))
  await ann.must(ann.put('/definitions/flow/broken', { ...flow([start, approved], ['start > approved']), name: 'broken', entity: 'nothing' }))
  await ann.must(ann.put('/definitions/role/odd', { kind: 'role', name: 'odd', label, grants: [], colour: 'red' }))
  const expected = ['entity deal /fields/10/formula badExpression', 'entity deal /fields/11/entity noSuchDefinition', 'entity deal /fields/12 missingMember', 'flow broken /entity noSuchDefinition', 'role odd /colour unknownMember']

  const checked = await ann.must(ann.post<{ valid: boolean; problems: { message: string }[] }>('/definitions/validate'))
  expect(checked.valid).toBe(false)
  expect(faults(checked.problems)).toEqual(expected)
  expect(checked.problems.every((p) => p.message.length > 5)).toBe(true)

  const release = (await host.holder.current()).release
  const refused = await studio.publish()
  expect({ status: refused.status, faults: faults(refused.body.problems) }).toEqual({ status: 422, faults: expected })
  expect((await host.holder.current()).release).toBe(release)
  expect((await bob.post('/records/deal', { name: 'x', total: '5' })).body).toMatchObject({ code: 'unknownField' })

  await ann.must(ann.delete('/definitions/flow/broken'))
  await ann.must(ann.delete('/definitions/role/odd'))
  await ann.must(ann.put('/definitions/entity/deal', { ...(await studio.published<Entity>('entity', 'deal')).definition, fields: [...(await studio.published<Entity>('entity', 'deal')).definition.fields, field('formula', 'total', { formula: 'qty * price', result: { type: 'money' } })] }))
  const { status, body } = await studio.publish()
  expect({ status, number: body.number, items: body.items }).toEqual({ status: 201, number: release + 1, items: [{ kind: 'entity', key: 'deal', version: 2 }] })

  const made = await bob.create('deal', { name: 'new', qty: 2, price: '0.5' })
  expect(made).toMatchObject({ total: '1.00' })
  // Existing rows were filled in, without a change of their own.
  expect(await bob.read('deal', old.id)).toMatchObject({ total: '4.50', rev: 1 })
  expect((await bob.list('deal', {}, { field: 'total', op: 'gt', value: '4' } as never)).items.map((d) => d.name)).toEqual(['old'])
  expect((await bob.get('/me')).headers.get('x-release')).toBe(String(release + 1))
  expect((await ann.must(ann.get<{ drafts: unknown[] }>('/definitions/drafts'))).drafts).toEqual([])
})

test('roll-ups, roll-ups of lines and formulas over references are filled in for existing rows', async () => {
  const customer = await ann.create('customer', { name: 'C' })
  const deals = [await ann.create('deal', { name: 'a', customer: customer.id, qty: 2, rows: [{ n: 1 }, { n: 2 }] }), await ann.create('deal', { name: 'b', customer: customer.id, qty: 5 })]
  await studio.addFields('deal', field('rollup', 'sumOfRows', { rollup: { lines: 'rows', op: 'sum', field: 'n' } }), field('formula', 'customerName', { formula: 'customer.name', result: { type: 'text' } }))
  await studio.addFields('customer', field('rollup', 'qty', { rollup: { entity: 'deal', via: 'customer', op: 'sum', field: 'qty' } }), field('rollup', 'rows', { rollup: { entity: 'deal', via: 'customer', op: 'max', field: 'sumOfRows' } }))
  await ann.must(studio.publish())
  expect(await ann.read('deal', deals[0]!.id)).toMatchObject({ sumOfRows: 3, customerName: 'C' })
  expect(await ann.read('deal', deals[1]!.id)).toMatchObject({ sumOfRows: 0, customerName: 'C' })
  expect(await ann.read('customer', customer.id)).toMatchObject({ qty: 7, rows: 3, dealCount: 2 })
  await ann.must(ann.patch(`/records/customer/${customer.id}`, { name: 'D' }))
  expect(await ann.read('deal', deals[0]!.id)).toMatchObject({ customerName: 'D' })
})

test('what a roll-up gives is told to those, too, who may not know what it adds up', async () => {
  await studio.addFields('deal', field('dateTime', 'seenAt'))
  await studio.addFields('customer', field('rollup', 'lastSeen', { rollup: { entity: 'deal', via: 'customer', op: 'max', field: 'seenAt' } }), field('rollup', 'worth', { rollup: { entity: 'deal', via: 'customer', op: 'sum', field: 'price' } }), field('rollup', 'usual', { rollup: { entity: 'deal', via: 'customer', op: 'avg', field: 'price' } }))
  await ann.must(ann.put('/definitions/role/clerk', role('clerk', { grants: [{ entity: 'customer', verbs: ['read'], scope: 'all' }] })))
  await ann.must(studio.publish())
  await host.addUser({ username: 'cleo', roles: ['clerk'] })
  const cleo = await host.signIn('cleo')
  const { definitions } = await cleo.must(cleo.get<{ definitions: Definition[] }>('/definitions'))
  expect(definitions.filter((d) => d.kind === 'entity').map((d) => d.name)).toEqual(['customer'])
  const [known, all] = [compileCatalog(definitions), compileCatalog([...(await host.holder.current()).published.values()].map((p) => p.body))].map(({ catalog }) => ['lastSeen', 'worth', 'usual', 'dealCount'].map((name) => catalog.entities.get('customer')!.fields.get(name)!.effective))
  expect(known).toEqual(all)
})

test('what is being drafted concerns nobody else', async () => {
  await studio.addFields('deal', field('text', 'secretPlan'))
  expect(JSON.stringify(await bob.must(bob.get('/definitions')))).not.toContain('secretPlan')
  expect((await bob.post('/records/deal', { name: 'x', secretPlan: 'y' })).body).toMatchObject({ code: 'unknownField' })
  for (const answer of [await bob.get('/definitions/drafts'), await bob.get('/definitions/entity/deal'), await bob.put('/definitions/entity/deal', {}), await bob.post('/definitions/validate'), await bob.post('/releases'), await bob.get('/releases'), await bob.get('/definitions/drafts/impact'), await bob.delete('/definitions/entity/deal')]) expect(answer.status).toBe(403)
})

test('a stage added is live, and records in other stages go on', async () => {
  const deal = await ann.create('deal', { name: 'a' })
  expect(deal).toMatchObject({ mode: 'sales', stage: 'first' })
  await studio.change<Pipeline>('pipeline', 'sales', (d) => ({ ...d, stages: [d.stages[0]!, { ...stage('between'), requiredFields: ['qty'] }, ...d.stages.slice(1)] }))
  await ann.must(studio.publish())
  expect((await bob.post(`/records/deal/${deal.id}/stage`, { to: 'second' })).body).toMatchObject({ code: 'stageSkipped' })
  expect((await bob.post(`/records/deal/${deal.id}/stage`, { to: 'between' })).body).toMatchObject({ code: 'required' })
  expect((await bob.must(bob.post<{ record: object }>(`/records/deal/${deal.id}/stage`, { to: 'between', fields: { qty: 1 } }))).record).toMatchObject({ stage: 'between' })
})

test('rights change with a release', async () => {
  expect((await bob.get('/records/customer')).status).toBe(403)
  await studio.change<Definition & { kind: 'role' }>('role', 'worker', (d) => ({ ...d, grants: [...d.grants, { entity: 'customer', verbs: ['read'], scope: 'all' }] }))
  await ann.must(studio.publish())
  expect((await bob.get('/records/customer')).status).toBe(200)
})

test('a new entity has its table, its numbers and its relations at once', async () => {
  await ann.must(ann.put('/definitions/entity/x_visit', entity('x_visit', [field('autoNumber', 'no', { pattern: 'V{000}' }), field('reference', 'customer', { entity: 'customer', required: true }), field('date', 'on')], { unique: [{ fields: ['customer', 'on'] }] })))
  await studio.change<Definition & { kind: 'role' }>('role', 'builder', (d) => ({ ...d, grants: [...d.grants, { entity: 'x_visit', verbs: ['create', 'read'], scope: 'all' }] }))
  await studio.addFields('customer', field('rollup', 'x_visits', { rollup: { entity: 'x_visit', via: 'customer', op: 'count' } }))
  await ann.must(studio.publish())
  const customer = await ann.create('customer', { name: 'C' })
  expect(await ann.create('x_visit', { customer: customer.id, on: '2026-01-01' })).toMatchObject({ no: 'V001' })
  expect((await ann.post('/records/x_visit', { customer: customer.id, on: '2026-01-01' })).status).toBe(409)
  expect(await ann.read('customer', customer.id)).toMatchObject({ x_visits: 1 })
  expect((await ann.delete(`/records/customer/${customer.id}`)).body).toMatchObject({ code: 'inUse' })
})

describe('what a new version may not do to what is there', () => {
  const refusedWith = async (...expected: string[]) => {
    const release = (await host.holder.current()).release
    const { status, body } = await studio.publish()
    expect({ status, faults: faults(body.problems) }).toEqual({ status: 422, faults: expected })
    expect((await host.holder.current()).release).toBe(release)
  }

  test('a published field is not removed', async () => {
    await studio.editField('deal', 'qty', () => undefined)
    await refusedWith('entity deal /fields fieldRemoved')
  })

  test('a column of rows is not removed before it was hidden, nor given a type that its values do not fit', async () => {
    await ann.create('deal', { name: 'a', rows: [{ n: 5 }] })
    await studio.editField('deal', 'rows', (f) => ({ ...f, fields: [field('text', 'other')] }) as Field)
    expect((await studio.publish()).body).toMatchObject({ status: 422, code: 'fieldRemoved' })
    await ann.must(ann.delete('/definitions/entity/deal'))
    await studio.editField('deal', 'rows', (f) => ({ ...f, fields: [field('date', 'n')] }) as Field)
    expect((await studio.publish()).body).toMatchObject({ status: 422, code: 'cannotConvert' })
  })

  test('a new name keeps the data', async () => {
    const deal = await ann.create('deal', { name: 'a', qty: 7 })
    await studio.editField('deal', 'qty', (f) => ({ ...f, name: 'quantity' }))
    await ann.must(studio.publish())
    expect(await ann.read('deal', deal.id)).toMatchObject({ quantity: 7 })
    expect((await ann.patch(`/records/deal/${deal.id}`, { quantity: 8 })).body).toMatchObject({ quantity: 8, rev: 2 })
  })

  test('an option in use stays, one out of use may go', async () => {
    await ann.create('deal', { name: 'a', size: 'small', tags: ['new'] })
    await studio.editField('deal', 'size', (f) => ({ ...f, options: options('large') }) as Field)
    await refusedWith('entity deal /fields/3/options optionRemoved')
    await studio.editField('deal', 'size', (f) => ({ ...f, options: options('small', 'huge') }) as Field)
    await ann.must(studio.publish())
    await studio.editField('deal', 'tags', (f) => ({ ...f, options: options('old') }) as Field)
    await refusedWith('entity deal /fields/4/options optionRemoved')
  })

  test('a stage with records in it stays', async () => {
    await ann.create('deal', { name: 'a' })
    await studio.change<Pipeline>('pipeline', 'sales', (d) => ({ ...d, stages: d.stages.slice(1) }))
    await refusedWith('pipeline sales /stages stageRemoved')
    await studio.change<Pipeline>('pipeline', 'sales', (d) => ({ ...d, stages: [d.stages[0]!, d.stages[2]!] }))
    await ann.must(studio.publish())
  })

  test('a field becomes unique only when it is', async () => {
    await ann.create('customer', { name: 'a', code: '1' })
    const double = await ann.create('customer', { name: 'b', code: '1' })
    await studio.change<Entity>('entity', 'customer', (d) => ({ ...d, unique: [{ fields: ['code'] }] }))
    await refusedWith('entity customer /unique duplicateData')
    expect((await ann.post('/records/customer', { name: 'c', code: '1' })).status).toBe(201)
    await ann.must(ann.patch(`/records/customer/${double.id}`, { code: '2' }))
    const third = (await ann.list('customer', {}, { field: 'name', op: 'eq', value: 'c' } as never)).items[0]!
    await ann.must(ann.patch(`/records/customer/${third.id as string}`, { code: null }))
    await ann.must(studio.publish())
    expect((await ann.post('/records/customer', { name: 'd', code: '2' })).body).toMatchObject({ status: 409, code: 'duplicate' })
  })

  test('newly required: old rows stay valid until they are edited', async () => {
    const deal = await ann.create('deal', { name: 'a' })
    await studio.editField('deal', 'qty', (f) => ({ ...f, required: true }))
    await ann.must(studio.publish())
    expect((await ann.get(`/records/deal/${deal.id}`)).status).toBe(200)
    expect((await ann.post('/records/deal', { name: 'b' })).body).toMatchObject({ code: 'required' })
    expect((await ann.patch(`/records/deal/${deal.id}`, { name: 'c' })).body).toMatchObject({ code: 'required' })
    expect((await ann.patch(`/records/deal/${deal.id}`, { name: 'c', qty: 1 })).status).toBe(200)
  })

  test("the engine's own fields stay", async () => {
    const user = (await studio.published<Entity>('entity', 'user')).definition
    expect((await ann.put('/definitions/entity/user', { ...user, fields: user.fields.filter((f) => f.name !== 'roles') })).body).toMatchObject({ status: 422, code: 'fieldRemoved' })
    await ann.must(ann.put('/definitions/entity/user', { ...user, fields: [...user.fields, field('text', 'x_desk')] }))
    await ann.must(studio.publish())
    expect((await ann.must(ann.get<{ items: object[] }>('/records/user'))).items[0]).toHaveProperty('x_desk')
  })

  test('what others rely on stays: a flow used by a gate, an entity referred to', async () => {
    await studio.change<Pipeline>('pipeline', 'sales', (d) => ({ ...d, stages: d.stages.map((s) => (s.id === 'second' ? { ...s, gate: { flow: 'check' } } : s)) }))
    await ann.must(studio.publish())
    await studio.change<Definition & { kind: 'flow' }>('flow', 'check', (d) => ({ ...d, entity: 'customer' }))
    const refused = await studio.publish()
    expect(refused.status).toBe(422)
    expect(faults(refused.body.problems)).toContain('pipeline sales /stages/1/gate/flow noSuchDefinition')
  })
})

describe('drafts', () => {
  test('nothing to publish', async () => expect((await studio.publish()).body).toMatchObject({ status: 409, code: 'nothingToPublish' }))

  test('what was checked is what is published', async () => {
    await studio.addFields('deal', field('text', 'one'))
    const { hash } = await ann.must(ann.get<{ hash: string }>('/definitions/drafts'))
    await studio.addFields('deal', field('text', 'two'))
    expect((await studio.publish({ hash })).body).toMatchObject({ status: 409, code: 'draftChanged' })
    await ann.must(studio.publish({ hash: (await ann.must(ann.get<{ hash: string }>('/definitions/drafts'))).hash }))
  })

  test('of two publications at once one succeeds', async () => {
    await studio.addFields('deal', field('text', 'one'))
    const statuses = (await Promise.all([studio.publish(), studio.publish(), studio.publish()])).map((a) => a.status).sort()
    expect(statuses).toEqual([201, 409, 409])
    expect((await studio.published('entity', 'deal')).version).toBe(2)
  })

  test('old versions can be read', async () => {
    await studio.addFields('deal', field('text', 'one'))
    await ann.must(studio.publish())
    const old = await ann.must(ann.get<{ definition: Entity; version: number }>('/definitions/entity/deal', { version: '1' }))
    expect(old.version).toBe(1)
    expect(old.definition.fields.map((f) => f.name)).not.toContain('one')
    expect((await ann.get('/definitions/entity/deal', { version: '9' })).status).toBe(404)
    const { items } = await ann.must(ann.get<{ items: { number: number; items: unknown[] }[] }>('/releases'))
    expect(items.map((r) => r.number)).toEqual([2, 1])
  })

  test('a draft says what it touches', async () => {
    await ann.create('deal', { name: 'a' })
    await studio.addFields('deal', field('text', 'one'))
    await studio.editField('customer', 'code', (f) => ({ ...f, required: true }))
    const { items } = await ann.must(ann.get<{ items: object[] }>('/definitions/drafts/impact'))
    expect(items).toEqual(expect.arrayContaining([
      { kind: 'entity', key: 'deal', change: 'changed', records: 1, fields: { added: ['one'], changed: [] } },
      { kind: 'entity', key: 'customer', change: 'changed', records: 0, fields: { added: [], changed: ['code'] } },
    ]))
  })

  const odd: [name: string, method: 'PUT' | 'POST', path: string, body: unknown, status: number][] = [
    ['another name than the path', 'PUT', '/definitions/entity/deal', entity('other', [field('text', 'a')]), 422],
    ['another kind than the path', 'PUT', '/definitions/flow/deal', entity('deal', [field('text', 'a')]), 422],
    ['an unknown kind', 'PUT', '/definitions/widget/a', { kind: 'widget', name: 'a' }, 422],
    ['nothing', 'PUT', '/definitions/entity/deal', null, 422],
    ['a list', 'PUT', '/definitions/entity/deal', [], 400],
    ['a name that is a list', 'PUT', '/definitions/entity/deal', { kind: 'entity', name: ['deal'] }, 422],
    ['a system entity whose fields are no list', 'PUT', '/definitions/entity/user', { kind: 'entity', name: 'user', fields: 'none' }, 422],
    ['a system entity with a field of nothing', 'PUT', '/definitions/entity/user', { kind: 'entity', name: 'user', fields: [null] }, 422],
    ['a check of what is no document', 'POST', '/definitions/validate', { definitions: [5] }, 400],
    ['a check of an unknown member', 'POST', '/definitions/validate', { documents: [] }, 400],
  ]
  test.each(odd)('%s is refused', async (_, method, path, body, status) => {
    const kept = await everythingKept(host)
    expect((await ann.request(method, path, { body })).status).toBe(status)
    expect(await everythingKept(host)).toBe(kept)
  })

  const unfinished: [name: string, kind: string, key: string, body: object][] = [
    ['an entity with nothing but its name', 'entity', 'x_new', { kind: 'entity', name: 'x_new' }],
    ['an entity whose fields are no list', 'entity', 'deal', { kind: 'entity', name: 'deal', fields: 'none' }],
    ['an entity with fields of nothing', 'entity', 'deal', { kind: 'entity', name: 'deal', fields: [null, 5, {}] }],
    ['a flow without nodes', 'flow', 'check', { kind: 'flow', name: 'check', entity: 'deal' }],
    ['a pipeline with odd stages', 'pipeline', 'sales', { kind: 'pipeline', name: 'sales', entity: 'deal', stages: [null] }],
    ['an action of no entity', 'action', 'undefined.go', { kind: 'action', name: 'go' }],
    ['a name of JavaScript', 'entity', '__proto__', { kind: 'entity', name: '__proto__' }],
  ]
  test.each(unfinished)('%s can be kept and looked at, but not published', async (_, kind, key, body) => {
    await ann.must(ann.put(`/definitions/${kind}/${key}`, body))
    for (const path of ['/definitions/drafts', '/definitions/drafts/impact', `/definitions/${kind}/${key}`]) expect({ path, status: (await ann.get(path)).status }).toEqual({ path, status: 200 })
    expect((await ann.must(ann.post<{ valid: boolean }>('/definitions/validate'))).valid).toBe(false)
    expect((await studio.publish()).status).toBe(422)
    expect((await ann.get('/records/deal')).status).toBe(200)
  })
})
