/** Approvals at the edge: a thousand nodes, two hundred people, circles of managers, nobody at all. Each has a defined end. */
import type { Definition, Edge, Flow, FlowNode } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { approved, ask, flow, start } from '../support/flows'
import { startTestHost, type TestHost } from '../support/host'

jest.setTimeout(120_000)
function series(name: string, nodes: FlowNode[], members: Partial<Flow> = {}): Flow {
  const all = [start, ...nodes, approved]
  const edges = all.slice(1).map((node, i): Edge => ({ id: `e${i}`, source: all[i]!.id, target: node.id, ...(all[i]!.type === 'exclusive' && { default: true }) }))
  return { ...flow(all, []), edges, name, entity: 'thing', uniqueness: 'many', ...members }
}
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const step = (i: number): FlowNode => ({ id: `n${i}`, type: 'exclusive' })
const asking = (assignees: object[], members: object = {}) => ({ id: 'boss', type: 'approval', assignees, ...members }) as FlowNode

const flows = [
  series('thousand', times(1000, step), { settings: { maxAutoSteps: 1100 } }),
  series('limited', times(1000, step), { settings: { maxAutoSteps: 500 } }),
  series('twoHundred', times(200, (i) => ask(`n${i}`, 'mia'))),
  series('chain', [asking([{ kind: 'managerChain', levels: 10 }], { multi: { mode: 'sequential' } })]),
  series('manager', [asking([{ kind: 'manager', levels: 5 }])]),
  ...(['autoApprove', 'autoReject', 'admin', 'suspend'] as const).map((action) => series(action, [asking([{ kind: 'role', role: 'empty' }], { onEmpty: { action } })])),
]
const documents: Definition[] = [
  entity('thing', [field('text', 'name', { required: true })]), ...flows, role('empty'),
  role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read'], scope: 'all', flows: flows.map((f) => f.name) }] }),
  role('keeper', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }] }),
]

interface Instance { id: string; status: string; tokens: { node: string; incident?: string }[]; tasks: { id: string; key: string; status: string; assignee: string }[]; trail: { kind: string; reason?: string; decision?: string }[] }

let host: TestHost
const as = {} as Record<'ann' | 'mia' | 'leo' | 'lia' | 'kim', Client>
beforeAll(async () => {
  host = await startTestHost({ documents })
  const people = { ann: 'worker', mia: 'worker', leo: 'worker', lia: 'worker', kim: 'keeper' }
  for (const [username, name] of Object.entries(people)) { await host.addUser({ username, roles: [name] }); as[username as keyof typeof as] = await host.signIn(username) }
  await host.stage.engine.update('user', as.leo.userId, { manager: as.lia.userId })
  await host.stage.engine.update('user', as.lia.userId, { manager: as.leo.userId })
})
afterAll(() => host?.close())

async function submitted(name: string, person: keyof typeof as = 'ann'): Promise<Instance> {
  const { id } = await as[person].create('thing', { name: 'A thing' })
  return as[person].must(as[person].post<Instance>(`/records/thing/${id}/flows/${name}`, {}))
}
const open = (instance: Instance) => instance.tasks.filter((t) => t.status === 'open')

test('rule 18: a thousand nodes without people end in one command', async () => {
  expect(await submitted('thousand')).toMatchObject({ status: 'approved', tokens: [] })
})

test('rule 18: over maxAutoSteps it stands still and says so; an administrator ends it', async () => {
  const { id, status, tokens } = await submitted('limited')
  expect({ status, tokens }).toMatchObject({ status: 'incident', tokens: [{ incident: 'More than 500 automatic steps.' }] })
  expect((await as.kim.must(as.kim.post<Instance>(`/flow-instances/${id}/terminate`, {}))).status).toBe('terminated')
})

test('two hundred approvals one after the other', async () => {
  let instance = await submitted('twoHundred')
  for (let i = 0; i < 200; i++) instance = (await as.mia.must(as.mia.post<{ instance: Instance }>(`/tasks/${instance.id}.n${i}.1.0/decide`, { decision: 'approve' }))).instance
  expect(instance).toMatchObject({ status: 'approved', tokens: [] })
  expect(instance.trail.filter((t) => t.kind === 'approved')).toHaveLength(200)
})

test('rule 12: managers in a circle: each is asked once, nobody about themselves', async () => {
  const instance = await submitted('chain', 'leo')
  expect(open(instance).map((t) => t.assignee)).toEqual([as.lia.userId])
  const { instance: ended } = await as.lia.must(as.lia.post<{ instance: Instance }>(`/tasks/${open(instance)[0]!.id}/decide`, { decision: 'approve' }))
  expect(ended.status).toBe('approved')
  const single = await submitted('manager', 'leo')
  expect({ status: single.status, asked: open(single).map((t) => t.assignee) }).toEqual({ status: 'running', asked: [as.kim.userId] })
})

test.each([['autoApprove', 'approved'], ['autoReject', 'rejected'], ['admin', 'running'], ['suspend', 'incident']])('rule 12: a role without people, %s: %s', async (name, status) => {
  const instance = await submitted(name)
  expect(instance.status).toBe(status)
  expect(open(instance).map((t) => t.assignee)).toEqual(name === 'admin' ? [as.kim.userId] : [])
  expect(instance.trail.length).toBeGreaterThan(name === 'admin' ? 0 : 1)
})
