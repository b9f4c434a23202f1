/** Administrators of a flow, who are not the system's, repair its approvals and no others (flows.md, rule 21). */
import type { Definition, Flow } from '../../schemas/generated/types'
import { firstAltered, type TrailEntry } from '../../server/flows/trail'
import { collections } from '../../server/model/collections'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { approved, ask, by, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const fragile = flow([start, by, ask('first', 'mia'), ask('second', 'dan'), approved], ['start > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'first > second', 'second > approved'])
const onThing = (name: string, members: Partial<Flow> = {}): Flow => ({ ...fragile, name, entity: 'thing', recordPolicy: { lock: 'none' }, ...members })
const flows = [
  onThing('cared', { admins: [{ kind: 'role', role: 'carer' }] }),
  onThing('owned', { admins: [{ kind: 'expression', expression: 'carer' }] }),
  onThing('other'),
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('text', 'note'), field('user', 'carer')]), ...flows,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'own', flows: flows.map((f) => f.name) }] }),
  role('reader', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
  role('carer', { grants: [] }), role('approver', { grants: [] }),
  role('keeper', { capabilities: ['studio'], grants: [] }),
]

interface Instance { id: string; version: number; status: string; administers: boolean; tokens: { id: number; node: string }[]; tasks: { key: string; node: string; status: string; assignee: string }[]; trail: TrailEntry[]; code?: string }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan' | 'ian' | 'rea' | 'kim', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  const roles = { ann: 'worker', mia: 'approver', dan: 'approver', ian: 'carer', rea: 'reader', kim: 'keeper' }
  for (const [username, name] of Object.entries(roles)) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterAll(() => host?.close())

const make = async (members = {}) => (await as.ann.create('thing', { name: 'A thing', note: 'no date', ...members })).id
const submit = async (name: string, record: string) => as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/${name}`, {}))
const stuck = async (who: Client) => { const { status, body } = await who.get<{ items: { id: string }[] }>('/flow-instances/stuck'); return status === 200 ? body.items.map((i) => i.id) : status }
const repair = (who: Client, id: string, verb: string, body: object = {}) => who.post<Instance>(`/flow-instances/${id}/${verb}`, { comment: 'because', ...body })

test('they see what is stuck of their flow, are told, and retry, reassign, move and end it; all of it is in the trail', async () => {
  const record = await make()
  const { id, status } = await submit('cared', record)
  const { id: others } = await submit('other', await make())
  expect(status).toBe('incident')
  expect([await stuck(as.ian), (await stuck(as.kim) as string[]).sort()]).toEqual([[id], [id, others].sort()])
  expect((await as.ian.must(as.ian.get<{ administers: boolean }>('/me'))).administers).toBe(true)
  expect((await as.ian.must(as.ian.get<{ items: { id: string }[]; count: number }>('/tasks', { box: 'stuck' })))).toMatchObject({ items: [{ id, entity: 'thing' }], count: 1 })
  expect(await as.ian.must(as.ian.get<Instance>(`/flow-instances/${id}`))).toMatchObject({ administers: true, status: 'incident' })
  expect((await as.ian.must(as.ian.get<{ items: { kind: string; link: object }[] }>('/notices'))).items).toMatchObject([{ kind: 'incident', link: { instance: id, box: 'stuck' } }])
  expect((await as.ian.get(`/records/thing/${record}`)).status).toBe(403)
  await as.ann.must(as.ann.patch(`/records/thing/${record}`, { note: '2026-06-01' }))
  const retried = await as.ian.must(repair(as.ian, id, 'retry'))
  const open = retried.tasks.find((t) => t.status === 'open')!
  const given = await as.ian.must(repair(as.ian, id, 'reassign', { task: open.key, to: as.dan.userId }))
  expect(given.tasks.find((t) => t.status === 'open')).toMatchObject({ node: 'first', assignee: as.dan.userId })
  const moved = await as.ian.must(repair(as.ian, id, 'jump', { token: given.tokens[0]!.id, to: 'second' }))
  expect(moved.tokens).toMatchObject([{ node: 'second' }])
  const { status: last, administers } = await as.ian.must(repair(as.ian, id, 'terminate'))
  const { trail } = (await host.services.store.get(collections.instance, id)) as unknown as { trail: TrailEntry[] }
  expect({ last, administers, altered: firstAltered(trail) }).toEqual({ last: 'terminated', administers: false, altered: undefined })
  expect(trail.filter((t) => t.by === as.ian.userId && t.kind !== 'ended').map((t) => [t.kind, t.comment])).toEqual(['retried', 'reassigned', 'jumped', 'terminated'].map((kind) => [kind, 'because']))
})

test('an administrator that the record names repairs the approvals of that record only', async () => {
  const { id } = await submit('owned', await make({ carer: as.rea.userId }))
  const { id: another } = await submit('owned', await make({ carer: as.ann.userId }))
  expect(await stuck(as.rea)).toEqual([id])
  expect((await repair(as.rea, another, 'retry')).status).toBe(403)
  expect((await repair(as.rea, id, 'terminate')).body.status).toBe('terminated')
})

test('others may not: what they cannot see is not there, what they see they cannot repair', async () => {
  const { id } = await submit('cared', await make())
  const { id: other } = await submit('other', await make())
  const answers = async (who: Client, instance: string) => Promise.all([['retry', {}], ['terminate', {}], ['reassign', { task: 'x', to: who.userId }], ['jump', { token: 1, to: 'first' }]].map(async ([verb, body]) => (await repair(who, instance, verb as string, body as object)).status))
  expect([await answers(as.ann, id), await answers(as.rea, id)]).toEqual([Array(4).fill(403), Array(4).fill(403)])
  expect([await answers(as.mia, id), await answers(as.ian, other)]).toEqual([Array(4).fill(403), Array(4).fill(403)])
  expect([(await as.ian.get(`/flow-instances/${other}`)).status, (await repair(as.ian, 'nothing', 'retry')).status]).toEqual([403, 404])
  expect((await as.ann.must(as.ann.get<Instance>(`/flow-instances/${id}`))).administers).toBe(false)
  expect([await stuck(as.mia), (await as.mia.must(as.mia.get<{ count: number }>('/tasks', { box: 'stuck' }))).count]).toEqual([[], 0])
})

test('they bring the approvals of their flow to a new version, and nobody else’s', async () => {
  const { id } = await submit('cared', await make({ note: '2026-06-01' }))
  const { id: other } = await submit('other', await make({ note: '2026-06-01' }))
  const studio = studioOf(as.kim)
  for (const name of ['cared', 'other']) await studio.change<Flow>('flow', name, (f) => ({ ...f, label: { en: 'Newer', zh: '新版' } }))
  await studio.publish()
  const { items } = await as.ian.must(as.ian.post<{ items: { instance: string }[] }>('/flows/cared/migrate/preview', {}))
  expect(items.map((i) => i.instance)).toContain(id)
  expect((await as.ian.must(as.ian.post<{ items: { ok: boolean; instance: string }[] }>('/flows/cared/migrate', { instances: [id, other], comment: 'newer' }))).items.map((i) => [i.instance, i.ok])).toEqual([[id, true], [other, false]])
  expect([(await as.ian.post('/flows/other/migrate/preview', {})).status, (await as.rea.post('/flows/cared/migrate', {})).status, (await as.ann.post('/flows/cared/migrate/preview', {})).status]).toEqual([403, 403, 403])
})
