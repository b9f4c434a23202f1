/** What people are told: with the commit, to whom it concerns, as they may see it, and live. */
import { asEngine, contextFor, inTransaction, systemPerson } from '../../server/use-cases/context'
import { notify } from '../../server/notices/notify'
import type { Flow } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { listen } from '../support/events'
import { startTestHost, type TestHost } from '../support/host'
import { studioOf } from '../support/drafts'

interface Notice { id: string; kind: string; text: string; readAt: string | null; link: { entity: string; record: string; task: string | null } | null }
let host: TestHost
let ann: Client
let bob: Client
let boss: Client
const grant = (scope: 'own' | 'all', members: object = {}) => ({ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'] as never, scope, flows: ['check', 'passing'], ...members })
const check: Flow = {
  kind: 'flow', name: 'check', entity: 'thing', label, nodes: [{ id: 'start', type: 'start' }, { id: 'boss', type: 'approval', assignees: [{ kind: 'role', role: 'boss' }], multi: { mode: 'any' } }, { id: 'end', type: 'end', result: 'approved' }],
  edges: [{ id: 'e1', source: 'start', target: 'boss' }, { id: 'e2', source: 'boss', target: 'end' }],
}
const passing: Flow = {
  kind: 'flow', name: 'passing', entity: 'thing', label,
  nodes: [{ id: 'start', type: 'start' }, { id: 'end', type: 'end', result: 'approved', effects: [{ id: 'told', kind: 'notify', to: [{ kind: 'role', role: 'boss' }, { kind: 'initiator' }], text: { en: 'Passed', zh: '已通过' } }] }],
  edges: [{ id: 'e1', source: 'start', target: 'end' }],
}
beforeAll(async () => {
  host = await startTestHost({ documents: [entity('thing', [field('text', 'name', { mask: { keepFirst: 1 } })], { ownership: 'user' }), check, passing, role('rep', { grants: [grant('own')] }), role('boss', { capabilities: ['studio'], grants: [grant('all')] })] })
  for (const [username, roles] of [['ann', ['rep']], ['bob', ['rep']], ['boss', ['boss']], ['chief', ['boss']]] as const) await host.addUser({ username, roles: [...roles] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
  boss = await host.signIn('boss')
})
afterAll(() => host?.close())

const notices = (client: Client, query = {}, language?: string) => client.must(client.request<{ items: Notice[]; unread: number }>('GET', '/notices', { query, ...(language && { headers: { 'accept-language': language } }) }))
const submitted = async (name: string) => { const { id } = await ann.create('thing', { name }); await ann.must(ann.post(`/records/thing/${id}/flows/check`, {})); return id }
const tell = async (to: string[], record: string, id = 'occasion') =>
  inTransaction(asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system'), (ctx) => notify(ctx, { id, to, kind: 'message', params: { text: label }, link: { entity: 'thing', record } }))

test('who is asked is told, in their language; who submitted is told of the end; what is decided asks nobody any more', async () => {
  const record = await submitted('磁钢')
  const asked = await notices(boss, { unread: 'true' })
  expect(asked).toMatchObject({ unread: 1, items: [{ kind: 'taskOpened', text: 'To decide: 磁钢', readAt: null, link: { entity: 'thing', record } }] })
  expect((await notices(boss, {}, 'zh-CN')).items[0]!.text).toBe('待审批：磁钢')
  const chief = await host.signIn('chief')
  expect((await notices(chief)).unread).toBe(1)
  await boss.must(boss.post(`/tasks/${asked.items[0]!.link!.task}/decide`, { decision: 'approve' }))
  expect([(await notices(boss)).unread, (await notices(chief)).unread]).toEqual([0, 0])
  expect(await notices(ann)).toMatchObject({ unread: 1, items: [{ kind: 'ended', text: 'Approval ended (approved): 磁钢' }] })
})

test('an effect tells whom it names, in their language', async () => {
  const { id } = await ann.create('thing', { name: '样机' })
  await ann.must(ann.post(`/records/thing/${id}/flows/passing`, {}))
  const told = async (client: Client, language?: string) => (await notices(client, {}, language)).items.filter((n) => n.link?.record === id && n.kind === 'message').map((n) => n.text)
  expect(await told(boss)).toEqual(['Passed: 样机'])
  expect(await told(ann, 'zh-CN')).toEqual(['已通过：样机'])
  expect(await told(bob)).toEqual([])
  await boss.must(boss.post('/notices/read', {}))
  await ann.must(ann.post('/notices/read', {}))
})

test('publishing refuses to tell a role that does not exist', async () => {
  const studio = studioOf(boss)
  await studio.change<Flow>('flow', 'passing', (d) => ({ ...d, onSubmit: [{ id: 'told', kind: 'notify', to: [{ kind: 'role', role: 'nobody' }], text: { en: 'x', zh: 'x' } }] }))
  const { status, body } = await studio.publish()
  expect({ status, problems: body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 422, problems: ['/onSubmit/0/to/0/role noSuchDefinition'] })
  await studio.discard('flow', 'passing')
})

test('read once is read; others keep theirs', async () => {
  const record = await submitted('second')
  await tell([bob.userId, boss.userId], record, 'both')
  const [first] = (await notices(boss, { unread: 'true' })).items
  expect((await boss.post('/notices/read', { ids: [first!.id] })).status).toBe(204)
  expect((await notices(boss, { unread: 'true' })).items.map((n) => n.id)).not.toContain(first!.id)
  expect((await notices(boss)).items.find((n) => n.id === first!.id)!.readAt).not.toBeNull()
  expect((await boss.post('/notices/read')).status).toBe(204)
  expect((await notices(boss)).unread).toBe(0)
})

test('a notice about a record that one does not see, or not any more, is not revealed', async () => {
  const { id } = await ann.create('thing', { name: 'secret thing' })
  await tell([ann.userId, bob.userId], id, 'hidden')
  expect(JSON.stringify(await notices(bob))).not.toContain('hidden')
  expect((await notices(ann)).items.map((n) => n.id)).toContain(`hidden.${ann.userId}`)
  await ann.must(ann.delete(`/records/thing/${id}`))
  expect((await notices(ann)).items.map((n) => n.id)).not.toContain(`hidden.${ann.userId}`)
})

test('telling twice is telling once, and people who left are told nothing', async () => {
  const { id } = await ann.create('thing', { name: 'again' })
  const left = await host.addUser({ username: 'left', roles: ['rep'], active: false })
  for (let i = 0; i < 2; i++) await tell([ann.userId, ann.userId, left.id], id, 'twice')
  expect((await notices(ann)).items.filter((n) => n.id.startsWith('twice'))).toHaveLength(1)
})

describe('live', () => {
  test('a task and a notice are said at once, to whom they concern', async () => {
    await host.addUser({ username: 'eve', roles: ['rep'] })
    const [hers, his] = [await listen(boss), await listen(await host.signIn('eve'))]
    await hers.until('ready')
    await submitted('live')
    await Promise.all([hers.until('tasks'), hers.until('notices')])
    expect(his.heard).toEqual(['ready'])
    hers.close(); his.close()
  })

  test('a new release is said to everybody', async () => {
    const events = await listen(bob)
    await events.until('ready')
    await tell([bob.userId], (await bob.create('thing', { name: 'x' })).id, 'first')
    await events.until('notices')
    const studio = studioOf(boss)
    await studio.addFields('thing', field('text', 'x_more'))
    expect((await studio.publish()).status).toBe(201)
    await events.until('release')
    events.close()
  })

  test('it needs a session and ends with it', async () => {
    const nobody = Object.assign(Object.create(Object.getPrototypeOf(ann) as object) as Client, ann, { cookie: '' })
    expect((await listen(nobody)).status).toBe(401)
    const guest = await host.signIn('bob')
    const events = await listen(guest)
    await events.until('ready')
    await guest.delete('/session')
    await events.ended
  })

  test('it ends with the server', async () => {
    const other = await startTestHost({ documents: [entity('thing', [field('text', 'name')]), role('rep')] })
    await other.addUser({ username: 'ann', roles: ['rep'] })
    const events = await listen(await other.signIn('ann'))
    await events.until('ready')
    await other.close()
    await events.ended
  })
})
