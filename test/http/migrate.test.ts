/** Running approvals brought to a newer version of their flow: a dry run that writes nothing, then each for itself. */
import type { Definition, Flow } from '../../schemas/generated/types'
import { firstAltered, type TrailEntry } from '../../server/flows/trail'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const steps: Flow = { ...flow([start, ask('first', 'mia'), ask('second', 'dan'), approved], ['start > first', 'first > second', 'second > approved']), name: 'steps', entity: 'thing' }
const shorter: Flow = { ...flow([start, ask('first', 'mia'), ask('last', 'fay'), approved], ['start > first', 'first > last', 'last > approved']), name: 'steps', entity: 'thing' }
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true })]), steps,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['steps'] }] }),
  role('approver', { grants: [] }),
  role('keeper', { capabilities: ['studio'], grants: [] }),
]

interface Instance { id: string; version: number; status: string; tokens: { node: string }[]; trail: TrailEntry[]; pins: { kind: string; key: string; version: number }[] }
interface Trial { instance: string; title: string; version: number; tokens: { node: string; to: string | null; anew: boolean }[]; after?: { status: string; nodes: string[]; asked: string[] }; problems: { path: string; code: string; message: string }[] }
interface Plan { to: number; nodes: { id: string }[]; versions: { version: number; nodes: { id: string }[] }[]; items: Trial[]; count: number; titles: Record<string, string> }
interface Done { to: number; items: { instance: string; ok: boolean; status: number | string; problem?: { code: string; path: string } }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan' | 'fay' | 'kim', Client>
/** Waits at the first node, at the second, and is over. */
let waiting: string, further: string, ended: string
beforeAll(async () => {
  host = await startTestHost({ documents })
  const roles = { ann: 'worker', mia: 'approver', dan: 'approver', fay: 'approver', kim: 'keeper' }
  for (const [username, name] of Object.entries(roles)) { await host.addUser({ username, name: username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
  waiting = await submit('Waiting')
  further = await submit('Further')
  await decide('mia', further)
  ended = await submit('Ended')
  await decide('mia', ended)
  await decide('dan', ended)
  const studio = studioOf(as.kim)
  await studio.change<Flow>('flow', 'steps', () => shorter)
  await studio.publish()
})
afterAll(() => host?.close())

async function submit(name: string): Promise<string> {
  const { id } = await as.ann.create('thing', { name })
  return (await as.ann.must(as.ann.post<{ id: string }>(`/records/thing/${id}/flows/steps`, {}))).id
}
async function decide(person: 'mia' | 'dan' | 'fay', instance: string) {
  const { items } = await as[person].must(as[person].get<{ items: { id: string; instance: string }[] }>('/tasks', { limit: '200' }))
  return as[person].must(as[person].post<{ instance: Instance }>(`/tasks/${items.find((t) => t.instance === instance)!.id}/decide`, { decision: 'approve' }))
}
const instanceOf = (id: string) => as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))
const preview = (body: object = {}, who = as.kim) => who.post<Plan & { problems: { path: string; code: string }[] }>('/flows/steps/migrate/preview', body)
const migrate = (body: object = {}, who = as.kim, headers = {}) => who.post<Done>('/flows/steps/migrate', body, headers)

test('a dry run says of each where it goes and what has no place, and writes nothing', async () => {
  const kept = await everythingKept(host)
  const { to, nodes, versions, items, count, titles } = await as.kim.must(preview())
  expect({ to, count, nodes: nodes.map((n) => n.id), versions: versions.map((v) => v.version) }).toEqual({ to: 2, count: 2, nodes: ['start', 'first', 'last', 'approved'], versions: [1] })
  expect(items.map((i) => [i.title, i.version, i.tokens, i.after?.nodes, i.problems.map((p) => `${p.path} ${p.code}`)])).toEqual([
    ['Waiting', 1, [{ node: 'first', to: 'first', anew: false }], ['first'], []],
    ['Further', 1, [{ node: 'second', to: null, anew: false }], undefined, ['/mapping/second nodeUnplaced']],
  ])
  const mapped = (await as.kim.must(preview({ mapping: { second: 'last' } }))).items[1]!
  expect(mapped).toMatchObject({ tokens: [{ node: 'second', to: 'last', anew: true }], after: { status: 'running', nodes: ['last'] }, problems: [] })
  expect(titles[items[0]!.instance]).toBeUndefined()
  expect(mapped.after!.asked).toHaveLength(1)
  expect(await everythingKept(host)).toBe(kept)
})

test('only nodes of the new version are mapped to; only who designs may, and only what exists', async () => {
  const { status, body } = await preview({ mapping: { second: 'second' } })
  expect([status, body.problems.map((p) => `${p.path} ${p.code}`)]).toEqual([422, ['/mapping/second nodeUnplaced']])
  expect((await preview({}, as.ann)).status).toBe(403)
  expect((await migrate({}, as.ann)).status).toBe(403)
  expect((await preview({ to: 3 })).status).toBe(404)
  expect((await as.kim.post('/flows/nothing/migrate', {})).status).toBe(404)
})

test('each for itself: what has no place stays as it was, the others go on by the new version', async () => {
  const { items } = await as.kim.must(migrate({ instances: [waiting, further, ended, 'nobody'], comment: 'The new rule' }))
  expect(items.map((i) => [i.instance, i.ok, i.status, i.problem?.code])).toEqual([[waiting, true, 'running', undefined], [further, false, 422, 'nodeUnplaced'], [ended, false, 409, 'instanceEnded'], ['nobody', false, 404, 'notFound']])
  const [moved, left] = [await instanceOf(waiting), await instanceOf(further)]
  expect([moved.version, left.version]).toEqual([2, 1])
  expect(moved.pins).toContainEqual(expect.objectContaining({ kind: 'flow', key: 'steps', version: 2 }))
  expect(moved.trail.at(-1)).toMatchObject({ kind: 'migrated', comment: 'The new rule', versions: { from: 1, to: 2 } })
  expect(firstAltered(moved.trail)).toBeUndefined()
  expect(left.trail.map((t) => t.kind)).not.toContain('migrated')
  expect((await migrate({ instances: [waiting] })).body.items[0]).toMatchObject({ ok: false, status: 409, problem: { code: 'onThisVersion' } })
})

test('who submitted is told; what was migrated is decided by the new version to its end', async () => {
  await as.kim.must(migrate({ mapping: { second: 'last' } }))
  const { items } = await as.ann.must(as.ann.get<{ items: { kind: string; text: string }[] }>('/notices'))
  expect(items.filter((n) => n.kind === 'migrated').map((n) => n.text)).toEqual([expect.stringContaining('Further'), expect.stringMatching(/Waiting.*The new rule/)])
  expect((await instanceOf(further)).trail.at(-1)).toMatchObject({ kind: 'migrated', mapping: { second: 'last' } })
  await decide('fay', further)
  await decide('mia', waiting)
  await decide('fay', waiting)
  for (const id of [waiting, further]) expect((await instanceOf(id)).status).toBe('approved')
  expect((await as.kim.must(preview())).items).toEqual([])
})

test('the same key twice is one migration', async () => {
  const { status } = await migrate({}, as.kim, { 'Idempotency-Key': 'once' })
  expect([status, (await migrate({}, as.kim, { 'Idempotency-Key': 'once' })).body]).toEqual([200, { to: 2, items: [] }])
})
