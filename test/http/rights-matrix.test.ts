/**
 * Every role × entity × path, compared with an oracle that works the rights out record by record (support/rights-oracle.ts): over the
 * default template, and over one made of everything roles can say. What a person may not see is 404 and leaves no trace in counts,
 * sums, orders, cursors, titles, expansions and errors.
 */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import type { Definition, Filter, Grant } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Answer, Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { collections } from '../../server/model/collections'
import { maskOf, oracleFor, type Oracle, type Share } from '../support/rights-oracle'
import { hireStaff, plannedContract, quoteWithContract } from '../support/sales'

type Kept = WireRecord & { id: string }
interface World { host: TestHost; documents: Definition[]; entities: CompiledEntity[]; records: Map<string, Kept[]>; below: (department: string | null) => string[]; shares: Share[] }
interface Viewer { client: Client; oracle: Oracle; world: World }

let world: World

/** Everything there is, as it is stored. */
async function worldOf(host: TestHost): Promise<World> {
  const model = await host.holder.current()
  const records = new Map<string, Kept[]>()
  for (const table of model.tables.values()) {
    const docs = await host.services.store.find(table.collection, { columns: table.collection.columns.map((c) => c.name), where: { path: ['deletedAt'], op: 'empty' } })
    records.set(table.entity.name, docs.map((d) => table.decode(d) as Kept))
  }
  const departments = records.get('department')!
  const below = (id: string | null): string[] => (id === null ? [] : [id, ...departments.filter((d) => d.parent === id).flatMap((d) => below(d.id))])
  return { host, documents: [...model.published.values()].map((p) => p.body), entities: [...model.catalog.entities.values()], records, below, shares: (await host.services.store.find(collections.share, {})) as unknown as Share[] }
}

async function viewerOf(username: string): Promise<Viewer> {
  const user = world.records.get('user')!.find((u) => u.username === username)!
  const person = { id: user.id, roles: (user.roles as string[] | null) ?? [], department: user.department as string | null }
  return { client: await world.host.signIn(username, { language: 'en' }), oracle: oracleFor(person, world.documents, world.below, world.host.services.clock.today(), world.shares), world }
}

const status = async (answer: Promise<Answer<unknown>>) => { const { status, body } = await answer; return `${status} ${(body as ProblemBody | undefined)?.code}` }
const ids = (records: { id?: string }[]) => records.map((r) => r.id!).sort()
const seenBy = ({ oracle, world }: Viewer, name: string) => world.records.get(name)!.filter((r) => oracle.may('read', name, r))
const titleField = (e: CompiledEntity) => e.definition.titleField
const list = ({ client }: Viewer, name: string, query: Record<string, string> = {}, filter?: Filter) => client.list(name, { limit: '500', ...query } as never, filter)
const fieldsOf = (e: CompiledEntity) => [...e.fields.values()]
const shown = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField) => oracle.field(e.name, f.name) !== 'hidden'
const namable = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField) => oracle.field(e.name, f.name) === 'read' || oracle.field(e.name, f.name) === 'write'
const single = (f: CompiledField) => !f.volatile && !f.rows && f.effectiveType.storage !== 'json'
const people = new Set(['user', 'department'])

const asShown = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField, value: unknown) => (oracle.field(e.name, f.name) === 'mask' ? maskOf(f.effective.type, value) : (value ?? null))

/** What a record must look like to a person: every stored field that is not hidden, some masked. */
function view(v: Viewer, e: CompiledEntity, record: WireRecord, fields = fieldsOf(e)): WireRecord {
  return Object.fromEntries(fields.filter((f) => !f.volatile && shown(v, e, f)).map((f) => [f.name, asShown(v, e, f, record[f.name])]))
}
const stored = (e: CompiledEntity, record: WireRecord, rows: boolean) => Object.fromEntries(Object.entries(record).filter(([name]) => { const f = e.fields.get(name); return f && !f.volatile && (rows || !f.rows) }))

/** The paths on which a record could show. Each gets a person and an entity that the person knows and may read. */
const paths: Record<string, (v: Viewer, e: CompiledEntity) => Promise<void>> = {
  async list(v, e) {
    const { items, count } = await list(v, e.name, { count: 'exact' })
    expect(ids(items)).toEqual(ids(seenBy(v, e.name)))
    expect(count).toBe(items.length)
    for (const item of items) expect(stored(e, item, true)).toEqual(view(v, e, world.records.get(e.name)!.find((r) => r.id === item.id)!, fieldsOf(e).filter((f) => !f.rows)))
  },

  async 'list with members'(v, e) {
    for (const f of fieldsOf(e)) {
      const answer = await v.client.get<{ items: WireRecord[] } & ProblemBody>(`/records/${e.name}`, { fields: f.name, limit: '3' })
      if (shown(v, e, f)) expect({ field: f.name, status: answer.status }).toEqual({ field: f.name, status: 200 })
      else expect({ field: f.name, status: answer.status, code: answer.body.code }).toEqual({ field: f.name, status: 400, code: 'badRequest' })
    }
  },

  async get(v, e) {
    for (const record of world.records.get(e.name)!) {
      const { status: code, body } = await v.client.get(`/records/${e.name}/${record.id}`)
      const seen = v.oracle.may('read', e.name, record)
      expect({ code, id: record.id }).toEqual({ code: seen ? 200 : 404, id: record.id })
      if (seen) expect(stored(e, body, true)).toEqual(view(v, e, record))
      else expect(JSON.stringify(body)).not.toContain(record.id)
    }
  },

  async 'filter and search'(v, e) {
    const hidden = world.records.get(e.name)!.filter((r) => !v.oracle.may('read', e.name, r))
    expect((await list(v, e.name, { count: 'exact' }, { field: 'id', op: 'in', value: ids(hidden) })).count).toBe(0)
    expect(ids((await list(v, e.name, {}, { not: { field: 'id', op: 'eq', value: 'x' } })).items)).toEqual(ids(seenBy(v, e.name)))
    for (const record of hidden.slice(0, 5)) {
      const title = record[titleField(e)]
      if (typeof title === 'string' && title !== '') expect(ids(seenBy(v, e.name))).toEqual(expect.arrayContaining(ids((await list(v, e.name, { q: title.slice(0, 50) })).items)))
    }
    for (const f of fieldsOf(e).filter((x) => single(x) && x.effectiveType.operators.includes('notEmpty'))) {
      const answer = await v.client.get<{ items: WireRecord[]; count: number } & ProblemBody>(`/records/${e.name}`, { count: 'exact', limit: '1', filter: JSON.stringify({ field: f.name, op: 'notEmpty' }) })
      if (namable(v, e, f)) expect({ field: f.name, count: answer.body.count }).toEqual({ field: f.name, count: seenBy(v, e.name).filter((r) => r[f.name] !== null && r[f.name] !== '').length })
      else expect(sameWords(answer.body, f.name)).toEqual(sameWords(await absent(v, e, 'filter', JSON.stringify({ field: 'nowhere', op: 'notEmpty' })), 'nowhere'))
    }
  },

  async 'sort and cursor'(v, e) {
    for (const f of fieldsOf(e).filter(single)) {
      const answer = await v.client.get<{ items: WireRecord[]; nextCursor: string | null } & ProblemBody>(`/records/${e.name}`, { sort: `-${f.name}`, limit: '1' })
      if (!namable(v, e, f)) { expect(sameWords(answer.body, f.name)).toEqual(sameWords(await absent(v, e, 'sort', '-nowhere'), 'nowhere')); continue }
      expect({ field: f.name, status: answer.status }).toEqual({ field: f.name, status: 200 })
      // A cursor says no more than the record it stands on, which the person has just read.
      if (answer.body.nextCursor) expect((JSON.parse(Buffer.from(answer.body.nextCursor, 'base64url').toString()) as unknown[])[1]).toBe(answer.body.items[0]!.id)
    }
    const walked: WireRecord[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: WireRecord[]; nextCursor: string | null } = await list(v, e.name, { sort: '-createdAt', limit: '3', ...(cursor && { cursor }) })
      walked.push(...page.items)
      cursor = page.nextCursor
    }
    expect(ids(walked)).toEqual(ids(seenBy(v, e.name)))
  },

  async aggregate(v, e) {
    const seen = seenBy(v, e.name)
    const ask = (body: unknown) => v.client.post<{ groups: { keys: unknown[]; values: unknown[] }[] } & ProblemBody>(`/records/${e.name}/aggregate`, body)
    expect((await ask({ measures: [{ op: 'count' }] })).body.groups).toEqual([{ keys: [], values: [seen.length] }])
    for (const f of fieldsOf(e).filter(single)) {
      const grouped = await ask({ groupBy: [f.name], measures: [{ op: 'count' }] })
      if (!namable(v, e, f)) { expect(sameWords(grouped.body, f.name)).toEqual(sameWords((await ask({ groupBy: ['nowhere'], measures: [{ op: 'count' }] })).body, 'nowhere')); continue }
      expect(grouped.body.groups.reduce((sum, g) => sum + (g.values[0] as number), 0)).toBe(seen.length)
      expect(new Set(grouped.body.groups.map((g) => g.keys[0]))).toEqual(new Set(seen.map((r) => r[f.name] ?? null)))
      if (f.effectiveType.storage !== 'int') continue
      const { body } = await ask({ measures: [{ op: 'sum', field: f.name }, { op: 'max', field: f.name }] })
      const values = seen.map((r) => r[f.name]).filter((x) => x !== null)
      expect(Number(body.groups[0]!.values[0])).toBeCloseTo(values.reduce<number>((sum, x) => sum + Number(x), 0), 4)
      expect(body.groups[0]!.values[1] === null ? null : Number(body.groups[0]!.values[1])).toBe(values.length === 0 ? null : Math.max(...values.map(Number)))
    }
  },

  async 'expand and titles'(v, e) {
    const references = fieldsOf(e).filter((f) => f.refersTo && !f.rows)
    const { items, titles } = await list(v, e.name, { titles: 'true' })
    for (const f of references) {
      const target = world.entities.find((x) => x.name === f.refersTo)!
      const answer = await v.client.get<{ items: WireRecord[] } & ProblemBody>(`/records/${e.name}`, { expand: f.name, limit: '500' })
      if (!namable(v, e, f)) { expect(answer.status).toBe(400); continue }
      for (const expanded of answer.body.items.flatMap((i) => ([i[f.name] ?? []].flat() as WireRecord[]))) {
        const there = world.records.get(target.name)!.find((r) => r.id === expanded.id)
        const seen = there !== undefined && v.oracle.may('read', target.name, there)
        expect(stored(target, expanded, false)).toEqual(seen ? view(v, target, there, fieldsOf(target).filter((x) => !x.rows)) : {})
        expect({ [expanded.id!]: titles![expanded.id!] }).toEqual({ [expanded.id!]: people.has(target.name) ? expect.any(String) : seen && shown(v, target, target.fields.get(titleField(target))!) ? asShown(v, target, target.fields.get(titleField(target))!, there[titleField(target)]) : undefined })
      }
    }
    expect(items.length).toBe(seenBy(v, e.name).length)
  },

  async 'filter through references'(v, e) {
    for (const f of fieldsOf(e).filter((x) => x.refersTo && single(x))) {
      const target = world.entities.find((x) => x.name === f.refersTo)!
      const title = target.fields.get(titleField(target))!
      const path = `${f.name}.${title.name}`
      const answer = await v.client.get<{ count: number } & ProblemBody>(`/records/${e.name}`, { count: 'exact', limit: '1', filter: JSON.stringify({ field: path, op: 'notEmpty' }) })
      if (!namable(v, e, f) || !namable(v, target, title)) { expect({ path, code: answer.body.code }).toEqual({ path, code: 'badFilter' }); continue }
      const seen = new Map(seenBy(v, target.name).map((r) => [r.id, r]))
      expect({ path, count: answer.body.count }).toEqual({ path, count: seenBy(v, e.name).filter((r) => (seen.get(r[f.name] as string)?.[title.name] ?? null) !== null).length })
    }
  },

  async 'history, timeline, commands, approvals'(v, e) {
    for (const record of world.records.get(e.name)!.slice(0, 12)) for (const path of ['history', 'timeline', 'commands', 'flow-instances']) {
      const answer = await v.client.get<{ items?: { changes?: { field: string; from: unknown; to: unknown }[] }[] }>(`/records/${e.name}/${record.id}/${path}`)
      const seen = v.oracle.may('read', e.name, record)
      expect({ path, code: answer.status }).toEqual({ path, code: seen ? 200 : 404 })
      for (const { field: name, from, to } of (answer.body.items ?? []).flatMap((i) => i.changes ?? [])) {
        const right = v.oracle.field(e.name, name)
        expect(right).not.toBe('hidden')
        if (right === 'mask') for (const value of [from, to]) expect(value === null || (Array.isArray(value) && value.length === 0) || String(value).startsWith('•••')).toBe(true)
      }
    }
  },

  async 'published views'(v, e) {
    for (const d of world.documents.filter((x) => x.kind === 'view' && x.entity === e.name)) {
      const answer = await v.client.get<{ items: WireRecord[] }>(`/records/${e.name}`, { view: d.name, limit: '500' })
      if (answer.status === 200) for (const item of answer.body.items) expect(seenBy(v, e.name).some((r) => r.id === item.id)).toBe(true)
    }
  },

  async 'what may be done'(v, e) {
    for (const record of world.records.get(e.name)!.slice(0, 12)) {
      const one = `/records/${e.name}/${record.id}`
      const code = (verb: Grant['verbs'][number]) => (!v.oracle.may('read', e.name, record) ? '404 notFound' : v.oracle.may(verb, e.name, record) ? undefined : '403 forbidden')
      for (const [verb, attempt] of [['update', () => v.client.patch(one, {}, { 'if-match': '"999999"' })], ['delete', () => v.client.delete(one, { 'if-match': '"999999"' })]] as const) {
        // A revision that never was: who may do it is told that it is out of date, and nothing happens.
        expect({ verb, id: record.id, answer: await status(attempt()) }).toEqual({ verb, id: record.id, answer: code(verb) ?? '412 staleRevision' })
      }
    }
  },
}

/** An error without the name it is about: hidden and absent must read the same. */
const sameWords = ({ status, code, detail }: ProblemBody, name: string) => ({ status, code, detail: detail.replaceAll(name, 'it') })
const absent = async (v: Viewer, e: CompiledEntity, key: string, value: string) => (await v.client.get<ProblemBody>(`/records/${e.name}`, { [key]: value })).body

function matrix(usernames: string[], made: () => Promise<TestHost>) {
  const viewers = new Map<string, Viewer>()
  beforeAll(async () => {
    world = await worldOf(await made())
    for (const name of usernames) viewers.set(name, await viewerOf(name))
  }, 240_000)
  afterAll(() => world?.host.close())

  describe.each(usernames)('%s', (username) => {
    const readable = (v: Viewer) => world.entities.filter((e) => v.oracle.knows(e.name) && world.documents.some((d) => d.kind === 'role' && d.grants.some((g) => g.entity === e.name && g.verbs.includes('read')) && v.oracle.knows(e.name)))

    test('knows nothing of other entities', async () => {
      const v = viewers.get(username)!
      for (const e of world.entities.filter((x) => !v.oracle.knows(x.name))) {
        expect(await status(v.client.get(`/records/${e.name}`))).toBe('403 forbidden')
        expect(await status(v.client.post(`/records/${e.name}/aggregate`, { measures: [{ op: 'count' }] }))).toBe('403 forbidden')
        for (const record of world.records.get(e.name)!.slice(0, 2)) expect(await status(v.client.get(`/records/${e.name}/${record.id}`))).toBe('403 forbidden')
      }
    })

    test.each(Object.keys(paths))('%s', async (path) => {
      const v = viewers.get(username)!
      for (const e of readable(v)) {
        try {
          await paths[path]!(v, e)
        } catch (error) {
          throw Object.assign(error as Error, { message: `${username}, ${e.name}, ${path}: ${(error as Error).message}` })
        }
      }
    }, 120_000)
  })
}

describe('the default template', () => {
  matrix(['rep', 'rep2', 'manager', 'director', 'finance', 'boss', 'clerk', 'admin'], async () => {
    const host = await startTestHost()
    const sales = await hireStaff(host)
    await plannedContract(sales)
    await quoteWithContract(sales, {}, 'rep2')
    const { as } = sales
    for (const seller of [as.rep, as.rep2]) {
      const [project] = (await seller.list('project')).items
      await seller.create('contact', { customer: project!.primaryCustomer, name: 'Wang', phone: '13800000000' })
      await seller.create('activity', { subject: 'Call', kind: 'call', at: '2026-01-01T08:00:00Z', customer: project!.primaryCustomer, project: project!.id, content: 'talked' })
    }
    return host
  })
})

const verbs: Grant['verbs'] = ['create', 'read', 'update', 'delete']
const option = (value: string) => ({ value, label: { en: value, zh: value } })
const all = (entity: string, members: Partial<Grant> = {}): Grant => ({ entity, verbs, scope: 'all', ...members })

describe('a template of everything roles can say', () => {
  const documents: Definition[] = [
    entity('party', [field('text', 'name', { required: true, searchable: true }), field('text', 'secret', { searchable: true }), field('integer', 'rating'), field('enum', 'level', { options: ['a', 'b', 'c'].map(option) }), field('multiReference', 'helpers', { entity: 'user' })], { team: { field: 'helpers', verbs: ['read', 'update'] } }),
    entity('deal', [
      field('text', 'name', { required: true, searchable: true }), field('enum', 'state', { options: ['open', 'won', 'lost'].map(option), default: 'open' }), field('money', 'amount'), field('date', 'due'), field('boolean', 'urgent'),
      field('reference', 'party', { entity: 'party' }), field('multiReference', 'others', { entity: 'party' }), field('phone', 'phone', { searchable: true }),
      field('lines', 'rows', { fields: [field('text', 'note'), field('integer', 'quantity'), field('reference', 'party', { entity: 'party' })] }), field('rollup', 'pieces', { rollup: { lines: 'rows', op: 'sum', field: 'quantity' } }),
      field('lines', 'team', { fields: [field('user', 'user'), field('date', 'from'), field('date', 'to')] }),
    ], { team: { field: 'team', user: 'user', from: 'from', to: 'to' } }),
    role('own', { grants: [{ entity: 'party', verbs, scope: 'own' }, { entity: 'deal', verbs, scope: 'own' }] }),
    role('team', { grants: [{ entity: 'party', verbs, scope: 'departmentOnly' }, { entity: 'deal', verbs, scope: 'departmentOnly' }] }),
    role('branch', { grants: [{ entity: 'party', verbs, scope: 'department' }, { entity: 'deal', verbs, scope: 'department' }] }),
    role('openOnly', { grants: [all('deal', { condition: { field: 'state', op: 'eq', value: 'open' } }), all('party', { condition: { field: 'level', op: 'in', value: ['a', 'b'] } })] }),
    role('largeOwn', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'department', condition: { and: [{ field: 'amount', op: 'gt', value: '100' }, { not: { field: 'urgent', op: 'eq', value: true } }] } }, { entity: 'deal', verbs: ['read', 'update'], scope: 'own' }, all('party', { verbs: ['read'], condition: { field: 'rating', op: 'empty' } })] }),
    role('byRows', { grants: [all('deal', { verbs: ['read', 'update'], condition: { or: [{ field: 'rows.note', op: 'contains', value: 'x' }, { field: 'others', op: 'notEmpty' }] } }), all('party', { verbs: ['read'] })] }),
    role('limited', { grants: [all('deal', { fields: { amount: 'hidden', rows: 'hidden', others: 'hidden', due: 'read' } }), all('party', { fields: { secret: 'hidden', name: 'hidden', rating: 'read' } })] }),
    role('masked', { grants: [all('deal', { verbs: ['read', 'update'], fields: { amount: 'mask', phone: 'mask', party: 'mask', others: 'mask', rows: 'mask', state: 'mask', pieces: 'mask', due: 'mask', urgent: 'mask' } }), all('party', { fields: { name: 'mask', secret: 'mask', rating: 'hidden' } })] }),
    role('dealsOnly', { grants: [all('deal')] }),
    role('sharer', { grants: [all('deal', { verbs: ['read', 'update', 'share'] }), all('party', { verbs: ['read', 'update', 'share'] })] }),
    role('auditor', { grants: [all('deal', { verbs: ['read'], condition: { field: 'state', op: 'ne', value: 'open' } })] }),
  ]
  const hired: Record<string, { roles: string[]; department?: 'sales' | 'north' | 'south' }> = {
    ann: { roles: ['own'], department: 'north' }, tim: { roles: ['team'], department: 'sales' }, tom: { roles: ['team'], department: 'north' }, bob: { roles: ['branch'], department: 'sales' }, nob: { roles: ['branch', 'team'] },
    oda: { roles: ['openOnly'] }, lou: { roles: ['largeOwn'], department: 'sales' }, ray: { roles: ['byRows'], department: 'south' }, lim: { roles: ['limited'] }, max: { roles: ['masked'] }, mia: { roles: ['masked', 'auditor'] }, rob: { roles: ['masked', 'limited'] }, dan: { roles: ['dealsOnly'] }, sum: { roles: ['own', 'auditor'], department: 'north' }, zoe: { roles: [] }, ser: { roles: ['sharer'] },
  }

  matrix(Object.keys(hired), async () => {
    const host = await startTestHost({ documents, today: '2026-06-15' })
    const { engine } = host.stage
    const department: Record<string, string> = {}
    for (const [name, parent] of [['sales', null], ['north', 'sales'], ['south', 'sales']] as const) department[name] = (await engine.create('department', { name, parent: parent && department[parent] })).id!
    const users: string[] = []
    for (const [username, { roles, department: at }] of Object.entries(hired)) users.push((await host.addUser({ username, roles, department: at === undefined ? null : department[at]! })).id)
    const parties: string[] = []
    const turn = <T>(values: T[], n: number) => values[n % values.length]!
    for (let n = 0; n < 14; n++) parties.push((await engine.create('party', { name: `Party ${n}`, secret: `secret ${n}`, rating: turn([null, 1, 2, 3], n), level: turn(['a', 'b', 'c', null], n), owner: turn(users, n), helpers: turn([[], [turn(users, n * 7)]], n) })).id!)
    for (let n = 0; n < 32; n++) {
      await engine.create('deal', {
        name: `Deal ${n}`, owner: turn(users, n * 5), state: turn(['open', 'won', 'lost', 'open', null], n), amount: turn([null, '10', '100', '100.01', '5000'], n >> 1), due: turn(['2026-01-01', null, '2026-02-01'], n), urgent: turn([true, false, null], n),
        party: turn([...parties, null], n * 3), others: turn([[], [turn(parties, n)], [turn(parties, n + 1), turn(parties, n + 5)]], n), phone: `1380000${1000 + n}`,
        rows: turn([[], [{ note: 'x1', quantity: n }, { note: 'y', quantity: 1, party: turn(parties, n) }], [{ note: 'z', quantity: 2 }]], n >> 2),
        team: [{ user: turn(users, n * 7), from: turn([null, '2026-06-15', '2026-06-16'], n), to: turn([null, '2026-06-15', '2026-06-14'], n >> 1) }, { user: turn(users, n + 2), from: null, to: '2020-01-01' }],
      })
    }
    const ser = await host.signIn('ser')
    const deals = (await engine.list('deal', { limit: 500 })).items.map((d) => d.id!)
    const receivers = (await engine.list('user')).items.filter((u) => !['zoe', 'admin', 'ser'].includes(u.username as string))
    for (let n = 0; n < 16; n++) await ser.must(ser.post(`/records/deal/${turn(deals, n * 3)}/shares`, { ...(n % 5 === 0 ? { department: department[turn(['sales', 'north'], n)] } : { user: turn(receivers, n * 3).id }), right: turn(['read', 'write'], n), until: turn([null, '2026-06-15', '2026-07-01'], n) }))
    for (let n = 0; n < 6; n++) await ser.post(`/records/party/${turn(parties, n)}/shares`, { user: turn(receivers, n * 2).id, right: 'read' })
    // One that has ended: its last day was yesterday.
    await host.services.store.transaction((tx) => tx.insert(collections.share, receivers.slice(0, 6).map((u, n) => ({ id: `over${n}`, rev: 1, entity: 'deal', record: turn(deals, n * 3 + 1), kind: 'user', grantee: u.id!, right: 'write', until: '2026-06-14', by: u.id!, at: '2026-01-01' }))))
    return host
  })
})
