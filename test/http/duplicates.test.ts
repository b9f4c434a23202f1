/** Uniqueness over the API: exact, composite, conditional, normalised; refused or only pointed out; across the bin, publishing and rights. */
import type { Definition, Entity } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label: { en: value, zh: value } }))
const company = entity('company', [
  field('text', 'name', { required: true }), field('text', 'code'), field('text', 'phone'), field('enum', 'kind', { options: options('buyer', 'other') }), field('date', 'since'),
], {
  unique: [
    { fields: ['code'] },
    { fields: ['phone', 'since'], when: { field: 'kind', op: 'eq', value: 'buyer' } },
    { fields: ['name'], normalise: 'organisation', mode: 'warn' },
  ],
})
/** Leads are held against companies and, to refuse, against partners; partners against leads. */
const lead = entity('lead', [field('text', 'name'), field('phone', 'phone'), field('text', 'code')], {
  unique: [
    { fields: ['phone'], mode: 'warn', normalise: 'text', against: [{ entity: 'company', fields: ['phone'], when: { field: 'kind', op: 'eq', value: 'buyer' } }] },
    { fields: ['code'], against: [{ entity: 'partner', fields: ['code'] }] },
  ],
})
const partner = entity('partner', [field('text', 'name'), field('text', 'code')], { unique: [{ fields: ['code'], against: [{ entity: 'lead', fields: ['code'] }] }] })
const documents: Definition[] = [
  lead, partner,
  company,
  entity('plain', [field('text', 'name')]), entity('shop', [field('text', 'code')], { titleField: 'code' }),
  entity('stall', [field('text', 'name'), field('rollup', 'sold', { rollup: { entity: 'sale', via: 'stall', op: 'sum', field: 'amount' } })]),
  entity('sale', [field('text', 'name'), field('reference', 'stall', { entity: 'stall' }), field('integer', 'amount')]),
  role('worker', { grants: [{ entity: 'company', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }, { entity: 'plain', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }, { entity: 'lead', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }, ...['shop', 'stall', 'sale'].map((name) => ({ entity: name, verbs: ['create' as const, 'read' as const, 'update' as const, 'delete' as const], scope: 'own' as const }))] }),
  role('dealer', { grants: [{ entity: 'partner', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }] }),
  role('looker', { grants: [{ entity: 'company', verbs: ['read'], scope: 'all' }] }),
  role('half', { grants: [{ entity: 'company', verbs: ['create', 'read'], scope: 'all', fields: { code: 'mask' } }] }),
  role('chief', { capabilities: ['studio'], grants: [{ entity: 'company', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }, { entity: 'plain', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] }),
]

let host: TestHost
let ann: Client, bob: Client, chief: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['worker', 'dealer'] })
  await host.addUser({ username: 'bob', roles: ['worker'] })
  for (const username of ['chief', 'looker', 'half']) await host.addUser({ username, roles: [username] })
  ;[ann, bob, chief] = await Promise.all(['ann', 'bob', 'chief'].map((name) => host.signIn(name))) as [Client, Client, Client]
})
afterAll(() => host?.close())

const refusal = (body: unknown) => { const { status, code, problems } = body as ProblemBody; return { status, code, at: problems.map((p) => p.path), records: problems[0]?.params?.records } }

test('a value that is taken is refused, with the record if it may be seen', async () => {
  const first = await ann.create('company', { name: 'Alpha', code: 'C1' })
  expect(refusal((await ann.post('/records/company', { name: 'Another', code: 'C1' })).body)).toEqual({ status: 409, code: 'duplicate', at: ['/code'], records: [{ entity: 'company', id: first.id, title: 'Alpha' }] })
  expect(refusal((await bob.post('/records/company', { name: 'Another', code: 'C1' })).body)).toEqual({ status: 409, code: 'duplicate', at: ['/code'], records: undefined })
  // Compared with others only, and only as long as it is not in the bin.
  await ann.must(ann.patch(`/records/company/${first.id}`, { code: 'C1', phone: '1' }))
  await ann.must(ann.delete(`/records/company/${first.id}`))
  await bob.create('company', { name: 'Taker', code: 'C1' })
  expect((await ann.post(`/records/company/${first.id}/restore`, {})).body).toMatchObject({ status: 409, code: 'duplicate' })
})

test('only records that meet the condition are compared', async () => {
  const buyer = { phone: '555', since: '2026-01-01', kind: 'buyer' }
  await ann.create('company', { name: 'Buyer one', ...buyer })
  await ann.create('company', { name: 'Not a buyer', ...buyer, kind: 'other' })
  await ann.create('company', { name: 'Another day', ...buyer, since: '2026-01-02' })
  await ann.create('company', { name: 'No day', ...buyer, since: null })
  expect(refusal((await ann.post('/records/company', { name: 'Buyer two', ...buyer })).body)).toMatchObject({ code: 'duplicate', at: ['/phone', '/since'] })
  const late = await ann.create('company', { name: 'Late', ...buyer, kind: 'other' })
  expect((await ann.patch(`/records/company/${late.id}`, { kind: 'buyer' })).body).toMatchObject({ status: 409, code: 'duplicate' })
})

test('texts that are alike are pointed out to who may see them, and may stay', async () => {
  const first = await ann.create('company', { name: '上海 Delta 机电有限公司' })
  const alike = { name: '上海ＤＥＬＴＡ机电 股份有限公司' }
  expect(refusal((await ann.post('/records/company', alike)).body)).toEqual({ status: 409, code: 'possibleDuplicate', at: ['/name'], records: [{ entity: 'company', id: first.id, title: first.name }] })
  // Who may not see the other record learns nothing of it.
  await bob.create('company', alike)
  const kept = await ann.must(ann.post<{ id: string }>('/records/company?duplicatesSeen=true', alike))
  // A change of something else does not ask again; a change of the name does.
  await ann.must(ann.patch(`/records/company/${kept.id}`, { phone: '9' }))
  expect((await ann.patch(`/records/company/${kept.id}`, { name: 'Delta 上海机电' })).status).toBe(200)
  expect((await ann.patch(`/records/company/${kept.id}`, { name: '上海delta机电公司' })).body).toMatchObject({ status: 409, code: 'possibleDuplicate' })
})

describe('asked before saving', () => {
  const ask = (client: Client, values: object, id?: string) => client.post<{ problems: ProblemBody['problems'] }>('/records/company/duplicates', { values, ...(id !== undefined && { id }) })
  const told = async (client: Client, values: object, id?: string) => (await client.must(ask(client, values, id))).problems.map((p) => ({ code: p.code, at: p.path, records: p.params?.records }))

  test('what saving would say, of what may be seen, whatever else is wrong', async () => {
    const first = await ann.create('company', { name: '北京 Epsilon 有限公司', code: 'E1' })
    const found = [{ entity: 'company', id: first.id, title: first.name }]
    expect(await told(ann, { name: '北京EPSILON', code: 'E1', kind: 'no option', since: 'never', nowhere: 1 })).toEqual([{ code: 'duplicate', at: '/code', records: found }, { code: 'possibleDuplicate', at: '/name', records: found }])
    expect(await told(bob, { name: 'Epsilon 北京', code: 'E1' })).toEqual([])
    expect((await ask(ann, { code: 'E1' })).body.problems[0]!.message).toMatch(/code/)
    expect((await ann.list('company', { q: 'EPSILON' })).items).toHaveLength(1)
  })

  test('of a change: only what it changes, together with what is there', async () => {
    const buyer = { phone: '777', since: '2026-02-01', kind: 'buyer' }
    const one = await ann.create('company', { name: 'Zeta', ...buyer })
    const other = await ann.create('company', { name: 'Zeta two', ...buyer, kind: 'other' })
    expect(await told(ann, { phone: '777' }, other.id)).toEqual([])
    expect(await told(ann, { kind: 'buyer' }, other.id)).toEqual(['/phone', '/since'].map((at) => ({ code: 'duplicate', at, records: [{ entity: 'company', id: one.id, title: 'Zeta' }] })))
    expect(await told(ann, { ...buyer, name: 'Zeta' }, one.id)).toEqual([])
  })

  test('by who may save only', async () => {
    const mine = await ann.create('company', { name: 'Eta' })
    expect(refusal((await ask(bob, { name: 'Eta' }, mine.id)).body)).toMatchObject({ status: 404, code: 'notFound' })
    expect(refusal((await host.signIn('looker').then((looker) => ask(looker, { name: 'Eta' }))).body)).toMatchObject({ status: 403 })
    expect(refusal((await ann.post('/records/company/duplicates', { value: {} })).body)).toMatchObject({ status: 400 })
  })

  test('who may not read what is compared is told of nothing', async () => {
    await ann.create('company', { name: 'Theta', code: 'T1' })
    const half = await host.signIn('half')
    expect(await told(half, { name: 'Theta', code: 'T1' })).toEqual([{ code: 'possibleDuplicate', at: '/name', records: [expect.objectContaining({ title: 'Theta' })] }])
    expect(refusal((await half.post('/records/company', { name: 'Theta', code: 'T1' })).body)).toMatchObject({ status: 422 })
  })
})

describe('held against other kinds of records', () => {
  test('a warning names those that may be seen', async () => {
    const buyer = await ann.create('company', { name: 'Iota', phone: '138 0000 0001', kind: 'buyer' })
    await ann.create('company', { name: 'Kappa', phone: '138 0000 0002', kind: 'other' })
    const said = { status: 409, code: 'possibleDuplicate', at: ['/phone'], records: [{ entity: 'company', id: buyer.id, title: 'Iota' }] }
    expect(refusal((await ann.post('/records/lead', { phone: '13800000001' })).body)).toEqual(said)
    expect((await ann.must(ann.post<{ problems: ProblemBody['problems'] }>('/records/lead/duplicates', { values: { phone: '13800000001' } }))).problems).toMatchObject([{ code: 'possibleDuplicate', params: { records: said.records } }])
    await ann.create('lead', { phone: '13800000002' })
    await bob.create('lead', { phone: '13800000001' })
    // The other way round there is no rule: a customer may come of a lead.
    await ann.create('company', { name: 'Lambda', phone: '13800000002', kind: 'buyer' })
  })

  test('a refusal holds against those out of sight too, and tells nothing of them', async () => {
    const { id } = await ann.create('partner', { name: 'Mu', code: 'M1' })
    expect(refusal((await ann.post('/records/lead', { code: 'M1' })).body)).toMatchObject({ code: 'duplicate', records: [{ entity: 'partner', id, title: 'Mu' }] })
    expect(refusal((await bob.post('/records/lead', { code: 'M1' })).body)).toEqual({ status: 409, code: 'duplicate', at: ['/code'], records: undefined })
    expect((await bob.must(bob.post<{ problems: unknown[] }>('/records/lead/duplicates', { values: { code: 'M1' } }))).problems).toEqual([])
    await expect(host.stage.engine.create('lead', { code: 'M1' })).rejects.toMatchObject({ code: 'duplicate' })
    expect(JSON.stringify((await bob.must(bob.get('/definitions'))))).not.toContain('partner')
  })

  test('the bin lets go of a value, and nothing comes back to one that was taken', async () => {
    const gone = await ann.create('partner', { code: 'N1' })
    await ann.must(ann.delete(`/records/partner/${gone.id}`))
    await bob.create('lead', { code: 'N1' })
    expect((await ann.post(`/records/partner/${gone.id}/restore`, {})).body).toMatchObject({ status: 409, code: 'duplicate' })
  })

  test('of two kinds at once one gets the value', async () => {
    for (const code of ['O1', 'O2', 'O3', 'O4']) {
      const results = await Promise.all(Array.from({ length: 8 }, (_, i) => ann.post(`/records/${i % 2 ? 'lead' : 'partner'}`, { code })))
      expect(results.map((r) => r.status).sort()).toEqual([201, ...Array<number>(7).fill(409)])
    }
  })

  test('records that were there before the rule are found by it', async () => {
    const { id } = await ann.create('company', { name: 'Pi' })
    await chief.must(chief.put('/definitions/entity/partner', { ...partner, unique: [...partner.unique!, { fields: ['name'], normalise: 'text', against: [{ entity: 'company', fields: ['name'] }] }] }))
    await chief.must(chief.post('/releases', { wait: true }))
    expect(refusal((await ann.post('/records/partner', { name: ' PI ' })).body)).toMatchObject({ code: 'duplicate', records: [{ entity: 'company', id }] })
  })

  test.each([
    ['unknown records', { entity: 'nowhere', fields: ['name'] }, '/unique/0/against/0/entity noSuchDefinition'],
    ['its own kind', { entity: 'plain', fields: ['name'] }, '/unique/0/against/0/entity badMember'],
    ['an unknown field', { entity: 'company', fields: ['nothing'] }, '/unique/0/against/0/fields/0 noSuchField'],
    ['another number of fields', { entity: 'company', fields: ['name', 'code'] }, '/unique/0/against/0/fields badMember'],
    ['a field of another type', { entity: 'company', fields: ['since'] }, '/unique/0/against/0/fields/0 wrongFieldType'],
    ['what depends on the person', { entity: 'company', fields: ['name'], when: { field: 'owner', op: 'me' } }, '/unique/0/against/0/when badFilter'],
  ])('a rule against %s is refused', async (_, against, problem) => {
    await chief.must(chief.put('/definitions/entity/plain', { ...documents.find((d) => d.kind === 'entity' && d.name === 'plain'), unique: [{ fields: ['name'], against: [against] }] }))
    const { body } = await chief.post<ProblemBody>('/releases', { wait: true })
    expect(body.problems.map((p) => `${p.path} ${p.code}`)).toContain(problem)
    await chief.must(chief.delete('/definitions/entity/plain'))
  })
})

test('of many at once one gets the value', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? ann : bob).post('/records/company', { name: `Racer ${i}`, code: 'RACE' })))
  expect(results.map((r) => r.status).sort()).toEqual([201, ...Array<number>(11).fill(409)])
})

const plain = documents.find((d) => d.kind === 'entity' && d.name === 'plain') as Entity
const draft = (document: Entity) => chief.must(chief.put(`/definitions/entity/${document.name}`, document))
const release = () => chief.post<ProblemBody>('/releases', { wait: true })
const publish = async (unique: Entity['unique']) => {
  await draft({ ...plain, unique })
  return release()
}

interface Impact { items: { key: string; findings?: { kind: string; count: number; records: number; groups: { values: unknown[]; count: number; records: object[] }[] }[] }[]; refusals: Faulty }
type Faulty = (ProblemBody['problems'][number] & { key: string })[]
const impact = () => chief.must(chief.get<Impact>('/definitions/drafts/impact'))
const refused = ({ body }: { body: ProblemBody }) => ({ status: body.status, problems: (body.problems as Faulty).map((p) => `${p.key} ${p.code}: ${p.message}`) })

describe('a rule against another kind that comes later', () => {
  const against = (entity: string, name: string): NonNullable<Entity['unique']> => [{ fields: ['name'], normalise: 'text', against: [{ entity, fields: [name] }] }]
  const same = (count: number) => ({ status: 422, problems: [`plain duplicateData: ${count} records that exist have the same name as another; make them different first.`] })
  afterEach(async () => {
    await publish([])
    for (const { id } of (await chief.list('plain')).items) await chief.must(chief.delete(`/records/plain/${id}`))
  })

  test('is refused while records of either kind break it, with how many; a warning is only told of them', async () => {
    const [rho, one] = [await ann.create('plain', { name: 'rho' }), await ann.create('plain', { name: 'Sigma' }), await ann.create('plain', { name: 'SIGMA' }), await ann.create('plain', { name: 'alone' })]
    const other = await ann.create('company', { name: 'Rho.' })
    for (const name of ['Tau', 'TAU']) await ann.must(ann.post('/records/company?duplicatesSeen=true', { name }))
    await draft({ ...plain, unique: against('company', 'name') })
    const { items: [item], refusals } = await impact()
    expect(item!.findings).toMatchObject([{ kind: 'uniqueAdded', count: 2, records: 4, groups: [{ count: 2, values: ['rho'], records: [{ entity: 'plain', id: rho.id, title: 'rho' }, { entity: 'company', id: other.id, title: 'Rho.' }] }, { count: 2, values: ['Sigma'] }] }])
    expect(refusals.map((p) => p.message)).toEqual(['4 records that exist have the same name as another; make them different first.'])
    expect(refused(await release())).toEqual(same(4))
    await ann.must(ann.patch(`/records/plain/${one.id}`, { name: 'Sigma two' }))
    expect(refused(await release())).toEqual(same(2))
    await draft({ ...plain, unique: against('company', 'name').map((rule) => ({ ...rule, mode: 'warn' })) })
    expect(await impact()).toMatchObject({ items: [{ findings: [{ kind: 'alikeAdded', count: 1 }] }], refusals: [] })
    expect((await release()).status).toBe(201)
    // It has only warned of them so far.
    await draft({ ...plain, unique: against('company', 'name') })
    expect((await impact()).refusals).toMatchObject([{ code: 'duplicateData' }])
    expect(refused(await release())).toEqual(same(2))
    await ann.must(ann.delete(`/records/company/${other.id}`))
    expect((await release()).status).toBe(201)
  })

  test('that looks at another field there, or at a field of another form, is held against what is there', async () => {
    await ann.create('company', { name: 'Upsilon', code: 'U1' })
    await ann.create('plain', { name: 'u1' })
    expect((await publish(against('company', 'name'))).status).toBe(201)
    await draft({ ...plain, unique: against('company', 'code') })
    expect((await impact()).items[0]!.findings).toMatchObject([{ kind: 'uniqueAdded', count: 1, records: 2, groups: [{ values: ['u1'], records: [{ entity: 'plain' }, { entity: 'company', title: 'Upsilon' }] }] }])
    expect(refused(await release())).toEqual(same(2))
    await ann.create('shop', { code: '007' })
    await ann.create('plain', { name: '7' })
    expect((await publish(against('shop', 'code'))).status).toBe(201)
    await draft({ ...(documents.find((d) => d.kind === 'entity' && d.name === 'shop') as Entity), fields: [field('integer', 'code')] })
    expect((await impact()).refusals.map((p) => `${p.key} ${p.code}`)).toEqual(['plain duplicateData'])
    expect(refused(await release())).toEqual(same(2))
    await chief.must(chief.delete('/definitions/entity/shop'))
  })

  test('a release that changes nothing of it is not held up by what has come since', async () => {
    expect((await publish(against('company', 'name'))).status).toBe(201)
    await ann.create('plain', { name: 'Phi' })
    await ann.create('company', { name: 'Phi' })
    await draft({ ...plain, unique: against('company', 'name'), label: { en: 'Plain things', zh: '普通' } })
    expect(await impact()).toMatchObject({ refusals: [] })
    expect((await release()).status).toBe(201)
  })

  test('nothing slips in between the check and the release', async () => {
    await ann.create('company', { name: 'Chi' })
    const outcomes = new Set<string>()
    const last = 9
    for (let round = 0; round <= last; round++) {
      const post = () => ann.post<{ id: string }>('/records/plain', { name: 'CHI' })
      const publishing = publish(against('company', 'name'))
      await (round === last ? publishing : new Promise((resolve) => { setTimeout(resolve, round * 12) }))
      const late = await post()
      const { status } = await publishing
      expect([[201, 409], [422, 201]]).toContainEqual([status, late.status])
      outcomes.add(`${status}`)
      if (late.status === 201) await ann.must(ann.delete(`/records/plain/${late.body.id}`))
      await publish([])
    }
    expect(outcomes).toContain('201')
  })
})

describe('a rule that comes later', () => {

  test('is refused while records break it, then holds for those that were there', async () => {
    const [a, b] = [await ann.create('plain', { name: 'One' }), await ann.create('plain', { name: ' one. ' })]
    expect((await publish([{ fields: ['name'], normalise: 'text' }])).body).toMatchObject({ status: 422, problems: [{ code: 'duplicateData', message: expect.stringContaining('2') as string }] })
    await ann.must(ann.patch(`/records/plain/${b.id}`, { name: 'Two' }))
    expect((await publish([{ fields: ['name'], normalise: 'text' }])).status).toBeLessThan(300)
    expect((await ann.post('/records/plain', { name: 'ONE' })).body).toMatchObject({ code: 'duplicate', problems: [{ params: { records: [{ id: a.id }] } }] })
    expect((await ann.patch(`/records/plain/${b.id}`, { name: 'one' })).body).toMatchObject({ code: 'duplicate' })
  })

  test('values that changed hands since keys were filled are no duplicates; nor is what a rule that went has left behind', async () => {
    await publish([])
    const made = await Promise.all(['p', 'q', 'r'].map((name) => ann.create('plain', { name: `Hand ${name}` })))
    const rule: Entity['unique'] = [{ fields: ['name'] }]
    const twice = [await ann.create('plain', { name: 'Twice' }), await ann.create('plain', { name: 'Twice' })]
    expect((await publish(rule)).body).toMatchObject({ status: 422, problems: [{ code: 'duplicateData' }] })
    await ann.must(ann.delete(`/records/plain/${twice[1]!.id}`))
    expect((await publish(rule)).status).toBe(201)
    await publish([])
    // Each takes the former name of the next, whose key is still filled.
    for (const [i, name] of ['spare', 'Hand p', 'Hand q', 'Hand r'].entries()) await ann.must(ann.patch(`/records/plain/${made[i % 3]!.id}`, { name }))
    expect((await publish(rule)).status).toBe(201)
    expect((await ann.read('plain', made[0]!.id!)).name).toBe('Hand r')
    for (const name of ['Hand p', 'Hand q', 'Hand r', 'Twice']) expect((await ann.post('/records/plain', { name })).status).toBe(409)
    expect((await ann.post('/records/plain', { name: 'spare' })).status).toBe(201)
  })

  test('no duplicate slips in between the check and the release, whenever it comes', async () => {
    await publish([])
    await Promise.all(Array.from({ length: 120 }, (_, i) => ann.create('plain', { name: `race ${i}` })))
    const outcomes = new Set<string>()
    const last = 13
    for (let round = 0; round <= last; round++) {
      const post = () => ann.post<{ id: string }>('/records/plain', { name: `RACE ${round}` })
      const first = round === 0 ? await post() : undefined
      const publishing = publish([{ fields: ['name'], normalise: 'text' }])
      await (round === last ? publishing : new Promise((resolve) => { setTimeout(resolve, round * 12) }))
      const late = first ?? (await post())
      const { status } = await publishing
      // Either the rule holds and refused it, or it came before and the rule was refused.
      expect([[201, 409], [422, 201]]).toContainEqual([status, late.status])
      outcomes.add(`${status}`)
      if (late.status === 201) await ann.must(ann.delete(`/records/plain/${late.body.id}`))
      await publish([])
    }
    expect([...outcomes].sort()).toEqual(['201', '422'])
  })

  test('nor does one that follows from other records, which nobody edited', async () => {
    const stall = documents.find((d) => d.kind === 'entity' && d.name === 'stall') as Entity
    const publishSums = async (unique: Entity['unique']) => { await draft({ ...stall, unique }); return release() }
    const sales: string[] = []
    for (let i = 0; i < 4; i++) {
      const { id } = await ann.create('stall', { name: `stall ${i}` })
      sales.push((await ann.create('sale', { stall: id, amount: i })).id!)
    }
    const sell = async (sale: number, amount: number) => (await ann.patch(`/records/sale/${sales[sale]}`, { amount })).status
    const { store } = host.services
    // What was written a moment ago is looked at again in any case.
    const { collection: stalls } = (await host.holder.current()).tables.get('stall')!
    const age = () => store.transaction((tx) => tx.updateWhere(stalls, { and: [] }, { updatedAt: '2020-01-01T00:00:00.000Z', derived$at: null }))
    // All keys are filled when the pages of records come to an end; the release comes next.
    const find = store.find.bind(store)
    const onceFilled = (work: () => Promise<unknown>) => {
      store.find = async (collection, query) => {
        const page = await find(collection, query)
        if (collection.name === 'r_stall' && query.after && !query.where && page.length === 0) { store.find = find; await work() }
        return page
      }
    }
    await age()
    onceFilled(() => sell(0, 1))
    expect((await publishSums([{ fields: ['sold'] }])).body).toMatchObject({ status: 422, problems: [{ code: 'duplicateData' }] })
    expect(await sell(3, 1)).toBe(200)
    await Promise.all([sell(0, 0), sell(3, 3)])
    // A sum that was given up meanwhile is free, the one that came instead is taken.
    await age()
    onceFilled(() => sell(0, 10))
    expect((await publishSums([{ fields: ['sold'] }])).status).toBe(201)
    expect([await sell(3, 10), await sell(2, 0), await sell(3, 2), await sell(1, 2)]).toEqual([409, 200, 200, 409])
  })

  test.each([
    ['over the person', { fields: ['name'], when: { field: 'owner', op: 'me' } }, '/unique/0/when badFilter'],
    ['over the day', { fields: ['name'], when: { field: 'createdAt', op: 'withinDays', value: 3 } }, '/unique/0/when badFilter'],
    ['over nothing', { fields: ['name'], when: { field: 'gone', op: 'empty' } }, '/unique/0/when badFilter'],
  ] as [string, NonNullable<Entity['unique']>[number], string][])('a condition %s is refused', async (_, rule, problem) => {
    const { body } = await publish([rule])
    expect((body.problems).map((p) => `${p.path} ${p.code}`)).toContain(problem)
  })
})
