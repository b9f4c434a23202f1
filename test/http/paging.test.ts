/**
 * Reading page after page while others write: who was there all the time and did not move is read exactly once, nobody twice who did not
 * change, and counts are exact whatever right, filter or search they go through. A failure prints its seed.
 */
import fc from 'fast-check'
import type { WireRecord } from '../../runtime/engine'
import type { Client } from '../support/client'
import { entity, field, label } from '../support/catalog'
import { startTestHost, type TestHost } from '../support/host'
import type { Definition, Filter } from '../../schemas/generated/types'

jest.setTimeout(300_000)

const words = ['杭州', '宁波', '温州', 'Anna', 'anna', '湖州']
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { searchable: true }), field('enum', 'state', { options: ['open', 'done'].map((value) => ({ value, label })) }), field('money', 'amount'), field('date', 'due')], { ownership: 'user' }),
  { kind: 'role', name: 'chief', label, capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] },
  { kind: 'role', name: 'clerk', label, grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'own' }] },
]

const row = fc.record({ name: fc.constantFrom(...words), state: fc.constantFrom('open', 'done', null), amount: fc.option(fc.integer({ min: 0, max: 4 }).map((n) => `${n}.00`)), due: fc.option(fc.constantFrom('2026-01-01', '2026-01-02')), mine: fc.boolean() })
const change = fc.oneof(
  fc.record({ do: fc.constant('create' as const), row }), fc.record({ do: fc.constant('change' as const), which: fc.nat(), row }), fc.record({ do: fc.constant('bin' as const), which: fc.nat() }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never
const readings = fc.record({
  rows: fc.array(row, { minLength: 3, maxLength: 25 }),
  sort: fc.constantFrom('name', '-name', 'amount,-due', '-amount', 'state,name', '-due,amount', 'createdAt', '-id'),
  filter: fc.constantFrom<(Filter & { field: string }) | undefined>(undefined, { field: 'state', op: 'eq', value: 'open' } as never, { field: 'amount', op: 'gte', value: '2' } as never),
  limit: fc.integer({ min: 1, max: 6 }),
  changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
})

let host: TestHost
let chief: Client
let clerk: Client
beforeAll(async () => {
  host = await startTestHost({ documents, today: '2026-06-15' })
  await host.addUser({ username: 'chief', roles: ['chief'] })
  await host.addUser({ username: 'clerk', roles: ['clerk'] })
  ;[chief, clerk] = [await host.signIn('chief'), await host.signIn('clerk')]
})
afterAll(() => host.close())

type Row = { id: string; touched: boolean; gone: boolean; mine: boolean; name: string; state: string | null; amount: string | null; due: string | null }
const matches = (r: Row, filter: (Filter & { field: string }) | undefined) => !r.gone && (filter === undefined || (filter.field === 'state' ? r.state === 'open' : r.amount !== null && Number(r.amount) >= 2))

test('who stays is read once, and counts are exact', () => fc.assert(fc.asyncProperty(readings, async ({ rows, sort, filter, limit, changes }) => {
  const world: Row[] = []
  const create = async ({ mine, ...values }: (typeof rows)[number]) => { world.push({ ...values, mine, touched: false, gone: false, id: (await (mine ? clerk : chief).create('thing', values)).id }) }
  for (const r of rows) await create(r)
  const stayed = world.map((r) => r.id)

  const apply = async (c: Change) => {
    if (c.do === 'create') return create(c.row)
    const target = world[c.which % world.length]!
    if (target.gone) return
    target.touched = true
    if (c.do === 'bin') { target.gone = true; await chief.must(chief.delete(`/records/thing/${target.id}`)); return }
    const { mine: _, ...values } = c.row
    Object.assign(target, values)
    await chief.must(chief.patch(`/records/thing/${target.id}`, values))
  }

  for (const [who, sees] of [[chief, () => true], [clerk, (r: Row) => r.mine]] as const) {
    const seen: string[] = []
    let cursor: string | null = null
    for (const between of [...changes, ...Array<never[]>(100).fill([])]) {
      const page: { items: WireRecord[]; nextCursor: string | null } = await who.list('thing', { sort, limit: String(limit), fields: 'name', ...(cursor !== null && { cursor }) }, filter)
      seen.push(...page.items.map((i) => i.id!))
      cursor = page.nextCursor
      if (cursor === null) break
      for (const c of between) await apply(c)
    }
    expect(cursor).toBeNull()
    const steady = world.filter((r) => stayed.includes(r.id) && !r.touched && matches(r, filter) && sees(r)).map((r) => r.id)
    expect(steady.filter((id) => seen.filter((s) => s === id).length !== 1)).toEqual([])
    expect(seen.filter((id, i) => seen.indexOf(id) !== i && !world.find((r) => r.id === id)!.touched)).toEqual([])

    const now = world.filter((r) => matches(r, filter) && sees(r))
    expect((await who.list('thing', { limit: '1', count: 'exact' }, filter)).count).toBe(now.length)
    expect((await who.list('thing', { limit: '1', count: 'exact', q: '州' }, filter)).count).toBe(now.filter((r) => r.name.includes('州')).length)
    const groups = (await who.must(who.post<{ groups: { values: unknown[] }[] }>('/records/thing/aggregate', { ...(filter && { filter }), groupBy: ['state'], measures: [{ op: 'count' }] }))).groups
    expect(groups.reduce((sum, g) => sum + Number(g.values[0]), 0)).toBe(now.length)
  }
  for (const r of world) if (!r.gone) await chief.must(chief.delete(`/records/thing/${r.id}`))
}), { numRuns: Number(process.env.PAGINGS ?? 25) }))
