/**
 * Own, department and all, and rights on fields, on every path on which a record could show: list, get, search, filter, sort, expand,
 * titles, sums, history, errors. What may not be seen does not exist: 404, and no trace in counts.
 */
import type { WireRecord } from '../../runtime/engine'
import type { Definition, Filter, Grant } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const everything: Grant['verbs'] = ['create', 'read', 'update', 'delete']
const grant = (entity: string, scope: Grant['scope'], members: Partial<Grant> = {}): Grant => ({ entity, verbs: everything, scope, ...members })
const statuses = ['open', 'closed'].map((value) => ({ value, label }))

const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true, searchable: true }), field('text', 'secret', { searchable: true }), field('integer', 'rating')]),
  entity('deal', [
    field('text', 'name', { required: true, searchable: true }), field('money', 'amount'), field('enum', 'status', { options: statuses, default: 'open' }), field('date', 'due'), field('reference', 'customer', { entity: 'customer' }), field('multiReference', 'others', { entity: 'customer' }),
    field('lines', 'rows', { fields: [field('reference', 'customer', { entity: 'customer' }), field('text', 'note')] }),
  ]),
  { ...flow([start, ask('boss', 'eve'), approved], ['start > boss', 'boss > approved']), name: 'check', entity: 'deal', trigger: { when: "status == 'open'" } },
  { kind: 'action', name: 'close', entity: 'deal', label, condition: "status == 'open'", steps: [{ id: 'close', kind: 'setField', values: { status: "'closed'" } }] },
  role('own', { grants: [grant('customer', 'own'), grant('deal', 'own', { actions: ['close'], flows: ['check'] })] }),
  role('team', { grants: [grant('customer', 'department'), grant('deal', 'department', { actions: ['close'] })] }),
  role('all', { capabilities: ['studio'], grants: [grant('customer', 'all'), grant('deal', 'all', { actions: ['close'], flows: ['check'] })] }),
  role('limited', { grants: [
    grant('customer', 'all', { fields: { secret: 'hidden', rating: 'read' } }),
    grant('deal', 'all', { fields: { amount: 'hidden', customer: 'hidden', others: 'hidden', rows: 'hidden', due: 'read' }, actions: ['close'], flows: ['check'] }),
  ] }),
  role('nameless', { grants: [grant('customer', 'all', { fields: { name: 'hidden' } }), grant('deal', 'all')] }),
  role('dealsOnly', { grants: [grant('deal', 'all')] }),
]

type Person = 'ann' | 'bea' | 'dora' | 'carl' | 'eve' | 'lim' | 'nam' | 'out' | 'zoe'
const hired: Record<Person, { role?: string; department: 'sales' | 'north' | 'south' | 'accounts' }> = {
  ann: { role: 'own', department: 'north' }, bea: { role: 'own', department: 'north' }, dora: { role: 'own', department: 'south' },
  carl: { role: 'team', department: 'sales' }, eve: { role: 'all', department: 'accounts' }, lim: { role: 'limited', department: 'accounts' }, nam: { role: 'nameless', department: 'accounts' },
  out: { role: 'dealsOnly', department: 'accounts' }, zoe: { department: 'accounts' },
}

let host: TestHost
const as = {} as Record<Person, Client>
const id = {} as Record<Person | 'ca' | 'cb' | 'cd' | 'ce' | 'da' | 'db' | 'dd' | 'de' | 'dx', string>

beforeAll(async () => {
  host = await startTestHost({ documents })
  const { engine } = host.stage
  const departments: Record<string, string> = {}
  for (const [name, parent] of [['sales', null], ['north', 'sales'], ['south', 'sales'], ['accounts', null]] as const) departments[name] = (await engine.create('department', { name, parent: parent && departments[parent] })).id!
  for (const [name, { role, department }] of Object.entries(hired)) id[name as Person] = (await host.addUser({ username: name, roles: role === undefined ? [] : [role], department: departments[department] })).id
  for (const name of Object.keys(hired) as Person[]) as[name] = await host.signIn(name)
  const customer = async (name: string, owner: Person) => (await engine.create('customer', { name, owner: id[owner], secret: `secret of ${name}`, rating: 5 })).id!
  const deal = async (name: string, owner: Person, amount: string, of: string) => (await engine.create('deal', { name, owner: id[owner], amount, due: '2026-01-01', customer: of, others: [of], rows: [{ customer: of, note: name }] })).id!
  Object.assign(id, { ca: await customer('Alpha', 'ann'), cb: await customer('Beta', 'bea'), cd: await customer('Delta', 'dora'), ce: await customer('Epsilon', 'eve') })
  Object.assign(id, { da: await deal('deal a', 'ann', '1', id.ca), db: await deal('deal b', 'bea', '10', id.cb), dd: await deal('deal d', 'dora', '100', id.cd), de: await deal('deal e', 'eve', '1000', id.ce), dx: await deal('deal x', 'ann', '10000', id.cd) })
})
afterAll(() => host?.close())

const names = { a: 'da', b: 'db', d: 'dd', e: 'de', x: 'dx' } as const
const allDeals = Object.values(names)
const found = (items: WireRecord[]) => items.map((r) => (r.name as string).slice(-1)).sort().join('')
const deals = async (person: Person, query: Record<string, string> = {}, filter?: Filter) => (await as[person].must(as[person].get<{ items: WireRecord[]; count?: number; titles?: Record<string, string> }>('/records/deal', { ...query, ...(filter && { filter: JSON.stringify(filter) }) })))
const refused = async (promise: Promise<{ status: number; body: unknown }>) => { const { status, body } = await promise; return `${status} ${(body as ProblemBody | undefined)?.code}` }

/** Whose deals each may see. */
const scopes: [Person, string][] = [['ann', 'ax'], ['bea', 'b'], ['dora', 'd'], ['carl', 'abdx'], ['eve', 'abdex'], ['lim', 'abdex'], ['out', 'abdex']]

describe.each(scopes)('%s sees the deals %s', (person, visible) => {
  const hidden = allDeals.filter((deal) => !visible.includes(deal.slice(-1)))
  const seen = allDeals.filter((deal) => visible.includes(deal.slice(-1)))
  const total = () => seen.reduce((sum, deal) => sum + { da: 1, db: 10, dd: 100, de: 1000, dx: 10000 }[deal], 0)

  test('in the list, its count, page by page and by cursor', async () => {
    const { items, count } = await deals(person, { count: 'exact' })
    expect([found(items), count]).toEqual([visible, visible.length])
    const pages = await Promise.all([1, 2, 3, 4, 5].map((page) => deals(person, { page: String(page), limit: '1', sort: '-name', count: 'exact' })))
    expect(found(pages.flatMap((p) => p.items))).toBe(visible)
    expect(new Set(pages.map((p) => p.count))).toEqual(new Set([visible.length]))
    const collected: WireRecord[] = []
    for (let cursor = ''; ;) {
      const page = await as[person].list('deal', { limit: '1', sort: 'name', ...(cursor && { cursor }) })
      collected.push(...page.items)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(found(collected)).toBe(visible)
  })

  test('by search and by filter', async () => {
    expect(found((await deals(person, { q: 'DEAL' })).items)).toBe(visible)
    expect(found((await deals(person, {}, { field: 'name', op: 'startsWith', value: 'deal' } as never)).items)).toBe(visible)
    expect(found((await deals(person, {}, { or: [{ and: [] }, { field: 'owner', op: 'ne', value: 'x' }] } as never)).items)).toBe(visible)
    expect((await deals(person, { count: 'exact' }, { field: 'id', op: 'in', value: hidden.map((d) => id[d]) } as never)).count).toBe(0)
  })

  test('one by one, with their history; the others are not there', async () => {
    for (const path of ['', '/history', '/timeline', '/commands', '/flow-instances']) {
      for (const deal of seen) expect({ path, deal, status: (await as[person].get(`/records/deal/${id[deal]}${path}`)).status }).toEqual({ path, deal, status: 200 })
      for (const deal of hidden) expect({ path, deal, status: await refused(as[person].get(`/records/deal/${id[deal]}${path}`)) }).toEqual({ path, deal, status: '404 notFound' })
    }
  })

  test('the others cannot be touched', async () => {
    for (const deal of hidden) {
      const one = `/records/deal/${id[deal]}`
      for (const attempt of [as[person].patch(one, { name: 'mine' }), as[person].delete(one), as[person].post(`${one}/actions/close`), as[person].post(`${one}/flows/check`), as[person].post(`${one}/restore`), as[person].post(`${one}/stage`, { to: 'x' })]) expect(await refused(attempt)).toBe('404 notFound')
    }
    for (const deal of hidden) expect(await host.stage.engine.get('deal', id[deal])).toMatchObject({ rev: 1, status: 'open' })
  })

  test('in sums and groups', async () => {
    const sums = await as[person].post<{ groups: { keys: unknown[]; values: unknown[] }[] }>('/records/deal/aggregate', { measures: [{ op: 'count' }] })
    expect(sums.body.groups).toEqual([{ keys: [], values: [visible.length] }])
    const grouped = await as[person].must(as[person].post<{ groups: { keys: unknown[]; values: unknown[] }[] }>('/records/deal/aggregate', { groupBy: ['name'], measures: [{ op: 'count' }] }))
    expect(grouped.groups.map((g) => (g.keys[0] as string).slice(-1)).sort().join('')).toBe(visible)
    if (person === 'lim') return
    const amounts = await as[person].must(as[person].post<{ groups: { values: unknown[] }[] }>('/records/deal/aggregate', { measures: [{ op: 'sum', field: 'amount' }, { op: 'max', field: 'amount' }] }))
    expect(amounts.groups[0]!.values[0]).toBe(`${total()}.00`)
  })
})

describe('what stands behind a reference', () => {
  test('a customer one may not see is an id, and no more', async () => {
    const expanded = (await deals('ann', { expand: 'customer,others', titles: 'true' }, { field: 'id', op: 'eq', value: id.dx } as never))
    expect(expanded.items[0]).toMatchObject({ customer: { id: id.cd }, others: [{ id: id.cd }] })
    expect(Object.keys(expanded.items[0]!.customer as object)).toEqual(['id'])
    expect(expanded.titles).not.toHaveProperty(id.cd)
    expect((await as.ann.must(as.ann.get(`/records/deal/${id.dx}`, { titles: 'true' }))).$titles).not.toHaveProperty(id.cd)
    expect((await deals('ann', { fields: 'name,customer.name,customer.secret' }, { field: 'id', op: 'eq', value: id.dx } as never)).items[0]!.customer).toEqual({ id: id.cd })
    expect((await deals('eve', { expand: 'customer' }, { field: 'id', op: 'eq', value: id.dx } as never)).items[0]!.customer).toMatchObject({ name: 'Delta', secret: 'secret of Delta' })
    expect((await as.carl.must(as.carl.get(`/records/deal/${id.dx}`, { titles: 'true' }))).$titles).toMatchObject({ [id.cd]: 'Delta' })
  })

  test('a filter does not reach it: its values read as nothing', async () => {
    const by = (op: string, value?: unknown) => ({ field: 'customer.name', op, value }) as unknown as Filter
    expect(found((await deals('ann', {}, by('eq', 'Delta'))).items)).toBe('')
    expect(found((await deals('ann', {}, by('contains', 'e'))).items)).toBe('')
    expect(found((await deals('ann', {}, by('ne', 'Delta'))).items)).toBe('ax')
    expect(found((await deals('ann', {}, by('empty'))).items)).toBe('x')
    expect((await deals('ann', { count: 'exact' }, by('startsWith', 'D'))).count).toBe(0)
    expect(found((await deals('eve', {}, by('eq', 'Delta'))).items)).toBe('dx')
    expect(found((await deals('carl', {}, by('eq', 'Delta'))).items)).toBe('dx')
    const { body } = await as.ann.post<{ groups: { values: unknown[] }[] }>('/records/deal/aggregate', { filter: by('eq', 'Delta'), measures: [{ op: 'count' }, { op: 'sum', field: 'amount' }] })
    expect(body.groups.map((g) => g.values[0])).toEqual([0])
  })

  test('it cannot be referred to anew, but stays where it was', async () => {
    expect(await refused(as.ann.post('/records/deal', { name: 'deal y', customer: id.cd }))).toBe('422 noSuchRecord')
    expect(await refused(as.ann.patch(`/records/deal/${id.da}`, { others: [id.ca, id.cd] }))).toBe('422 noSuchRecord')
    expect(await refused(as.ann.patch(`/records/deal/${id.da}`, { rows: [{ customer: id.cd }] }))).toBe('422 noSuchRecord')
    const { status, body } = await as.ann.patch(`/records/deal/${id.dx}`, { name: 'deal x', customer: id.cd, rows: [{ customer: id.cd, note: 'still' }] })
    expect({ status, customer: body.customer }).toEqual({ status: 200, customer: id.cd })
  })

  test('an entity one may not know shows neither titles nor members', async () => {
    const { items, titles } = await deals('out', { expand: 'customer', titles: 'true' })
    expect(items.map((i) => Object.keys(i.customer as object))).toEqual(items.map(() => ['id']))
    for (const customer of [id.ca, id.cb, id.cd]) expect(titles).not.toHaveProperty(customer)
    expect(await refused(as.out.get('/records/deal', { filter: JSON.stringify({ field: 'customer.name', op: 'eq', value: 'Alpha' }) }))).toBe('400 badFilter')
    expect(await refused(as.out.get('/records/customer'))).toBe('403 forbidden')
    expect(await refused(as.out.get(`/records/customer/${id.ca}`))).toBe('403 forbidden')
  })
})

describe('hidden fields', () => {
  test('are in no answer', async () => {
    const listed = (await as.lim.list('customer')).items
    expect(listed.every((c) => !('secret' in c) && 'rating' in c)).toBe(true)
    const one = await as.lim.read('deal', id.da)
    for (const name of ['amount', 'customer', 'others', 'rows']) expect(one).not.toHaveProperty(name)
    const made = await as.lim.create('deal', { name: 'deal l' })
    expect(made).not.toHaveProperty('amount')
    expect((await as.lim.must(as.lim.patch(`/records/deal/${made.id}`, { name: 'deal m' })))).not.toHaveProperty('amount')
    await as.lim.must(as.lim.delete(`/records/deal/${made.id}`))
    expect((await as.lim.must(as.lim.get(`/records/deal/${id.da}`, { titles: 'true' }))).$titles).not.toHaveProperty(id.ca)
    expect((await deals('lim', { titles: 'true' })).titles).not.toHaveProperty(id.ca)
  })

  test('can be named in no question', async () => {
    const ask = (query: Record<string, string>) => refused(as.lim.get('/records/deal', query))
    expect(await ask({ filter: '{"field":"amount","op":"gt","value":"5"}' })).toBe('400 badFilter')
    expect(await ask({ filter: '{"field":"customer.rating","op":"gt","value":5}' })).toBe('400 badFilter')
    expect(await ask({ filter: '{"not":{"or":[{"field":"rows","op":"empty"}]}}' })).toBe('400 badFilter')
    expect(await ask({ sort: 'amount' })).toBe('400 badRequest')
    expect(await ask({ fields: 'name,amount' })).toBe('400 badRequest')
    expect(await ask({ fields: 'customer.name' })).toBe('400 badRequest')
    expect(await ask({ expand: 'customer' })).toBe('400 badRequest')
    const sum = (body: unknown) => refused(as.lim.post('/records/deal/aggregate', body))
    expect(await sum({ measures: [{ op: 'sum', field: 'amount' }] })).toBe('400 badRequest')
    expect(await sum({ groupBy: ['amount'], measures: [{ op: 'count' }] })).toBe('400 badRequest')
    expect(await sum({ filter: { field: 'amount', op: 'empty' }, measures: [{ op: 'count' }] })).toBe('400 badFilter')
    // The same words as for a field that is not there.
    const answer = async (field: string) => JSON.stringify((await as.lim.get<ProblemBody>('/records/deal', { filter: JSON.stringify({ field, op: 'empty' }) })).body.problems).replaceAll(field, 'it')
    expect(await answer('amount')).toBe(await answer('nothing'))
  })

  test('are not searched', async () => {
    expect((await as.lim.list('customer', { q: 'secret' })).items).toEqual([])
    expect((await as.eve.list('customer', { q: 'secret' })).items).toHaveLength(4)
    expect((await as.nam.list('customer', { q: 'Alpha' })).items.map((c) => c.secret)).toEqual(['secret of Alpha'])
    expect((await as.nam.list('customer', { q: 'Alph' })).items.every((c) => !('name' in c))).toBe(true)
  })

  test('a hidden title is no title', async () => {
    expect((await deals('nam', { titles: 'true' })).titles).not.toHaveProperty(id.ca)
    const { items } = await deals('nam', { expand: 'customer' })
    expect(JSON.stringify(items)).not.toContain('"name":"Alpha"')
  })

  test('can not be written', async () => {
    expect(await refused(as.lim.patch(`/records/deal/${id.da}`, { amount: '5' }))).toBe('422 unknownField')
    expect(await refused(as.lim.patch(`/records/deal/${id.da}`, { due: '2026-02-02' }))).toBe('422 readOnly')
    expect(await refused(as.lim.post('/records/customer', { name: 'New', rating: 1 }))).toBe('422 readOnly')
    expect(await host.stage.engine.get('deal', id.da)).toMatchObject({ amount: '1.00', due: '2026-01-01' })
  })

  test('are in no history, timeline or command', async () => {
    await as.eve.must(as.eve.patch(`/records/deal/${id.de}`, { amount: '1001', name: 'deal e' }))
    await as.eve.must(as.eve.patch(`/records/deal/${id.de}`, { amount: '1000', due: '2026-01-02' }))
    for (const path of ['history', 'timeline', 'commands']) expect(JSON.stringify((await as.lim.get(`/records/deal/${id.de}/${path}`)).body)).not.toMatch(/amount|1001|"customer"/)
    expect(JSON.stringify((await as.eve.get(`/records/deal/${id.de}/history`)).body)).toMatch(/1001/)
  })

  test('are in no definition', async () => {
    const { definitions } = await as.lim.must(as.lim.get<{ definitions: Definition[] }>('/definitions'))
    expect(JSON.stringify(definitions.filter((d) => d.kind === 'entity'))).not.toMatch(/"secret"|"amount"|"others"/)
    const { definitions: none } = await as.zoe.must(as.zoe.get<{ definitions: Definition[] }>('/definitions'))
    expect(none.filter((d) => d.kind === 'entity')).toEqual([])
    expect(JSON.stringify(none)).not.toMatch(/grants":\[\{/)
  })

  test('are in no refusal that shows the present state', async () => {
    const current = (answer: { body: unknown }) => (answer.body as ProblemBody).current as WireRecord
    const open = await as.lim.create('deal', { name: 'deal r' })
    await host.stage.engine.update('deal', open.id, { amount: '77777' })
    const one = `/records/deal/${open.id}`
    const stale = await as.lim.patch(one, { name: 'x' }, { 'if-match': '"1"' })
    expect([stale.status, current(stale)]).toEqual([412, expect.not.objectContaining({ amount: expect.anything() as unknown })])
    await as.lim.must(as.lim.post(`${one}/flows/check`))
    for (const attempt of [as.lim.patch(one, { name: 'x' }), as.lim.delete(one), as.lim.post(`${one}/actions/close`), as.lim.post(`${one}/flows/check`)]) {
      const answer = await attempt
      expect(answer.status).toBe(409)
      expect(JSON.stringify(answer.body)).not.toMatch(/77777|"amount"/)
    }
    const task = (await as.eve.must(as.eve.get<{ items: { id: string; record: string }[] }>('/tasks'))).items.find((t) => t.record === open.id)!
    await as.eve.must(as.eve.post(`/tasks/${task.id}/decide`, { decision: 'approve' }))
    await as.lim.must(as.lim.post(`${one}/actions/close`))
    for (const attempt of [as.lim.post(`${one}/actions/close`), as.lim.post(`${one}/flows/check`)]) {
      const answer = await attempt
      expect(answer.status).toBe(409)
      expect(JSON.stringify(answer.body)).not.toMatch(/77777|"amount"/)
    }
  })
})

describe('without any right', () => {
  test('nothing is there', async () => {
    for (const path of ['/records/deal', `/records/deal/${id.da}`, '/records/user', '/records/department', `/records/deal/${id.da}/history`]) expect({ path, answer: await refused(as.zoe.get(path)) }).toEqual({ path, answer: '403 forbidden' })
    expect(await refused(as.zoe.post('/records/deal', { name: 'x' }))).toBe('403 forbidden')
    expect(await refused(as.zoe.post('/records/deal/aggregate', { measures: [{ op: 'count' }] }))).toBe('403 forbidden')
    expect((await as.zoe.must(as.zoe.get<{ rights: object; capabilities: string[] }>('/me')))).toMatchObject({ rights: {}, capabilities: [] })
  })

  test('who is asked to approve may read that record, and only that', async () => {
    const given = await as.ann.create('deal', { name: 'deal q', amount: '5' })
    await as.ann.must(as.ann.post(`/records/deal/${given.id}/flows/check`))
    expect(await as.eve.read('deal', given.id)).toMatchObject({ amount: '5.00' })
    expect(await refused(as.dora.get(`/records/deal/${given.id}`))).toBe('404 notFound')
    const { items } = await as.eve.must(as.eve.get<{ items: { id: string; record: string }[] }>('/tasks'))
    expect(await refused(as.dora.post(`/tasks/${items.find((t) => t.record === given.id)!.id}/decide`, { decision: 'approve' }))).toBe('404 notFound')
  })
})

describe('owners', () => {
  test('a new owner moves the record to another department', async () => {
    const deal = await as.carl.create('deal', { name: 'deal o', owner: id.dora })
    expect(await refused(as.ann.get(`/records/deal/${deal.id}`))).toBe('404 notFound')
    await as.carl.must(as.carl.patch(`/records/deal/${deal.id}`, { owner: id.ann }))
    expect((await as.ann.get(`/records/deal/${deal.id}`)).status).toBe(200)
    expect(await refused(as.dora.get(`/records/deal/${deal.id}`))).toBe('404 notFound')
    await as.carl.must(as.carl.delete(`/records/deal/${deal.id}`))
    expect(await refused(as.ann.get(`/records/deal/${deal.id}`))).toBe('404 inBin')
    expect(await refused(as.dora.get(`/records/deal/${deal.id}`))).toBe('404 notFound')
  })

  test('nobody hands a record to where it would be out of sight', async () => {
    expect(await refused(as.carl.patch(`/records/deal/${id.da}`, { owner: id.eve }))).toBe('403 forbidden')
    expect(await refused(as.ann.post('/records/deal', { name: 'deal p', owner: id.bea }))).toBe('403 forbidden')
    expect((await deals('carl', { count: 'exact' }, { field: 'name', op: 'eq', value: 'deal p' } as never)).count).toBe(0)
  })

  test('rights follow at once when a role or a department changes', async () => {
    const before = found((await deals('bea')).items)
    await host.stage.engine.update('user', id.bea, { roles: ['all'] })
    expect(found((await deals('bea')).items)).toContain('e')
    await host.stage.engine.update('user', id.bea, { roles: ['own'] })
    expect(found((await deals('bea')).items)).toBe(before)
    await host.stage.engine.update('user', id.bea, { active: false })
    expect((await as.bea.get('/records/deal')).status).toBe(401)
    await host.stage.engine.update('user', id.bea, { active: true })
  })
})
