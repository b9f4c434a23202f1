/** Approvals of records that go with their parent, or into another record: held ones refuse, the others end, nothing is left waiting (flows.md, rules 19 and 21). */
import type { Definition, Flow } from '../../schemas/generated/types'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { checkApprovals } from '../../server/use-cases/check-approvals'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const on = (name: string, of: string, members: Partial<Flow>): Flow => ({ ...flow([start, ask('boss', 'mia'), approved], ['start > boss', 'boss > approved'], members), name, entity: of })
const flows = [
  on('keeps', 'part', { recordPolicy: { onDelete: 'reject' } }), on('yields', 'part', { recordPolicy: { onDelete: 'cancel' } }),
  on('seals', 'seal', { trigger: { on: ['delete'] } }),
  on('keepsFirm', 'firm', { trigger: { watchFields: ['name'] }, recordPolicy: { lock: 'watched' } }), on('yieldsFirm', 'firm', { recordPolicy: { onDelete: 'cancel' } }),
  on('change', 'deal', { trigger: { watchFields: ['amount'] }, recordPolicy: { lock: 'none', onChange: 'hold' } }),
  on('dropDeal', 'deal', { trigger: { on: ['delete'], when: "state == 'sealed'" } }),
]
const owned = (name: string) => entity(name, [field('text', 'name'), field('reference', 'firm', { entity: 'firm' })], { ownedBy: 'firm', ownership: { from: 'firm' } })
const documents: Definition[] = [
  entity('firm', [field('text', 'name', { required: true }), field('text', 'memo')]), owned('part'), owned('seal'),
  entity('deal', [field('text', 'name'), field('money', 'amount'), field('text', 'memo'), field('text', 'state')]),
  ...flows,
  role('worker', { grants: ['firm', 'part', 'seal', 'deal'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.filter((f) => f.entity === name).map((f) => f.name) })) }),
  role('boss', { grants: [] }),
]
interface Instance { id: string; status: string; record: string; trail: { kind: string; reason?: string }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'boss' })) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(() => host?.close())

const make = async (of: string, members = {}) => (await as.ann.create(of, { name: 'One', ...members })).id
const submit = async (of: string, record: string, name: string) => (await as.ann.must(as.ann.post<Instance>(`/records/${of}/${record}/flows/${name}`, {}))).id
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const remove = (of: string, record: string) => as.ann.delete<ProblemBody>(`/records/${of}/${record}`)
const merge = (of: string, into: string, from: string, fields = {}) => as.ann.post<ProblemBody & { record: object }>(`/records/${of}/merge`, { into, from: [from], fields })
const waiting = async () => (await as.mia.must(as.mia.get<{ items: { record: string }[] }>('/tasks', { limit: '200' }))).items.map((t) => t.record)
const faults = async () => checkApprovals(asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system'))

describe('what goes with its parent', () => {
  test('is kept with it while an approval keeps it, or its deletion would need one', async () => {
    const firm = await make('firm')
    const part = await make('part', { firm })
    const instance = await submit('part', part, 'keeps')
    expect((await remove('firm', firm)).body).toMatchObject({ status: 409, code: 'partInApproval' })
    await as.ann.must(as.ann.post(`/flow-instances/${instance}/withdraw`))
    const seal = await make('seal', { firm })
    expect((await remove('firm', firm)).body).toMatchObject({ status: 409, code: 'partInApproval' })
    expect((await remove('seal', seal)).status).toBe(202)
    expect((await remove('firm', firm)).body.code).toBe('partInApproval')
    expect((await as.ann.get(`/records/firm/${firm}`)).status).toBe(200)
  })

  test('goes where its approval allows it: that ends, and says why', async () => {
    const firm = await make('firm')
    const part = await make('part', { firm })
    const instance = await submit('part', part, 'yields')
    expect(await waiting()).toContain(part)
    expect((await remove('firm', firm)).status).toBe(204)
    expect(await waiting()).not.toContain(part)
    expect(await instanceOf(instance)).toMatchObject({ status: 'cancelled', trail: [{ kind: 'submitted' }, { kind: 'cancelled', reason: expect.any(String) as string }, { kind: 'ended' }] })
    await as.ann.must(as.ann.post(`/records/firm/${firm}/restore`))
    expect((await as.ann.get(`/records/part/${part}`)).status).toBe(200)
    expect(await faults()).toEqual([])
  })
})

describe('merging', () => {
  test('a record that an approval keeps goes into no other; where it allows it, it ends, and follows', async () => {
    const [into, from, other] = [await make('firm'), await make('firm'), await make('firm')]
    await submit('firm', from, 'keepsFirm')
    expect((await merge('firm', into, from)).body).toMatchObject({ status: 409, code: 'inApproval' })
    const instance = await submit('firm', other, 'yieldsFirm')
    expect((await merge('firm', into, other)).status).toBe(200)
    expect(await instanceOf(instance)).toMatchObject({ status: 'cancelled', record: into, trail: [{ kind: 'submitted' }, { kind: 'cancelled' }, { kind: 'ended' }] })
    expect(await waiting()).not.toContain(other)
    expect((await as.ann.post(`/records/firm/${into}/unmerge`)).status).toBe(200)
    expect(await faults()).toEqual([])
  })

  test('into a record in approval: what that watches is refused, other fields are taken over, and back', async () => {
    const [into, from] = [await make('firm', { memo: 'mine' }), await make('firm', { name: 'Two', memo: 'yours' })]
    const instance = await submit('firm', into, 'keepsFirm')
    expect((await merge('firm', into, from, { name: from })).body).toMatchObject({ status: 409, code: 'inApproval' })
    expect((await merge('firm', into, from, { memo: from })).body.record).toMatchObject({ name: 'One', memo: 'yours' })
    expect((await as.ann.post<{ record: object }>(`/records/firm/${into}/unmerge`)).body.record).toMatchObject({ memo: 'mine' })
    expect((await instanceOf(instance)).status).toBe('running')
  })

  test('into a record whose changes are approved: only fields that are watched are refused', async () => {
    const [into, from, sealed] = [await make('deal', { amount: '1', memo: 'mine' }), await make('deal', { amount: '2', memo: 'yours' }), await make('deal', { state: 'sealed' })]
    expect((await merge('deal', into, from, { amount: from })).body).toMatchObject({ status: 409, code: 'changeHeld' })
    expect((await merge('deal', into, sealed)).body).toMatchObject({ status: 409, code: 'deletionHeld' })
    expect((await merge('deal', into, from, { memo: from })).body.record).toMatchObject({ amount: '1.00', memo: 'yours' })
    expect((await as.ann.post<{ record: object }>(`/records/deal/${into}/unmerge`)).body.record).toMatchObject({ memo: 'mine' })
  })
})
