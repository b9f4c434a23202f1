/** What waits for nothing is found, becomes an incident, is counted and can be repaired (flows.md, rules 20 and 21). The ways into a dead end are closed, so the store is written to behind the server’s back. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { raiseDeadEnds } from '../../server/flows/dead-ends'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { checkApprovals } from '../../server/use-cases/check-approvals'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const onThing = (name: string, definition: Flow): Flow => ({ ...definition, name, entity: 'thing' })
const flows = [
  onThing('paused', flow([start, { id: 'pause', type: 'timer', after: 'P1D' }, approved], ['start > pause', 'pause > approved'])),
  onThing('asked', flow([start, ask('boss', 'mia'), approved], ['start > boss', 'boss > approved'])),
  onThing('leaver', flow([start, ask('boss', 'lea'), approved], ['start > boss', 'boss > approved'])),
  onThing('calling', flow([start, { id: 'call', type: 'callFlow', flow: 'asked' }, approved], ['start > call', 'call > approved'])),
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true })]), ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: flows.map((f) => f.name) }] }),
  role('approver', { grants: [] }),
  role('keeper', { capabilities: ['studio', 'users'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }, { entity: 'user', verbs: ['read', 'update', 'delete'], scope: 'all' }] }),
]
interface Instance { id: string; status: string; tokens: { id: number; node: string; incident?: string }[]; tasks: { key: string; status: string; assignee: string }[]; trail: { kind: string }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'kim', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, name] of Object.entries({ ann: 'worker', mia: 'approver', kim: 'keeper' })) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
  for (const username of ['lea', 'leo']) await host.addUser({ username, roles: ['approver'] })
})
afterAll(() => host?.close())

const submit = async (name: string) => {
  const record = (await as.ann.create('thing', { name: 'A thing' })).id
  return { record, id: (await as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))).id }
}
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const context = async () => asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
const found = async () => (await checkApprovals(await context())).map((f) => [f.id, ...f.faults])
const stuck = async () => (await as.kim.must(as.kim.get<{ troubles: { stuckApprovals: number } }>('/health/ready'))).troubles.stuckApprovals
const behindTheBack = (work: Parameters<typeof host.services.store.transaction>[0]) => host.services.store.transaction(work)
const repair = (id: string, verb: string, body = {}) => as.kim.must(as.kim.post<Instance>(`/flow-instances/${id}/${verb}`, body))

test('a timer, a record or a called flow that is not there: found, raised once, repaired', async () => {
  const [paused, asked, calling, sound] = [await submit('paused'), await submit('asked'), await submit('calling'), await submit('asked')]
  expect([await found(), await raiseDeadEnds(await context())]).toEqual([[], 0])
  const table = (await host.holder.current()).tables.get('thing')!
  await behindTheBack(async (tx) => {
    await tx.remove(collections.timer, [`${paused.id}.pause.1.wait`])
    await tx.update(table.collection, asked.record, undefined, { deletedAt: '2026-01-01T00:00:00.000Z' })
    const [child] = await tx.find(collections.instance, { where: { path: ['parent'], op: 'eq', value: calling.id } })
    await tx.update(collections.instance, child!.id, undefined, { status: 'cancelled' })
  })
  expect((await found()).sort()).toEqual([[paused.id, 'What “pause” waits for does not come.'], [asked.id, 'The record is gone.'], [calling.id, 'What “call” waits for does not come.']].sort())
  expect([await stuck(), await raiseDeadEnds(await context()), await stuck(), await raiseDeadEnds(await context())]).toEqual([0, 3, 3, 0])
  const { items } = await as.kim.must(as.kim.get<{ items: { id: string; faults: string[] }[] }>('/flow-instances/stuck'))
  expect(items.map((i) => i.id).sort()).toEqual([paused.id, asked.id, calling.id].sort())
  expect((await as.kim.must(as.kim.get<{ items: { kind: string }[] }>('/notices'))).items.map((n) => n.kind)).toEqual(['incident', 'incident', 'incident'])
  expect(await repair(paused.id, 'retry')).toMatchObject({ status: 'running' })
  for (const { id } of [asked, calling]) expect((await repair(id, 'terminate')).status).toBe('terminated')
  expect([await found(), await stuck(), (await instanceOf(sound.id)).status]).toEqual([[], 0, 'running'])
})

test('an instance without a token gets one, by which it is moved', async () => {
  const { id } = await submit('asked')
  const { state } = (await host.services.store.get(collections.instance, id)) as unknown as { state: object }
  await behindTheBack((tx) => tx.update(collections.instance, id, undefined, { state: { ...state, tokens: [] } as never }))
  expect([await raiseDeadEnds(await context()), (await instanceOf(id)).tokens]).toEqual([1, [expect.objectContaining({ node: 'start', incident: 'It stands nowhere.' })]])
  const [token] = (await instanceOf(id)).tokens
  expect(await repair(id, 'jump', { token: token!.id, to: 'boss' })).toMatchObject({ status: 'running', tokens: [{ node: 'boss' }] })
})

test('what waits for somebody who goes into the bin goes on; where they left unnoticed too', async () => {
  const gone = await submit('leaver')
  const lea = (await host.holder.current()).directory.byName('lea')!.id
  await as.kim.must(as.kim.delete(`/records/user/${lea}`))
  expect((await instanceOf(gone.id)).tasks).toEqual([expect.objectContaining({ status: 'transferred' }), expect.objectContaining({ status: 'open', assignee: as.kim.userId })])
  const { id } = await submit('asked')
  const mia = as.mia.userId
  const table = (await host.holder.current()).tables.get('user')!
  await behindTheBack(async (tx) => { await tx.update(table.collection, mia, undefined, table.encode({ active: false }, ['active'])); await tx.bumpMetaVersion() })
  expect((await found()).filter(([one]) => one === id)).toEqual([[id, expect.stringContaining('does not work here any more')]])
  await raiseDeadEnds(await context())
  expect((await instanceOf(id)).tasks.at(-1)).toMatchObject({ status: 'open', assignee: as.kim.userId })
  expect(await found()).toEqual([])
})
