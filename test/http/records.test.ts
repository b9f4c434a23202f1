/** Records over the API: created, read in parts, changed in parts, found, ordered, paged, thrown away and brought back. */
import type { WireRecord } from '../../runtime/engine'
import type { Definition, Filter, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label }))
const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true, searchable: true }), field('enum', 'region', { options: options('east', 'west') }), field('text', 'phone')], { unique: [{ fields: ['phone'] }] }),
  entity('order', [
    field('text', 'name', { required: true, searchable: true }), field('longText', 'note', { searchable: true }), field('reference', 'customer', { entity: 'customer', copy: { region: 'region', phone: 'phone' } }), field('enum', 'region', { options: options('east', 'west') }), field('text', 'phone'),
    field('enum', 'kind', { options: options('sale', 'gift'), default: 'sale' }), field('money', 'price', { visibleWhen: "kind == 'sale'", requiredWhen: "kind == 'sale' && name == 'strict'" }), field('text', 'reason', { requiredWhen: "kind == 'gift'" }), field('integer', 'qty', { defaultExpr: 'size(name)' }), field('integer', 'double', { defaultExpr: 'qty * 2' }),
    field('money', 'fixed', { readOnlyWhen: 'qty > 100' }), field('formula', 'age', { formula: "daysBetween('2026-06-01', today)", result: { type: 'integer' } }), field('formula', 'mine', { formula: 'owner == me.id', result: { type: 'boolean' } }),
    field('lines', 'rows', { fields: [field('reference', 'good', { entity: 'item', copy: { price: 'price' } }), field('integer', 'n', { required: true }), field('money', 'price'), field('formula', 'sum', { formula: 'n * price', result: { type: 'money' } })] }), field('rollup', 'total', { rollup: { lines: 'rows', op: 'sum', field: 'sum' } }),
  ]),
  entity('item', [field('text', 'name'), field('money', 'price')]),
  entity('part', [field('text', 'name'), field('reference', 'order', { entity: 'order', required: true }), field('reference', 'helper', { entity: 'item', onDelete: 'clear' })], { ownership: { from: 'order' }, ownedBy: 'order' }),
  entity('deal', [field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: options('open', 'won', 'lost', 'paused') }), field('money', 'amount')],
    { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } }),
  { kind: 'pipeline', name: 'gated', entity: 'deal', label, policies: { backward: 'allow' }, stages: [{ id: 'first', label, category: 'open' }, { id: 'second', label, category: 'open', gate: { flow: 'gate', when: 'amount > 100' }, requiredFields: ['amount'], onEnter: [{ id: 'note', kind: 'setField', values: { name: "concat(name, ' entered')" } }] }, { id: 'won', label, category: 'won' }] } satisfies Pipeline,
  { ...flow([start, ask('boss', 'bob'), approved], ['start > boss', 'boss > approved']), name: 'gate', entity: 'deal', recordPolicy: { lock: 'none' }, settings: { withdraw: 'untilFinal' } },
  { kind: 'view', name: 'western', entity: 'order', label, type: 'table', filter: { field: 'region', op: 'eq', value: 'west' } as unknown as Filter, sort: ['-name'] },
  role('worker', { grants: ['customer', 'order', 'item', 'part', 'deal'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
]

let host: TestHost
let ann: Client
let bob: Client
beforeAll(async () => {
  host = await startTestHost({ documents, today: '2026-06-15' })
  for (const username of ['ann', 'bob']) await host.addUser({ username, roles: ['worker'] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
})
afterAll(() => host?.close())

const names = (items: WireRecord[]) => items.map((i) => i.name)
const search = async (query: Record<string, string>, filter?: Filter) => (await ann.must(ann.get<{ items: WireRecord[]; nextCursor: string | null; count?: number }>('/records/order', { ...query, ...(filter && { filter: JSON.stringify(filter) }) })))

describe('writing', () => {
  test('a new record has its place, its revision and its defaults, each seen by the next', async () => {
    const { status, headers, body } = await ann.post('/records/order', { name: 'four' })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/v1/records/order/${body.id}`)
    expect(headers.get('etag')).toBe('"1"')
    expect(body).toMatchObject({ rev: 1, kind: 'sale', qty: 4, double: 8, age: 14, mine: true, rows: [], total: '0.00', owner: ann.userId, createdBy: ann.userId, deletedAt: null })
    expect((await ann.get(`/records/order/${body.id}`)).headers.get('etag')).toBe('"1"')
    // What depends on who looks is computed for who looks.
    expect(await bob.read('order', body.id!)).toMatchObject({ mine: false })
  })

  test('a change names only what changes; null empties', async () => {
    const { id } = await ann.create('order', { name: 'a', note: 'n', qty: 1 })
    const { status, headers, body } = await ann.patch(`/records/order/${id}`, { note: null, qty: 2 }, { 'if-match': '"1"' })
    expect({ status, etag: headers.get('etag') }).toEqual({ status: 200, etag: '"2"' })
    expect(body).toMatchObject({ name: 'a', note: null, qty: 2, rev: 2, updatedBy: ann.userId })
    expect((await bob.patch(`/records/order/${id}`, { qty: 3 }, { 'if-match': '*' })).body).toMatchObject({ rev: 3, updatedBy: bob.userId })
    expect((await bob.patch(`/records/order/${id}`, { qty: 3 })).body).toMatchObject({ rev: 3 })
  })

  test('what is hidden is cleared, what is then needed is asked for', async () => {
    const { id } = await ann.create('order', { name: 'a', price: '5' })
    const refused = await ann.patch<ProblemBody>(`/records/order/${id}`, { kind: 'gift' })
    expect(refused.body.problems.map((p) => `${p.path} ${p.code}`)).toEqual(['/reason required'])
    expect((await ann.patch(`/records/order/${id}`, { kind: 'gift', reason: 'thanks' })).body).toMatchObject({ price: null, reason: 'thanks' })
    expect((await ann.post('/records/order', { name: 'strict' })).body).toMatchObject({ code: 'required' })
    expect((await ann.post('/records/order', { name: 'strict', kind: 'gift', reason: 'x' })).status).toBe(201)
  })

  test('a lock looks at what is stored, not at what is sent', async () => {
    const { id } = await ann.create('order', { name: 'a', qty: 100, fixed: '1' })
    expect((await ann.patch(`/records/order/${id}`, { qty: 101, fixed: '2' })).status).toBe(200)
    expect((await ann.patch<ProblemBody>(`/records/order/${id}`, { qty: 1, fixed: '3' })).body.problems.map((p) => `${p.path} ${p.code}`)).toEqual(['/fixed locked'])
    expect((await ann.patch(`/records/order/${id}`, { qty: 1, fixed: '2.00' })).status).toBe(200)
  })

  test('choosing a record brings its values along, where nothing was given', async () => {
    const customer = await ann.create('customer', { name: 'C', region: 'west', phone: '1' })
    expect(await ann.create('order', { name: 'a', customer: customer.id })).toMatchObject({ region: 'west', phone: '1' })
    expect(await ann.create('order', { name: 'a', customer: customer.id, region: 'east' })).toMatchObject({ region: 'east', phone: '1' })
    const item = await ann.create('item', { name: 'I', price: '2.5' })
    const order = await ann.create('order', { name: 'a', rows: [{ good: item.id, n: 2 }, { good: item.id, n: 1, price: '1' }] })
    expect(order).toMatchObject({ total: '6.00', rows: [{ price: '2.50', sum: '5.00' }, { price: '1.00', sum: '1.00' }] })
  })

  test('rows keep their ids, their order and nothing that was taken out', async () => {
    const { id, rows } = await ann.create('order', { name: 'a', rows: [{ n: 1 }, { n: 2 }, { n: 3 }] })
    const [one, two, three] = rows as WireRecord[]
    expect(new Set([one!.id, two!.id, three!.id]).size).toBe(3)
    const { body } = await ann.patch(`/records/order/${id}`, { rows: [{ ...three, n: 33 }, one, { n: 4 }] })
    expect((body.rows as WireRecord[]).map((r) => r.n)).toEqual([33, 1, 4])
    expect((body.rows as WireRecord[]).slice(0, 2).map((r) => r.id)).toEqual([three!.id, one!.id])
    expect((await ann.read('order', id)).rows).toEqual(body.rows)
    const twice = await ann.patch(`/records/order/${id}`, { rows: [{ id: 'x', n: 1 }, { id: 'x', n: 2 }] })
    expect(new Set((twice.body.rows as WireRecord[]).map((r) => r.id)).size).toBe(2)
  })
})

describe('reading', () => {
  const made: string[] = []
  beforeAll(async () => {
    const customer = await ann.create('customer', { name: '华北磁材' })
    for (const [name, note, region] of [['Zeta 磁钢', 'first', 'west'], ['alpha', null, 'east'], ['Beta', '第二批磁钢', 'west'], ['阿尔法', 'x_y 100%', null]] as const) made.push((await ann.create('order', { name, note, region, customer: customer.id, qty: made.length })).id)
  })
  const mine = (): Filter => ({ field: 'id', op: 'in', value: made }) as never

  test('fields, also through references; the rest is not sent', async () => {
    const { items } = await search({ fields: 'name,customer.name,age', sort: 'qty' }, mine())
    expect(items[0]).toEqual({ id: made[0], rev: 1, name: 'Zeta 磁钢', age: 14, customer: { id: expect.any(String) as string, name: '华北磁材' } })
    expect((await search({}, mine())).items[0]).not.toHaveProperty('rows')
  })

  test('every word is searched for, in any field that is searchable, in Chinese as well', async () => {
    const by = async (q: string) => names((await search({ q, sort: 'qty' }, mine())).items)
    expect(await by('磁钢')).toEqual(['Zeta 磁钢', 'Beta'])
    expect(await by('  zeta   FIRST ')).toEqual(['Zeta 磁钢'])
    expect(await by('磁钢 second')).toEqual([])
    expect(await by('%')).toEqual(['阿尔法'])
    expect(await by('x_y')).toEqual(['阿尔法'])
    expect(await by('xay')).toEqual([])
  })

  test('sorted by several keys, nothing first; pages and cursors agree', async () => {
    const sorted = names((await search({ sort: 'region,-qty' }, mine())).items)
    expect(sorted).toEqual(['阿尔法', 'alpha', 'Beta', 'Zeta 磁钢'])
    for (const sort of ['region,-qty', '-region,name', 'note', '-note', 'name']) {
      const whole = names((await search({ sort }, mine())).items)
      const paged = (await Promise.all([1, 2, 3, 4].map((page) => search({ sort, limit: '1', page: String(page) }, mine())))).flatMap((p) => names(p.items))
      const followed: unknown[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const next: Awaited<ReturnType<typeof search>> = await search({ sort, limit: '1', ...(cursor && { cursor }) }, mine())
        followed.push(...names(next.items))
        cursor = next.nextCursor
      }
      expect({ sort, paged, followed }).toEqual({ sort, paged: whole, followed: whole })
    }
  })

  test('Chinese names sort by their sound', async () => {
    const customers = ['张三', '阿里', '北京', '赵六', '重庆', '长安'].map((name) => ann.create('customer', { name }))
    const ids = (await Promise.all(customers)).map((c) => c.id)
    const { items } = await ann.must(ann.get<{ items: WireRecord[] }>('/records/customer', { sort: 'name', filter: JSON.stringify({ field: 'id', op: 'in', value: ids }) }))
    expect(names(items).filter((n) => !['重庆', '长安'].includes(n as string))).toEqual(['阿里', '北京', '张三', '赵六'])
  })

  test('a view brings its filter and its order', async () => {
    expect(names((await search({ view: 'western' }, mine())).items)).toEqual(['Zeta 磁钢', 'Beta'])
    expect(names((await search({ view: 'western', sort: 'name' }, mine())).items)).toEqual(['Beta', 'Zeta 磁钢'])
  })

  test('sums, extremes and counts by group', async () => {
    const { groups } = await ann.must(ann.post<{ groups: { keys: unknown[]; values: unknown[] }[] }>('/records/order/aggregate', { filter: mine(), groupBy: ['region'], measures: [{ op: 'count' }, { op: 'sum', field: 'qty' }, { op: 'max', field: 'qty' }, { op: 'avg', field: 'qty' }] }))
    expect(groups.sort((a, b) => String(a.keys[0]).localeCompare(String(b.keys[0])))).toEqual([{ keys: ['east'], values: [1, 1, 1, 1] }, { keys: [null], values: [1, 3, 3, 3] }, { keys: ['west'], values: [2, 2, 2, 1] }])
    const byMonth = await ann.must(ann.post<{ groups: { keys: unknown[]; values: unknown[] }[] }>('/records/order/aggregate', { filter: mine(), groupBy: [{ field: 'createdAt', by: 'month' }], measures: [{ op: 'count' }] }))
    expect(byMonth.groups).toEqual([{ keys: ['2026-06'], values: [4] }])
    const byQuarter = await ann.must(ann.post<{ groups: unknown[] }>('/records/order/aggregate', { filter: mine(), groupBy: [{ field: 'createdAt', by: 'quarter' }], measures: [{ op: 'count' }] }))
    expect(byQuarter.groups).toEqual([{ keys: ['2026-Q2'], values: [4] }])
  })

  test('the count is of all pages', async () => expect((await search({ limit: '1', count: 'exact' }, mine())).count).toBe(4))
})

describe('thrown away and brought back', () => {
  test('with what it owns, and its sums', async () => {
    const order = await ann.create('order', { name: 'o' })
    const parts = [await ann.create('part', { name: 'p', order: order.id }), await ann.create('part', { name: 'q', order: order.id })]
    await ann.must(ann.delete(`/records/part/${parts[1]!.id}`))
    expect((await ann.delete(`/records/order/${order.id}`, { 'if-match': `"${order.rev}"` })).status).toBe(204)
    for (const path of [`/records/order/${order.id}`, `/records/part/${parts[0]!.id}`]) expect((await ann.get(path)).status).toBe(404)
    expect((await search({}, { field: 'id', op: 'eq', value: order.id } as never)).items).toEqual([])
    expect((await ann.patch(`/records/order/${order.id}`, { name: 'x' })).status).toBe(404)
    expect((await ann.get(`/records/order/${order.id}`, { deleted: 'true' })).body).toMatchObject({ deletedAt: expect.any(String) as string })
    expect((await ann.post('/records/part', { name: 'r', order: order.id })).body).toMatchObject({ code: 'noSuchRecord' })

    expect((await ann.post(`/records/order/${order.id}/restore`)).body).toMatchObject({ name: 'o', deletedAt: null })
    expect((await ann.get(`/records/part/${parts[0]!.id}`)).status).toBe(200)
    // What was thrown away by itself stays away.
    expect((await ann.get(`/records/part/${parts[1]!.id}`)).status).toBe(404)
    const { items } = await ann.must(ann.get<{ items: { kind: string; by: string }[] }>(`/records/order/${order.id}/timeline`))
    expect(items.map((i) => i.kind)).toEqual(['restored', 'deleted', 'created'])
    expect((await ann.post(`/records/order/${order.id}/restore`)).status).toBe(200)
  })

  test('a reference that may be emptied is', async () => {
    const item = await ann.create('item', { name: 'i' })
    const order = await ann.create('order', { name: 'o' })
    const part = await ann.create('part', { name: 'p', order: order.id, helper: item.id })
    await ann.must(ann.delete(`/records/item/${item.id}`))
    expect(await ann.read('part', part.id)).toMatchObject({ helper: null })
  })

  test('what is unique is free while its record is in the bin, and must be free for it to come back', async () => {
    const first = await ann.create('customer', { name: 'first', phone: '777' })
    await ann.must(ann.delete(`/records/customer/${first.id}`))
    const second = await ann.create('customer', { name: 'second', phone: '777' })
    expect((await ann.post(`/records/customer/${first.id}/restore`)).body).toMatchObject({ status: 409, code: 'duplicate' })
    await ann.must(ann.patch(`/records/customer/${second.id}`, { phone: '778' }))
    expect((await ann.post(`/records/customer/${first.id}/restore`)).body).toMatchObject({ phone: '777' })
  })
})

describe('a stage behind a gate', () => {
  const deal = async (amount: string | null) => (await ann.create('deal', { name: 'D', amount })).id
  const move = (id: string, fields: WireRecord = {}) => ann.post<{ record: WireRecord; pending?: string } & ProblemBody>(`/records/deal/${id}/stage`, { to: 'second', fields })
  const commands = (id: string) => ann.must(ann.get<{ pendingStage?: string; moves: { to: string; available: boolean }[] }>(`/records/deal/${id}/commands`))
  const decide = async (id: string, decision: 'approve' | 'reject') => {
    const { items } = await bob.must(bob.get<{ items: { id: string; record: string }[] }>('/tasks'))
    return bob.must(bob.post(`/tasks/${items.find((t) => t.record === id)!.id}/decide`, { decision, comment: 'x' }))
  }

  test('below the limit it is open', async () => {
    expect((await move(await deal('100'))).body).toMatchObject({ record: { stage: 'second', name: 'D entered' } })
  })

  test('what is missing is said before anybody is asked', async () => {
    const id = await deal(null)
    expect((await move(id)).body.problems.map((p) => `${p.path} ${p.code}`)).toEqual(['/amount required'])
    expect((await commands(id)).pendingStage).toBeUndefined()
  })

  test('the record stays where it is until it is granted, then moves with what came along', async () => {
    const id = await deal('1')
    const { body } = await move(id, { amount: '500' })
    expect(body).toMatchObject({ pending: expect.any(String) as string, record: { stage: 'first', amount: '1.00' } })
    expect(await commands(id)).toMatchObject({ pendingStage: 'second' })
    expect((await move(id, { amount: '500' })).body).toMatchObject({ status: 409, code: 'gatePending' })
    await decide(id, 'approve')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'second', amount: '500.00', name: 'D entered' })
    const { items } = await ann.must(ann.get<{ items: { kind: string; by: string; path: string }[] }>(`/records/deal/${id}/timeline`))
    expect(items.map((i) => i.kind)).toContain('stage')
  })

  test('rejected or withdrawn it stays, and may be asked for again', async () => {
    const id = await deal('500')
    await move(id)
    await decide(id, 'reject')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'first', name: 'D' })
    const { body } = await move(id)
    await ann.must(ann.post(`/flow-instances/${body.pending}/withdraw`))
    expect(await commands(id)).not.toHaveProperty('pendingStage')
    await move(id)
    await decide(id, 'approve')
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'second' })
  })

  test('moved meanwhile: the approval cannot carry it back, and is not stuck', async () => {
    const id = await deal('500')
    await move(id)
    await ann.must(ann.patch(`/records/deal/${id}`, { amount: null }))
    const { items } = await bob.must(bob.get<{ items: { id: string; record: string }[] }>('/tasks'))
    const task = items.find((t) => t.record === id)!.id
    const refused = await bob.post<ProblemBody>(`/tasks/${task}/decide`, { decision: 'approve' })
    expect({ status: refused.status, problems: refused.body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 422, problems: ['/amount required'] })
    await ann.must(ann.patch(`/records/deal/${id}`, { amount: '400' }))
    expect((await bob.post(`/tasks/${task}/decide`, { decision: 'approve' })).status).toBe(200)
    expect(await ann.read('deal', id)).toMatchObject({ stage: 'second' })
  })
})
