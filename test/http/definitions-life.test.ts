/** The life of a definition over the API: renamed, rolled back, mapped, removed, restored, retyped, while records are there. */
import type { Definition, Entity, Field, View } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { runDataChanges } from '../../server/use-cases/data-changes'
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
    // The apps see the present name everywhere; the studio what was written.
    const columnsFor = async (by: Client, query = {}) => (await by.must(by.get<{ definitions: Definition[] }>('/definitions', query))).definitions.find((d) => d.kind === 'view')?.columns?.map((c) => c.field)
    for (const by of [ann, bob]) expect(await columnsFor(by)).toEqual(['name', 'quantity'])
    expect(await columnsFor(ann, { written: 'true' })).toEqual(['name', 'qty'])
    expect((await bob.get('/definitions', { written: 'true' })).status).toBe(403)
  })

  test('it is told as a warning, kept in the definition, and given up when it is taken out', async () => {
    await rename()
    expect((await studio.published<Entity>('entity', 'deal')).definition.fields[1]).toMatchObject({ name: 'quantity', uid: 'qty', aliases: ['qty'] })
    const checked = await ann.must(ann.post<{ valid: boolean; warnings: { message: string }[] }>('/definitions/validate'))
    expect({ valid: checked.valid, warnings: faults(checked.warnings) }).toEqual({ valid: true, warnings: ['entity deal /fields/6/formula formerName', 'role worker /grants/0/fields/price revealed', 'view deals /columns/1/field formerName', 'view deals /filter/field formerName'] })
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

describe('versions', () => {
  test('are listed and compared, also with what is being drafted', async () => {
    await studio.addFields('deal', field('text', 'note'))
    await ann.must(studio.publish())
    await studio.editField('deal', 'note', (f) => ({ ...f, label: { en: 'Remark', zh: '备注' } }))
    const { items } = await ann.must(ann.get<{ items: object[] }>('/definitions/entity/deal/versions'))
    expect(items).toMatchObject([{ version: 2, release: 2, by: ann.userId, current: true }, { version: 1, release: 1, current: false }])
    const changes = async (from: string, to: string) => (await ann.must(ann.get<{ changes: object[] }>('/definitions/entity/deal/differences', { from, to }))).changes
    expect(await changes('1', '2')).toMatchObject([{ path: '/fields/10', op: 'added', after: { name: 'note' } }])
    expect(await changes('2', 'draft')).toEqual([{ path: '/fields/10/label/en', op: 'changed', before: 'note', after: 'Remark' }, { path: '/fields/10/label/zh', op: 'changed', before: 'note', after: '备注' }])
    for (const path of ['/definitions/entity/gone/versions', '/definitions/entity/deal/differences?from=1&to=9']) expect((await ann.get(path)).status).toBe(404)
    expect((await ann.get('/definitions/entity/deal/differences', { from: 'x', to: '1' })).status).toBe(400)
    expect((await bob.get('/definitions/entity/deal/versions')).status).toBe(403)
  })

  test('one definition is brought back as a draft; a field added since stays, hidden, with its values', async () => {
    await studio.addFields('deal', field('text', 'note', { required: true }))
    await ann.must(studio.publish())
    const made = await ann.create('deal', { name: 'a', note: 'kept' })
    await ann.must(ann.post('/definitions/entity/deal/rollback', { version: 1 }))
    await ann.must(studio.publish())
    expect((await studio.published<Entity>('entity', 'deal')).definition.fields.at(-1)).toMatchObject({ name: 'note', hidden: true })
    expect(await ann.read('deal', made.id)).toMatchObject({ note: 'kept' })
    expect((await ann.post('/records/deal', { name: 'b' })).status).toBe(201)
  })

  test('a release is undone by a new one, once, and not over later changes', async () => {
    await studio.change<View>('view', 'deals', (d) => ({ ...d, columns: [{ field: 'name' }] }))
    await ann.must(ann.put('/definitions/view/more', { ...view, name: 'more' }))
    const { number } = await ann.must(studio.publish())
    const undone = await ann.must(ann.post<{ number: number; items: object[] }>(`/releases/${number}/rollback`, { wait: true }))
    expect(undone).toMatchObject({ number: number + 1, items: [{ kind: 'view', key: 'deals', version: 3 }, { kind: 'view', key: 'more', version: 2, removed: true }] })
    expect((await studio.published<View>('view', 'deals')).definition.columns).toEqual(view.columns)
    expect((await ann.get('/definitions/view/more')).status).toBe(404)
    expect((await ann.post(`/releases/${number}/rollback`, { wait: true })).body).toMatchObject({ status: 409, code: 'changedSince' })
    // Undoing the undoing brings the new view back.
    await ann.must(ann.post(`/releases/${undone.number}/rollback`, { wait: true }))
    expect((await studio.published<View>('view', 'more')).version).toBe(3)
    expect((await ann.post('/releases/99/rollback')).status).toBe(404)
  })
})

describe('two administrators', () => {
  test('do not overwrite each other without knowing', async () => {
    await host.addUser({ username: 'eve', roles: ['builder'], name: 'Eve' })
    const eve = await host.signIn('eve')
    const { definition } = await studio.published<Entity>('entity', 'deal')
    const put = (client: Client, rev: number, note: string) => client.request<{ rev: number; code?: string; detail?: string; current?: object }>('PUT', '/definitions/entity/deal', { body: { ...definition, label: { en: note, zh: note } }, headers: { 'if-match': `"${rev}"` } })
    expect(await put(eve, 0, 'first')).toMatchObject({ status: 200, body: { rev: 1 } })
    const refused = await put(ann, 0, 'mine')
    expect(refused).toMatchObject({ status: 409, body: { code: 'draftTaken', current: { rev: 1, definition: { label: { en: 'first' } } } } })
    expect(refused.body.detail).toContain('Eve')
    expect(await put(ann, 1, 'mine')).toMatchObject({ status: 200, body: { rev: 2 } })
    expect((await eve.delete('/definitions/entity/deal', { 'if-match': '"1"' })).status).toBe(409)
    expect((await eve.delete('/definitions/entity/deal', { 'if-match': '"2"' })).status).toBe(204)
    expect((await put(ann, 2, 'late')).body).toMatchObject({ code: 'draftGone' })
  })
})

describe('options and stages in use', () => {
  test('an option goes when something takes its place; history says what did it', async () => {
    const made = await ann.create('deal', { name: 'a', size: 'small', tags: ['new', 'old'] })
    const other = await ann.create('deal', { name: 'b', tags: ['new'] })
    await studio.editField('deal', 'size', (f) => ({ ...f, options: options('large', 'huge') }) as Field)
    await studio.editField('deal', 'tags', (f) => ({ ...f, options: options('old') }) as Field)
    expect(faults((await studio.publish()).body.problems)).toEqual(['entity deal /fields/4/options optionRemoved'])
    await ann.must(ann.put('/definitions/entity/deal', { ...(await studio.published<Entity>('entity', 'deal')).draft!.definition, fields: (await studio.published<Entity>('entity', 'deal')).definition.fields.map((f) => (f.name === 'size' ? { ...f, options: options('large', 'huge') } : f.name === 'tags' ? { ...f, options: options('old') } : f)) }))
    const map = (...list: [field: string, from: string, to: string | null][]) => ({ decisions: { options: list.map(([name, from, to]) => ({ entity: 'deal', field: name, from, to })) } })
    expect(faults((await studio.publish(map(['size', 'small', 'gone']))).body.problems)).toEqual(['entity deal /fields/3/options badMapping', 'entity deal /fields/4/options optionRemoved'])
    await ann.must(studio.publish(map(['size', 'small', 'huge'], ['tags', 'new', null])))
    expect(await ann.read('deal', made.id)).toMatchObject({ size: 'huge', tags: ['old'] })
    expect(await ann.read('deal', other.id)).toMatchObject({ tags: null })
    const { items } = await ann.must(ann.get<{ items: { path: string; by: string; changes: object[] }[] }>(`/records/deal/${made.id}/history`))
    expect(items.slice(0, 2)).toMatchObject([{ path: 'definition' }, { path: 'definition' }])
    const changes = await ann.must(ann.get<{ items: object[] }>('/data-changes'))
    expect(changes.items).toMatchObject([{ kind: 'mapOption', status: 'done', total: expect.any(Number), done: expect.any(Number) }, { status: 'done' }])
  })

  test('what records ask, and what they forbid, is told before publishing', async () => {
    await ann.create('deal', { name: 'a', size: 'small' })
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: d.fields.flatMap((f) => (f.name === 'size' ? { ...f, options: options('large', 'huge') } as Field : f.name === 'price' ? [] : f)) }))
    await studio.change<Definition & { kind: 'pipeline' }>('pipeline', 'sales', (d) => ({ ...d, stages: d.stages.slice(1) }))
    const { refusals } = await ann.must(ann.get<{ refusals: { params: object; message: string }[] }>('/definitions/drafts/impact'))
    expect(faults(refusals)).toEqual(['entity deal /fields fieldRemoved', 'entity deal /fields/2/options optionRemoved', 'pipeline sales /stages stageRemoved'])
    expect(refusals[1]).toMatchObject({ params: { entity: 'deal', at: 'size', from: 'small', to: [{ value: 'large', label }, { value: 'huge' }], count: 1, required: false }, message: expect.stringContaining('what takes its place') as string })
    expect(refusals[2]!.params).toMatchObject({ from: 'first', to: [{ value: 'second' }, { value: 'won' }] })
  })

  test('a required field is not emptied', async () => {
    await studio.editField('deal', 'size', (f) => ({ ...f, required: true }))
    await ann.must(studio.publish())
    await ann.create('deal', { name: 'a', size: 'small' })
    await studio.editField('deal', 'size', (f) => ({ ...f, options: options('large') }) as Field)
    expect(faults((await studio.publish({ decisions: { options: [{ entity: 'deal', field: 'size', from: 'small', to: null }] } })).body.problems)).toEqual(['entity deal /fields/3/options badMapping'])
  })

  test('a stage goes when its records are sent to another', async () => {
    const made = await ann.create('deal', { name: 'a' })
    await studio.change<Definition & { kind: 'pipeline' }>('pipeline', 'sales', (d) => ({ ...d, stages: [{ ...stage('begin') }, ...d.stages.slice(1)] }))
    expect(faults((await studio.publish()).body.problems)).toEqual(['pipeline sales /stages stageRemoved'])
    await ann.must(studio.publish({ decisions: { stages: [{ pipeline: 'sales', from: 'first', to: 'begin' }] } }))
    expect(await ann.read('deal', made.id)).toMatchObject({ stage: 'begin', status: 'open' })
  })

  test('what was broken off is taken up again at the next start', async () => {
    const made = await ann.create('deal', { name: 'a' })
    await host.services.store.transaction((tx) => tx.insert(collections.dataChange, [{ id: 'left', rev: 1, kind: 'fill', entity: 'deal', params: { field: 'qty', value: 4 }, status: 'running', release: 1, total: 0, done: 0, last: null, at: '', by: ann.userId, problems: [] }]))
    await runDataChanges(host.services, host.holder)
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: 4 })
    expect((await ann.must(ann.get<{ items: object[] }>('/data-changes'))).items).toMatchObject([{ id: 'left', status: 'done', total: 1, done: 1 }])
  })

  test('records that could not be changed are named by their titles', async () => {
    const made = await ann.create('deal', { name: 'Lot 3', price: '3' })
    await studio.addFields('deal', field('integer', 'grade', { max: 2 }))
    await ann.must(studio.publish({ decisions: { fill: [{ entity: 'deal', field: 'grade', value: 5 }] } }))
    const { items, titles } = await ann.must(ann.get<{ items: object[]; titles: object }>('/data-changes'))
    expect(items).toMatchObject([{ kind: 'fill', status: 'incomplete', problems: [{ id: made.id, problems: [{ code: 'tooLarge' }] }] }])
    expect(titles).toEqual({ [made.id!]: 'Lot 3' })
  })
})

describe('what a draft would mean', () => {
  const impact = async () => (await ann.must(ann.get<{ items: { key: string; findings?: { kind: string; count: number }[]; lost?: object[] }[] }>('/definitions/drafts/impact'))).items
  test('rows that would fail a demand, a limit, a rule, and groups that would be the same', async () => {
    const low = await ann.create('deal', { name: 'low', qty: 1 })
    await ann.create('deal', { name: 'none' })
    await ann.create('deal', { name: 'low', qty: 50 })
    const { definition } = await studio.published<Entity>('entity', 'deal')
    await ann.must(ann.put('/definitions/entity/deal', { ...definition, fields: definition.fields.map((f) => (f.name === 'qty' ? { ...f, name: 'quantity', required: true, min: 10 } : f)), validations: [{ id: 'few', rule: 'quantity < 40', message: label }], unique: [{ fields: ['name'] }] }))
    const [item] = await impact()
    expect(item!.findings).toMatchObject([
      { kind: 'requiredAdded', path: '/fields/1/required', field: 'quantity', count: 1, rows: [{ title: 'none', problem: { code: 'required' } }] },
      { kind: 'tightened', path: '/fields/1', count: 1, rows: [{ id: low.id, title: 'low', value: 1, problem: { code: 'tooSmall' } }] },
      { kind: 'ruleAdded', path: '/validations/0', count: 1, rows: [{ value: 'low', problem: { code: 'ruleViolated' } }] },
      { kind: 'uniqueAdded', path: '/unique/0', count: 1, groups: [{ values: ['low'], count: 2 }] },
    ])
  })

  test('duplicates by a condition, a likeness or both, also by a rule that only warns; what refuses is told with what it would refuse', async () => {
    const [a] = [await ann.create('deal', { name: 'Acme Ltd.', qty: 1, size: 'small' }), await ann.create('deal', { name: 'ACME', qty: 2, size: 'small' }), await ann.create('deal', { name: 'acme', qty: 3, size: 'large' })]
    for (let i = 0; i < 2; i++) await ann.create('deal', { name: 'same', size: 'large' })
    const { id } = await ann.create('deal', { name: 'acme co', size: 'small' })
    await ann.must(ann.delete(`/records/deal/${id}`))
    const small = { field: 'size', op: 'eq', value: 'small' }
    const unique = [{ fields: ['title'], normalise: 'organisation', when: small }, { fields: ['title'] }, { fields: ['title'], when: { field: 'qty', op: 'gt', value: 1 }, normalise: 'text', mode: 'warn' }] as Entity['unique']
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, titleField: 'title', unique, fields: d.fields.map((f) => (f.name === 'name' ? { ...f, name: 'title' } : f)) }))
    const { items, refusals } = await ann.must(ann.get<{ items: { findings: { groups: { records: object[] }[] }[] }[]; refusals: { params: object }[] }>('/definitions/drafts/impact'))
    expect(items[0]!.findings).toMatchObject([
      { kind: 'uniqueAdded', path: '/unique/0', count: 1, records: 2, groups: [{ count: 2, values: ['Acme Ltd.'] }] },
      { kind: 'uniqueAdded', path: '/unique/1', count: 1, records: 2, groups: [{ count: 2, values: ['same'] }] },
      { kind: 'alikeAdded', path: '/unique/2', count: 1, records: 2, groups: [{ count: 2, values: ['ACME'] }] },
    ])
    expect(items[0]!.findings[0]!.groups[0]!.records).toMatchObject([{ id: a.id, title: 'Acme Ltd.' }, { title: 'ACME' }])
    expect(faults(refusals)).toEqual(['entity deal /unique duplicateData', 'entity deal /unique duplicateData'])
    expect(faults((await studio.publish()).body.problems)).toEqual(faults(refusals))
    // A rule that warned and now refuses is a new one; one that only warns from now on is none.
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, unique: [{ fields: ['name'], normalise: 'text', mode: 'warn' }] }))
    await ann.must(studio.publish())
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, unique: [{ fields: ['name'], normalise: 'text' }] }))
    expect((await impact())[0]!.findings).toMatchObject([{ kind: 'uniqueAdded', count: 2, records: 4 }])
    expect(faults((await studio.publish()).body.problems)).toEqual(['entity deal /unique duplicateData'])
    for (const [language, message] of [['en', '4 records that exist have the same name as another; make them different first.'], ['zh-CN', '已有4条记录的name与其他记录重复，请先处理。']] as const) {
      const admin = await host.signIn('ann', { language })
      const told = await admin.must(admin.get<{ refusals: { message: string }[] }>('/definitions/drafts/impact'))
      expect([told.refusals, (await studioOf(admin).publish()).body.problems].map((problems) => problems!.map((p) => p.message))).toEqual([[message], [message]])
    }
  })

  test('who would see less', async () => {
    await ann.create('deal', { name: 'a' })
    await bob.create('deal', { name: 'b' })
    await studio.change<Definition & { kind: 'role' }>('role', 'worker', (d) => ({ ...d, grants: [{ ...d.grants[0]!, scope: 'own' }] }))
    expect((await impact())[0]!.lost).toEqual([{ entity: 'deal', person: bob.userId, name: 'bob', before: 2, after: 1 }])
  })

  test('a new demand comes with what fills the empty fields: a value or an expression', async () => {
    const [a, b] = [await ann.create('deal', { name: 'a', price: '3' }), await ann.create('deal', { name: 'b', price: '4', qty: 9 })]
    await studio.addFields('deal', field('text', 'note', { required: true }))
    await ann.must(studio.publish({ decisions: { fill: [{ entity: 'deal', field: 'note', value: 'old' }, { entity: 'deal', field: 'qty', expr: 'price + 1' }] } }))
    expect(await ann.read('deal', a.id)).toMatchObject({ note: 'old', qty: 4, total: '12.00' })
    expect(await ann.read('deal', b.id)).toMatchObject({ note: 'old', qty: 9 })
  })
})

describe('taken away', () => {
  const trash = async () => (await ann.must(ann.get<{ items: { id: string; kind: string; key: string; status: string }[] }>('/trash'))).items
  const removeQty = async () => {
    await studio.change<View>('view', 'deals', (d) => ({ ...d, columns: [{ field: 'name' }], filter: undefined }))
    const { definition } = await studio.published<Entity>('entity', 'deal')
    await ann.must(ann.put('/definitions/entity/deal', { ...definition, fields: definition.fields.filter((f) => f.name !== 'total').map((f) => (f.name === 'qty' ? { ...f, hidden: true } : f)).concat({ ...definition.fields.find((f) => f.name === 'total')!, formula: 'price * 2' } as Field) }))
    await ann.must(studio.publish())
    await studio.editField('deal', 'qty', () => undefined)
    return studio.publish()
  }

  test('where something is used is told, drafts included', async () => {
    const used = async (path: string, query?: Record<string, string>) => (await ann.must(ann.get<{ items: { kind: string; key: string; path: string }[] }>(`/definitions/${path}/where-used`, query))).items.map((u) => `${u.kind} ${u.key} ${u.path}`)
    expect(await used('entity/deal', { field: 'qty' })).toEqual(['entity deal /fields/6/formula', 'view deals /columns/1/field', 'view deals /filter/field'])
    expect(await used('entity/customer')).toEqual(['entity deal /fields/5/entity', 'role builder /grants/0/entity'])
    expect(await used('view/deals')).toEqual([])
  })

  test('a field goes once it is hidden and unused; it comes back with its values', async () => {
    const made = await ann.create('deal', { name: 'a', qty: 7 })
    await studio.editField('deal', 'qty', () => undefined)
    expect(faults((await studio.publish()).body.problems)).toEqual(expect.arrayContaining(['entity deal /fields fieldRemoved', 'view deals /columns/1/field noSuchField']))
    await studio.discard('entity', 'deal')
    expect((await removeQty()).status).toBe(201)
    expect(await ann.read('deal', made.id)).not.toHaveProperty('qty')
    const [entry] = await trash()
    expect(entry).toMatchObject({ kind: 'field', key: 'deal', uid: 'qty', status: 'kept' })
    await ann.must(ann.post(`/trash/${entry!.id}/restore`))
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: 7, rev: 1 })
    expect(await trash()).toMatchObject([{ status: 'restored' }])
  })

  test('a new field of that name does not get the old values; purging forgets them, and says who did', async () => {
    const made = await ann.create('deal', { name: 'a', qty: 7 })
    await removeQty()
    await studio.addFields('deal', field('integer', 'qty'))
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: null })
    const [entry] = await trash()
    await ann.must(ann.post(`/trash/${entry!.id}/purge`))
    expect(await trash()).toMatchObject([{ status: 'purged', doneBy: ann.userId, body: null }])
    expect((await ann.post(`/trash/${entry!.id}/restore`)).status).toBe(404)
    expect(await ann.create('deal', { name: 'b', qty: 5 })).toMatchObject({ qty: 5 })
  })

  test('a definition goes when nothing uses it, and comes back with its records', async () => {
    await ann.must(ann.put('/definitions/entity/visit', entity('visit', [field('text', 'place')])))
    await studio.change<Definition & { kind: 'role' }>('role', 'builder', (d) => ({ ...d, grants: [...d.grants, { entity: 'visit', verbs: ['create', 'read'], scope: 'all' }] }))
    await ann.must(studio.publish())
    const made = await ann.create('visit', { place: 'here' })
    await ann.must(ann.post('/definitions/entity/visit/removal'))
    expect(faults((await studio.publish()).body.problems)).toContain('entity visit  stillUsed')
    await studio.change<Definition & { kind: 'role' }>('role', 'builder', (d) => ({ ...d, grants: d.grants.slice(0, 3) }))
    expect(await ann.must(studio.publish())).toMatchObject({ items: [{ kind: 'role' }, { kind: 'entity', key: 'visit', removed: true }] })
    expect((await ann.get('/records/visit')).status).toBe(404)
    const [entry] = await trash()
    await ann.must(ann.post(`/trash/${entry!.id}/restore`))
    await studio.change<Definition & { kind: 'role' }>('role', 'builder', (d) => ({ ...d, grants: [...d.grants, { entity: 'visit', verbs: ['create', 'read'], scope: 'all' }] }))
    await ann.must(studio.publish())
    expect(await ann.read('visit', made.id)).toMatchObject({ place: 'here' })
    expect((await ann.post('/definitions/entity/user/removal')).body).toMatchObject({ status: 409, code: 'systemDefinition' })
  })

  test('what records have chosen stays: a role somebody has, a pipeline with records', async () => {
    await ann.create('deal', { name: 'a' })
    await ann.must(ann.post('/definitions/pipeline/sales/removal'))
    await ann.must(ann.post('/definitions/role/worker/removal'))
    expect(faults((await studio.publish()).body.problems)).toEqual(['pipeline sales  inUse', 'role worker  inUse'])
  })
})
