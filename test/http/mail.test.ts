/** Notices by mail, and deciding from a letter (rule 23): a real mail server, the real pages. */
import type { Flow } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { movableClock, startTestHost, type TestHost } from '../support/host'
import { startMailbox, textOf, type Mailbox } from '../support/mailbox'

const clock = movableClock()
let host: TestHost
let mailbox: Mailbox
let ann: Client
let bossId: string
const flow = (name: string, emailDecision: 'confirmPage' | 'off'): Flow => ({
  kind: 'flow', name, entity: 'thing', label: { en: 'Price check', zh: '价格审批' }, settings: { emailDecision },
  nodes: [{ id: 'start', type: 'start' }, { id: 'boss', type: 'approval', assignees: [{ kind: 'user', user: 'boss' }], actions: ['approve', 'reject', 'transfer'] }, { id: 'end', type: 'end', result: 'approved' }],
  edges: [{ id: 'e1', source: 'start', target: 'boss' }, { id: 'e2', source: 'boss', target: 'end' }],
})
const grant = (scope: 'own' | 'all') => ({ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'] as never, scope, flows: ['byMail', 'inApp'] })

beforeAll(async () => {
  mailbox = await startMailbox()
  host = await startTestHost({ clock, smtpUrl: mailbox.url, documents: [entity('thing', [field('text', 'name')], { ownership: 'user' }), flow('byMail', 'confirmPage'), flow('inApp', 'off'), role('rep', { grants: [grant('own')] }), role('boss', { grants: [grant('all')] })] })
  await host.addUser({ username: 'ann', name: 'Ann', roles: ['rep'], email: 'ann@example.com' })
  bossId = (await host.addUser({ username: 'boss', name: '林总', roles: ['boss'], email: 'boss@example.com', language: 'zh' })).id
  await host.addUser({ username: 'deputy', roles: ['boss'], email: 'deputy@example.com' })
  await host.addUser({ username: 'plain', roles: ['rep'] })
  ann = await host.signIn('ann')
})
afterAll(async () => { await host?.close(); await mailbox?.close() })
beforeEach(async () => { await host.worker.runDue(); mailbox.letters.length = 0 })

async function submitted(name: string, by = 'byMail') {
  const { id } = await ann.create('thing', { name })
  await ann.must(ann.post(`/records/thing/${id}/flows/${by}`, {}))
  await host.worker.runDue()
  return id
}
const tokenIn = (letter: string) => /http:\/\/crm\.test\/decide\/([\w-]+)/.exec(textOf(letter))![1]!
const page = async (token: string) => { const response = await fetch(`${host.url}/decide/${token}`); return { status: response.status, headers: response.headers, text: await response.text() } }
const post = async (token: string, members: Record<string, string>) => { const response = await fetch(`${host.url}/decide/${token}`, { method: 'POST', body: new URLSearchParams(members) }); return { status: response.status, text: await response.text() } }
const taskOf = async (record: string) => (await host.services.store.find(collections.task, { where: { path: ['record'], op: 'eq', value: record } }))[0]!

test('who is asked gets a letter in their language; who submitted learns the end', async () => {
  await submitted('磁钢 & <b>')
  expect(mailbox.letters).toHaveLength(1)
  expect(mailbox.letters[0]).toMatch(/^To: boss@example.com/m)
  expect(textOf(mailbox.letters[0]!)).toContain('待审批：磁钢 & <b>')
  expect(textOf(mailbox.letters[0]!)).toContain('林总，您好：')
  expect(mailbox.letters[0]).not.toContain('<b></')
  await post(tokenIn(mailbox.letters[0]!), { decision: 'approve' })
  await host.worker.runDue()
  expect(mailbox.letters).toHaveLength(2)
  expect(mailbox.letters[1]).toMatch(/^To: ann@example.com/m)
})

test('rule 23: a GET changes nothing and shows a page; POST decides; the second use is 409', async () => {
  const record = await submitted('to decide')
  const token = tokenIn(mailbox.letters[0]!)
  for (let i = 0; i < 3; i++) {
    const { status, headers, text } = await page(token)
    expect({ status, lang: /<html lang="([\w-]+)"/.exec(text)?.[1], csp: headers.get('content-security-policy') }).toEqual({ status: 200, lang: 'zh-CN', csp: expect.stringMatching(/^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/) as string })
    expect(text).toContain('to decide')
    expect(text).not.toContain('<script')
  }
  expect((await taskOf(record)).status).toBe('open')
  expect((await post(token, { decision: 'reject' })).status).toBe(422)
  expect((await taskOf(record)).status).toBe('open')
  expect((await post(token, { decision: 'reject', comment: '太贵' })).status).toBe(200)
  expect(await taskOf(record)).toMatchObject({ status: 'rejected', decidedBy: bossId, comment: '太贵' })
  expect((await post(token, { decision: 'approve' })).status).toBe(409)
  expect((await page(token)).status).toBe(409)
})

test('rule 23: a former assignee is refused with 403, a task decided elsewhere is 409', async () => {
  const boss = await host.signIn('boss')
  const handed = await submitted('handed on')
  const first = tokenIn(mailbox.letters[0]!)
  await boss.must(boss.post(`/tasks/${(await taskOf(handed)).id}/decide`, { decision: 'transfer', to: [(await host.signIn('deputy')).userId] }))
  expect([(await page(first)).status, (await post(first, { decision: 'approve' })).status]).toEqual([403, 403])
  await host.worker.runDue()
  mailbox.letters.length = 0
  const record = await submitted('decided in the app')
  await boss.must(boss.post(`/tasks/${(await taskOf(record)).id}/decide`, { decision: 'approve' }))
  expect((await post(tokenIn(mailbox.letters[0]!), { decision: 'reject', comment: 'no' })).status).toBe(409)
  expect((await taskOf(record)).status).toBe('approved')
})

test('rule 23: two posts at once decide once', async () => {
  const record = await submitted('twice')
  const token = tokenIn(mailbox.letters[0]!)
  const both = await Promise.all([post(token, { decision: 'approve' }), post(token, { decision: 'approve' })])
  expect(both.map((r) => r.status).sort()).toEqual([200, 409])
  expect((await taskOf(record)).status).toBe('approved')
})

test('a guessed token and one that is too old lead nowhere; the store holds nothing one could use', async () => {
  await submitted('old')
  const token = tokenIn(mailbox.letters[0]!)
  expect(JSON.stringify(await host.services.store.find(collections.decideLink, {}))).not.toContain(token)
  expect((await page('x'.repeat(43))).status).toBe(404)
  clock.tick(15 * 86_400_000)
  expect((await page(token)).status).toBe(404)
  ann = await host.signIn('ann')
})

test('a flow that does not allow it sends no link to decide', async () => {
  await submitted('in the app', 'inApp')
  expect(textOf(mailbox.letters[0]!)).toContain('http://crm.test/inbox/')
  expect(textOf(mailbox.letters[0]!)).not.toContain('/decide/')
})

test('who wants no mail gets none, nor who has no address', async () => {
  const boss = await host.signIn('boss')
  await boss.must(boss.put('/me/preferences/noticeMail', 'never'))
  await submitted('quiet')
  expect(mailbox.letters).toEqual([])
  await boss.must(boss.put('/me/preferences/noticeMail', 'immediately'))
  await submitted('loud')
  expect(mailbox.letters).toHaveLength(1)
})

test('rule 17: while the mail server is down nothing is lost, and each letter keeps its id', async () => {
  mailbox.refuse.next = 2
  await submitted('later')
  expect(mailbox.letters).toEqual([])
  for (let i = 0; i < 2; i++) { clock.tick(20_000); await host.worker.runDue() }
  expect(mailbox.letters).toHaveLength(1)
  const [row] = await host.services.store.find(collections.outbox, { where: { path: ['kind'], op: 'eq', value: 'mail' }, sort: [{ column: 'createdAt', descending: true }], limit: 1 })
  expect(row).toMatchObject({ status: 'done', attempts: 3 })
})
