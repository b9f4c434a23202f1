/** BPMN 2.0: what we write comes back as it was, what others drew comes in as far as it goes, what is hostile stays out. */
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileCatalog } from '../../runtime/engine'
import { fromBpmn } from '../../server/bpmn/from-bpmn'
import { toBpmn } from '../../server/bpmn/to-bpmn'
import type { Edge, Entity, Flow, FlowNode } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { root } from '../support/sources'

const label = { en: 'x', zh: 'x' }
const into = { name: 'imported', entity: 'thing' }
const roundTrip = async (flow: Flow) => (await fromBpmn(await toBpmn(flow, 'zh'), into)).flow

test('the flows of the template come back as they were', async () => {
  const folder = join(root, 'seed/flows')
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.json'))) {
    const flow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Flow
    expect(await roundTrip(flow)).toEqual(flow)
  }
})

const text = fc.string({ unit: 'binary', maxLength: 12 })
const labels = fc.record({ en: text, zh: text })
const node: fc.Arbitrary<Omit<FlowNode, 'id'>> = fc.oneof(
  fc.record({ type: fc.constant('approval' as const), label: labels, assignees: fc.constant([{ kind: 'manager' as const }]) }),
  fc.record({ type: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const), label: labels }),
  fc.record({ type: fc.constant('end' as const), result: fc.constantFrom('approved' as const, 'rejected' as const) }),
  fc.record({ type: fc.constant('timer' as const), after: fc.constant('P1D') }),
  fc.record({ type: fc.constant('start' as const) }),
) as never
const flows = fc.array(node, { minLength: 2, maxLength: 12 }).chain((nodes) => {
  const id = fc.integer({ min: 0, max: nodes.length - 1 }).map((n) => `n${n}`)
  const edges = fc.array(fc.record({ source: id, target: id, label: labels, when: fc.oneof(fc.constant(undefined), fc.constantFrom("amount > 1 && name != '<a>'", 'x == "]]>"')), order: fc.nat() }), { maxLength: 20 })
  return fc.record({ edges, layout: fc.constantFrom(undefined, { n0: { x: -5, y: 7.5 } }) }).map(({ edges: ways, layout }): Flow => ({
    kind: 'flow', name: 'random', label, entity: 'thing', ...(layout && { layout }), nodes: nodes.map((n, i) => ({ id: `n${i}`, ...n }) as FlowNode),
    edges: ways.map(({ when, ...e }, i): Edge => ({ id: `n${i}`, ...e, ...(when !== undefined && { when }) })),
  }))
})

test('so does any draft, whatever its labels and conditions', async () => {
  await fc.assert(fc.asyncProperty(flows, async (flow) => { expect(await roundTrip(flow)).toEqual(flow) }), { numRuns: 60 })
})

test('names that were changed in another tool are taken over', async () => {
  const flow: Flow = { kind: 'flow', name: 'f', label, entity: 'thing', nodes: [{ id: 'start', type: 'start' }, { id: 'a', type: 'approval', label: { en: 'Boss', zh: '上级' }, assignees: [{ kind: 'manager', levels: 2 }] }, { id: 'end', type: 'end', result: 'approved' }], edges: [{ id: 'e1', source: 'start', target: 'a' }, { id: 'e2', source: 'a', target: 'end' }] }
  const xml = (await toBpmn(flow, 'zh')).replace('name="上级"', 'name="总监"')
  expect((await fromBpmn(xml, into)).flow.nodes[1]).toEqual({ ...flow.nodes[1], label: { en: '总监', zh: '总监' } })
})

const foreign = (body: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="http://x">${more}<bpmn:process id="P" name="Order">${body}</bpmn:process></bpmn:definitions>`
const way = (id: string, from: string, to: string, condition = '') => `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`

test('a file of another tool: what maps is a flow that can be published, the rest is named', async () => {
  const { flow, notes } = await fromBpmn(foreign(`
    <bpmn:startEvent id="StartEvent_1"/>
    <bpmn:userTask id="Task_Boss" name="Boss" camunda:assignee="mia"/>
    <bpmn:exclusiveGateway id="Gateway-1" default="F4"/>
    <bpmn:serviceTask id="Send_Mail" name="Mail"/>
    <bpmn:userTask id="Task_Top" name="Top" camunda:candidateGroups="\${groups}"/>
    <bpmn:endEvent id="End_Ok"/><bpmn:endEvent id="End_No"><bpmn:terminateEventDefinition/></bpmn:endEvent>
    <bpmn:subProcess id="Sub"/>
    ${way('F1', 'StartEvent_1', 'Task_Boss')}${way('F2', 'Task_Boss', 'Gateway-1')}${way('F3', 'Gateway-1', 'Send_Mail', '${flag}')}${way('F4', 'Gateway-1', 'End_No')}${way('F5', 'Send_Mail', 'Task_Top')}${way('F6', 'Task_Top', 'End_Ok')}`), into)
  expect(flow.nodes.map((n) => `${n.id} ${n.type}`)).toEqual(['startEvent1 start', 'taskBoss approval', 'gateway1 exclusive', 'taskTop approval', 'endOk end', 'endNo end'])
  expect(flow.nodes[1]).toMatchObject({ label: { en: 'Boss' }, assignees: [{ kind: 'user', user: 'mia' }] })
  expect(flow.edges.map((e) => [e.source, e.target, e.when ?? (e.default ? 'default' : '')].join(' ').trim())).toEqual(['startEvent1 taskBoss', 'taskBoss gateway1', 'gateway1 taskTop flag', 'gateway1 endNo default', 'taskTop endOk'])
  expect(notes.map((n) => `${n.code} ${String(n.params!.element)}`).sort()).toEqual(['bpmnAssignee Task_Top', 'bpmnIgnored Send_Mail', 'bpmnIgnored Sub'])
  const thing: Entity = { kind: 'entity', name: 'thing', label, titleField: 'title', fields: [{ name: 'title', type: 'text', label }, { name: 'flag', type: 'boolean', label }] }
  expect(compileCatalog([...systemDefinitions, thing, { ...flow, nodes: flow.nodes }]).problems.filter((p) => p.kind === 'flow')).toEqual([])
})

test('what other tools leave unsaid is said: a start, an end, a split', async () => {
  const { flow } = await fromBpmn(foreign(`<bpmn:task id="a"/><bpmn:task id="b"/><bpmn:task id="c"/>${way('F1', 'a', 'b')}${way('F2', 'a', 'c')}`), into)
  expect(flow.nodes.map((n) => n.type).sort()).toEqual(['approval', 'approval', 'approval', 'end', 'parallel', 'start'])
  expect(flow.edges).toHaveLength(6)
})

describe('refused in little time', () => {
  const nested = '<bpmn:subProcess id="s">'.repeat(5000)
  test.each([
    ['entities', `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${foreign('')}`],
    ['entities after a comment', `<!-- --><!ENTITY a SYSTEM "file:///etc/passwd">${foreign('')}`],
    ['5 MB', foreign(`<bpmn:task id="${'x'.repeat(5_000_000)}"/>`)],
    ['deep nesting', foreign(nested)],
    ['many elements', foreign('<bpmn:task id="t"/>'.repeat(50_000))],
    ['no XML', 'hello'], ['nothing', ''], ['open for ever', '<'.repeat(100_000)], ['comments that do not end', '<!--'.repeat(100_000)],
    ['another language', '<html><body/></html>'],
    ['no process', foreign('').replace(/<bpmn:process.*process>/s, '')],
  ])('%s', async (_, xml) => { await expect(fromBpmn(xml, into)).rejects.toMatchObject({ status: 422, code: 'badBpmn' }) })
})
