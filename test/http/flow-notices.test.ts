/** Whom an approval tells what, at each of its moments, through the real server. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, by, flow, start } from '../support/flows'
import { movableClock, startTestHost, type TestHost } from '../support/host'

const hour = 3_600_000
const every = ['approve', 'reject', 'return', 'transfer', 'delegate', 'cc'] as const
const two = flow([start, ask('first', 'mia', { actions: [...every], timeouts: [{ after: 'PT1H', do: 'remind' }, { after: 'PT2H', do: 'escalate' }] }), ask('second', 'dan', { onReturn: {}, onReject: { policy: 'toInitiator' } }), approved], ['start > first', 'first > second', 'second > approved'])
const flows: Flow[] = [
  { ...two, name: 'two', entity: 'thing' },
  { ...flow([start, by, ask('first', 'mia'), approved], ['start > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'first > approved']), name: 'fragile', entity: 'thing' },
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('text', 'note')]),
  ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['two', 'fragile'] }] }),
  role('approver', { grants: [] }),
  role('keeper', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
]

interface Notice { kind: string; text: string; link: { record: string; task: string | null } | null }
interface Instance { id: string; tasks: { key: string; status: string }[] }
const names = ['ann', 'mia', 'dan', 'fay', 'eve', 'kim'] as const
type Person = (typeof names)[number]
const clock = movableClock()
let host: TestHost
const as = {} as Record<Person, Client>
beforeAll(async () => {
  host = await startTestHost({ clock, documents })
  const boss = await host.addUser({ username: 'fay', roles: ['approver'] })
  for (const name of names.filter((n) => n !== 'fay')) await host.addUser({ username: name, name: name === 'ann' ? 'Ann' : name, roles: [name === 'ann' ? 'worker' : name === 'kim' ? 'keeper' : 'approver'], ...(name === 'mia' && { manager: boss.id }) })
  for (const name of names) as[name] = await host.signIn(name)
})
afterAll(() => host?.close())

const submit = async (name = 'two', members = {}) => {
  const record = (await as.ann.create('thing', { name: '磁钢', ...members })).id
  return { record, instance: (await as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))).id }
}
const decide = async (person: Person, record: string, decision: string, members: object = {}) => {
  const { items } = await as[person].must(as[person].get<{ items: { id: string; record: string }[] }>('/tasks', { limit: '200' }))
  await as[person].must(as[person].post(`/tasks/${items.find((t) => t.record === record)!.id}/decide`, { decision, comment: 'because', ...members }))
}
/** Kinds and texts of what a person was told of a record, the oldest first. */
const told = async (person: Person, record: string) => (await as[person].must(as[person].get<{ items: Notice[] }>('/notices', { limit: '100' }))).items.filter((n) => n.link?.record === record).map((n) => `${n.kind} ${n.text}`).reverse()

test('asked, decided, asked, ended: everybody once', async () => {
  const { record } = await submit()
  await decide('mia', record, 'approve')
  await decide('dan', record, 'approve')
  expect(await told('mia', record)).toEqual(['taskOpened To decide: 磁钢'])
  expect(await told('dan', record)).toEqual(['taskOpened To decide: 磁钢'])
  expect(await told('ann', record)).toEqual(['approved mia approved: 磁钢', 'ended Approval ended (approved): 磁钢'])
})

test('urged: those it waits for', async () => {
  const { record, instance } = await submit()
  await as.ann.must(as.ann.post(`/flow-instances/${instance}/urge`, {}))
  expect(await told('mia', record)).toEqual(['taskOpened To decide: 磁钢', 'urged Ann asks you to decide: 磁钢'])
  expect(await told('dan', record)).toEqual([])
})

test('transferred, delegated, given to somebody by an administrator', async () => {
  const { record, instance } = await submit()
  await decide('mia', record, 'transfer', { to: as.eve.userId })
  expect(await told('eve', record)).toEqual(['transferred mia handed to you: 磁钢'])
  await decide('eve', record, 'delegate', { to: as.dan.userId })
  expect(await told('dan', record)).toEqual(['transferred eve handed to you: 磁钢'])
  await decide('dan', record, 'approve')
  expect(await told('ann', record)).toEqual([])
  const { tasks } = await as.kim.must(as.kim.get<Instance>(`/flow-instances/${instance}`))
  await as.kim.must(as.kim.post(`/flow-instances/${instance}/reassign`, { task: tasks.find((t) => t.status === 'open')!.key, to: as.fay.userId }))
  expect(await told('fay', record)).toEqual(['transferred kim handed to you: 磁钢'])
})

test('returned: who is asked again, the submitter too; a rejection that goes on is told', async () => {
  const { record, instance } = await submit()
  await decide('mia', record, 'approve')
  await decide('dan', record, 'return', { to: 'first' })
  expect((await told('mia', record)).at(-1)).toBe('returned Returned to you: 磁钢')
  await decide('mia', record, 'approve')
  await decide('dan', record, 'reject')
  expect((await told('ann', record)).slice(-2)).toEqual(['rejected dan rejected: 磁钢', 'returned Returned to you: 磁钢'])
  await as.kim.must(as.kim.post(`/flow-instances/${instance}/terminate`, {}))
  expect((await told('ann', record)).at(-1)).toBe('ended Approval ended (ended by an administrator): 磁钢')
})

test('reminded, then escalated to the manager', async () => {
  const { record } = await submit()
  for (let i = 0; i < 2; i++) { clock.tick(hour + 60_000); await host.worker.runDue() }
  expect(await told('mia', record)).toEqual(['taskOpened To decide: 磁钢', 'reminder Reminder, still to decide: 磁钢'])
  expect(await told('fay', record)).toEqual(['escalated Escalated to you, overdue: 磁钢'])
})

test('stuck: the administrators', async () => {
  const { record } = await submit('fragile', { note: 'no day' })
  expect(await told('kim', record)).toEqual([expect.stringMatching(/^incident An approval is stuck: 磁钢\. .*a date is expected/)])
})
