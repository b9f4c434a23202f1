/** BPMN files over the API: out, in again, and what is refused. */
import type { Flow } from '../../schemas/generated/types'
import { hireStaff, type Sales } from '../support/sales'
import { startTestHost, type TestHost } from '../support/host'
import type { ProblemBody } from '../support/client'

let host: TestHost
let sales: Sales
beforeAll(async () => { host = await startTestHost(); sales = await hireStaff(host) })
afterAll(() => host?.close())

const imported = (body: object, who = sales.as.admin) => who.post<{ definition: Flow; notes: { code: string; message: string; params: { element: string } }[] } & ProblemBody>('/flows/bpmn', body)

test('a published flow goes out and comes in as it was', async () => {
  const text = await sales.as.admin.must(sales.as.admin.get<string>('/flows/contractApproval/bpmn'))
  expect(text).toContain('<bpmn:userTask')
  const { definition, notes } = await sales.as.admin.must(imported({ xml: text }))
  const published = await sales.as.admin.must(sales.as.admin.get<{ definition: Flow }>('/definitions/flow/contractApproval'))
  expect({ definition, notes }).toEqual({ definition: published.definition, notes: [] })
})

test('what does not map is told in the reader’s language, with its element', async () => {
  const xml = '<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><bpmn:process id="P"><bpmn:startEvent id="s"/><bpmn:scriptTask id="Script_1" name="Run"/><bpmn:exclusiveGateway id="g"/><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="Script_1"/><bpmn:sequenceFlow id="f2" sourceRef="Script_1" targetRef="g"/><bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="e"><bpmn:conditionExpression>${nothing &gt; 1}</bpmn:conditionExpression></bpmn:sequenceFlow></bpmn:process></bpmn:definitions>'
  const { definition, notes } = await sales.as.admin.must(imported({ xml, name: 'x_drawn', entity: 'contract' }))
  expect(definition).toMatchObject({ name: 'x_drawn', entity: 'contract', edges: [{ source: 's', target: 'g' }, { source: 'g', target: 'e', when: 'nothing > 1' }] })
  expect(notes.map((n) => [n.code, n.message.length > 10])).toEqual([['bpmnIgnored', true], ['bpmnNoDefault', true], ['bpmnCondition', true]])
  expect((await imported({ xml })).status).toBe(422)
})

test('hostile files and people without the right are refused', async () => {
  const bad = await imported({ xml: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', entity: 'contract' })
  expect({ status: bad.status, paths: bad.body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 422, paths: ['/xml badBpmn'] })
  expect((await imported({ xml: 'x'.repeat(5_000_000), entity: 'contract' })).status).toBe(413)
  expect((await imported({ xml: '' }, sales.as.rep)).status).toBe(403)
  expect((await sales.as.rep.get('/flows/contractApproval/bpmn')).status).toBe(403)
})
