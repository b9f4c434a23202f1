/** Nothing that is published later changes a running approval (flows.md, rule 13): names, field rights, rule tables, forms. Who a person is and may see, is of today. */
import type { Definition, Entity, Flow, Role } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { studioOf } from '../support/drafts'
import { approved, ask, by, effect, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

const steps: Flow = {
  ...flow([start, ask('first', 'mia', { fields: [{ field: 'note', access: 'required' }, { field: 'secret', access: 'hidden' }], effects: { onApproved: [{ ...effect('n'), values: { seen: "note + '!'" } }] } }), by, ask('second', 'dan'), approved],
    ['start > first', 'first > by', 'by > second when amount > 100', 'by > approved else', 'second > approved']),
  name: 'steps', entity: 'thing',
}
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true }), field('money', 'amount', { default: '0' }), field('text', 'note'), field('text', 'seen'), field('text', 'secret')]), steps,
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update', 'delete'], scope: 'all', flows: ['steps'] }] }),
  role('approver', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
  role('keeper', { capabilities: ['studio'], grants: [] }),
]
interface Instance { id: string; status: string; tokens: { node: string; incident?: string }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'dan' | 'kim', Client>
beforeEach(async () => {
  host = await startTestHost({ documents })
  const roles = { ann: 'worker', mia: 'approver', dan: 'approver', kim: 'keeper' }
  for (const [username, name] of Object.entries(roles)) { await host.addUser({ username, name: username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
})
afterEach(() => host?.close())

async function begun(members: object): Promise<{ record: string; id: string }> {
  const { id: record } = await as.ann.create('thing', { name: 'A thing', ...members })
  return { record, id: (await as.ann.must(as.ann.post<Instance>(`/records/thing/${record}/flows/steps`, {}))).id }
}
async function approve(person: 'mia' | 'dan', record: string, fields: object = {}) {
  const { items } = await as[person].must(as[person].get<{ items: { id: string; record: string }[] }>('/tasks'))
  return as[person].post<{ instance: Instance } & ProblemBody>(`/tasks/${items.find((t) => t.record === record)!.id}/decide`, { decision: 'approve', fields })
}
async function publish(edit: (studio: ReturnType<typeof studioOf>) => Promise<unknown>) {
  const studio = studioOf(as.kim)
  await edit(studio)
  expect((await studio.publish()).status).toBe(201)
}

test('fields that were given other names since are known by their former names', async () => {
  const { record } = await begun({ amount: '500' })
  await publish((studio) => studio.change<Entity>('entity', 'thing', (d) => ({ ...d, fields: d.fields.map((f) => (['amount', 'note', 'seen'].includes(f.name) ? { ...f, name: `${f.name}Now`, aliases: [f.name] } : f)) })))
  expect(await approve('mia', record, { noteNow: 'read' })).toMatchObject({ status: 200, body: { instance: { status: 'running', tokens: [{ node: 'second' }] } } })
  expect(await as.ann.read('thing', record)).toMatchObject({ noteNow: 'read', seenNow: 'read!' })
  expect((await approve('dan', record)).body.instance.status).toBe('approved')
})

test('what a node lets people fill in, they fill in, though nobody may write it any more', async () => {
  const { record } = await begun({ amount: '50' })
  await publish(async (studio) => {
    await studio.editField('thing', 'note', (f) => ({ ...f, readOnly: true }))
    await studio.change<Flow>('flow', 'steps', (d) => ({ ...d, nodes: d.nodes.map((n) => (n.id === 'first' ? { ...n, fields: [] } : n)) as Flow['nodes'] }))
  })
  expect((await approve('mia', record)).body.problems.map((p) => p.path)).toEqual(['/fields/note'])
  expect(await approve('mia', record, { note: 'read' })).toMatchObject({ status: 200, body: { instance: { status: 'approved' } } })
  expect(await as.ann.read('thing', record)).toMatchObject({ note: 'read', seen: 'read!' })
})

test('what the node shows and asks stays as it was, whatever the flow says now', async () => {
  const { record } = await begun({ amount: '50' })
  await publish((studio) => studio.change<Flow>('flow', 'steps', (d) => ({ ...d, nodes: d.nodes.map((n) => (n.id === 'first' ? { ...n, fields: [] } : n)) as Flow['nodes'] })))
  expect((await approve('mia', record)).status).toBe(422)
  expect((await approve('mia', record, { note: 'read' })).status).toBe(200)
})

test('rights are those of today: what a person may not see any more, they do not see, and they decide', async () => {
  const { record } = await begun({ amount: '50' })
  await publish((studio) => studio.change<Role>('role', 'approver', (d) => ({ ...d, grants: d.grants.map((g) => ({ ...g, fields: { amount: 'hidden' as const } })) })))
  expect(await as.mia.read('thing', record)).not.toHaveProperty('amount')
  expect((await approve('mia', record, { note: 'read' })).status).toBe(200)
})
