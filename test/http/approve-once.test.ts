/** Rule 7, approve once: an approval counts again while what was shown is unchanged, across resubmissions and linked flows. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const options = ['draft', 'waiting', 'granted', 'refused'].map((value) => ({ value, label }))
const set = (status: string) => [{ id: status, kind: 'setField' as const, values: { status: `'${status}'` } }]
const reuse = { priorDecisions: 'reuseIfUnchanged' as const, withdraw: 'untilFinal' as const }
const common = [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'secret'), field('enum', 'status', { options, default: 'draft' })]
const twice = (name: string, of: string, members: Partial<Flow> = {}, fields?: { field: string; access: 'readonly' | 'hidden' }[]): Flow => ({
  ...flow([start, ask('boss', 'mia', fields && { fields }), ask('top', 'dan', fields && { fields }), { ...approved, effects: set('granted') }], ['start > boss', 'boss > top', 'top > approved'],
    { onSubmit: set('waiting'), onReject: set('refused'), onWithdraw: set('draft'), settings: reuse, ...members }), name, entity: of,
})
const documents: Definition[] = [
  entity('request', common), entity('claim', [...common, field('reference', 'request', { entity: 'request' })]),
  twice('request', 'request', {}, [{ field: 'secret', access: 'hidden' }]), twice('anew', 'request', { settings: { withdraw: 'untilFinal' } }),
  twice('claim', 'claim', {}, [{ field: 'name', access: 'readonly' }, { field: 'amount', access: 'readonly' }]), twice('everything', 'claim'),
  role('worker', { grants: ['request', 'claim'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update'], scope: 'all', flows: name === 'claim' ? ['claim', 'everything'] : ['request', 'anew'] })) }), role('approver'),
]

interface Instance { id: string; status: string; tasks: { id: string; status: string; assignee: string }[]; trail: { kind: string; by: string; node?: string; person?: string; cites?: string; reason?: string }[] }
let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const name of ['ann', 'mia', 'dan'] as const) { await host.addUser({ username: name, roles: [name === 'ann' ? 'worker' : 'approver'] }); as[name] = await host.signIn(name) }
})
afterAll(() => host?.close())

const make = async (of: string, members = {}) => (await as.ann.create(of, { name: 'Trip to Xiamen', amount: '1200', ...members })).id
const submit = (of: string, id: string, name: string) => as.ann.must(as.ann.post<Instance>(`/records/${of}/${id}/flows/${name}`))
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
async function decide(person: 'mia' | 'dan', id: string, decision: string) {
  const task = (await instanceOf(id)).tasks.find((t) => t.status === 'open' && t.assignee === as[person].userId)!
  return as[person].must(as[person].post(`/tasks/${task.id}/decide`, { decision, comment: 'so' }))
}
/** `boss automatic mia`, `top open dan`. */
const steps = ({ trail }: Instance) => trail.filter((e) => e.kind === 'automatic').map((e) => `${e.node} ${e.person === as.mia.userId ? 'mia' : 'dan'}`)

async function refusedByDan(name = 'request') {
  const record = await make('request')
  const first = await submit('request', record, name)
  await decide('mia', first.id, 'approve')
  await decide('dan', first.id, 'reject')
  return { record, first }
}

test('rule 7: submitted again unchanged: whoever approved is not asked again, and the trail cites the original', async () => {
  const { record, first } = await refusedByDan()
  const again = await submit('request', record, 'request')
  expect(steps(again)).toEqual(['boss mia'])
  expect(again.trail.find((e) => e.kind === 'automatic')).toMatchObject({ by: 'system', cites: first.tasks[0]!.id, reason: expect.any(String) as string })
  // Who rejected is asked again.
  await decide('dan', again.id, 'approve')
  expect((await instanceOf(again.id)).status).toBe('approved')
})

test('rule 7: a field that is shown has changed: everybody is asked', async () => {
  const { record } = await refusedByDan()
  await as.ann.must(as.ann.patch(`/records/request/${record}`, { amount: '1300' }))
  expect(steps(await submit('request', record, 'request'))).toEqual([])
})

test('rule 7: a field that is not shown may change', async () => {
  const { record } = await refusedByDan()
  await as.ann.must(as.ann.patch(`/records/request/${record}`, { secret: 'x' }))
  expect(steps(await submit('request', record, 'request'))).toEqual(['boss mia'])
})

test('rule 7: changed and changed back is unchanged', async () => {
  const { record } = await refusedByDan()
  for (const amount of ['1300', '1200.00']) await as.ann.must(as.ann.patch(`/records/request/${record}`, { amount }))
  expect(steps(await submit('request', record, 'request'))).toEqual(['boss mia'])
})

test('rule 7: who rejected since is not taken to approve', async () => {
  const { record } = await refusedByDan()
  await as.ann.must(as.ann.patch(`/records/request/${record}`, { amount: '1300' }))
  const second = await submit('request', record, 'request')
  await decide('mia', second.id, 'reject')
  await as.ann.must(as.ann.patch(`/records/request/${record}`, { amount: '1200' }))
  expect(steps(await submit('request', record, 'request'))).toEqual([])
})

test('rule 7: only where the flow says so', async () => {
  const { record } = await refusedByDan('anew')
  expect(steps(await submit('request', record, 'anew'))).toEqual([])
})

describe('rule 7, the claim of a request that was approved', () => {
  const granted = async () => {
    const record = await make('request')
    const { id } = await submit('request', record, 'request')
    await decide('mia', id, 'approve')
    await decide('dan', id, 'approve')
    return { record, id }
  }

  test('the same facts: nobody is asked again', async () => {
    const request = await granted()
    const claim = await submit('claim', await make('claim', { request: request.record }), 'claim')
    expect(steps(claim)).toEqual(['boss mia', 'top dan'])
    expect(claim.status).toBe('approved')
    expect(claim.trail.filter((e) => e.kind === 'automatic').every((e) => e.cites!.startsWith(request.id))).toBe(true)
  })

  test.each<[string, object]>([['more money', { amount: '1200.01' }], ['another name', { name: 'Trip to Hainan' }]])('%s: they are asked', async (_what, members) => {
    const { record } = await granted()
    expect(steps(await submit('claim', await make('claim', { request: record, ...members }), 'claim'))).toEqual([])
  })

  test('a request that was not granted, or no request: they are asked', async () => {
    const { record } = await refusedByDan()
    expect(steps(await submit('claim', await make('claim', { request: record }), 'claim'))).toEqual([])
    expect(steps(await submit('claim', await make('claim'), 'claim'))).toEqual([])
  })

  test('a node that names no fields is not compared with another flow', async () => {
    const { record } = await granted()
    expect(steps(await submit('claim', await make('claim', { request: record }), 'everything'))).toEqual([])
  })
})
