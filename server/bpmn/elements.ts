/** Which element of BPMN stands for which node, both ways. A node type that is not listed becomes a plain task and comes back by what it carries. */
import type { Assignee, FlowNode } from '../../schemas/generated/types'
import { moddle, type Element } from './moddle'

interface Shape { element: string; size: readonly [width: number, height: number]; members?: (node: FlowNode) => object }

const task = [100, 80] as const
const gateway = [50, 50] as const
const event = [36, 36] as const
const terminate = () => ({ eventDefinitions: [moddle.create('bpmn:TerminateEventDefinition')] })

const shapes: Record<string, Shape> = {
  start: { element: 'StartEvent', size: event },
  end: { element: 'EndEvent', size: event, members: (node) => ((node as { result?: string }).result === 'rejected' ? terminate() : {}) },
  approval: { element: 'UserTask', size: task },
  handle: { element: 'UserTask', size: task },
  cc: { element: 'SendTask', size: task },
  exclusive: { element: 'ExclusiveGateway', size: gateway },
  parallel: { element: 'ParallelGateway', size: gateway },
  inclusive: { element: 'InclusiveGateway', size: gateway },
  decisionTable: { element: 'BusinessRuleTask', size: task },
  callFlow: { element: 'CallActivity', size: task },
  forEach: { element: 'CallActivity', size: task, members: () => ({ loopCharacteristics: moddle.create('bpmn:MultiInstanceLoopCharacteristics') }) },
  timer: { element: 'IntermediateCatchEvent', size: event, members: () => ({ eventDefinitions: [moddle.create('bpmn:TimerEventDefinition')] }) },
  service: { element: 'ServiceTask', size: task },
}
const plain: Shape = { element: 'Task', size: task }

export const shapeOf = (node: FlowNode): Shape => shapes[node.type] ?? plain

/** Elements that may name a way to be taken when no other is. */
const choosing = new Set(['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway'])
export const hasDefault = ({ $type }: Element) => choosing.has($type)

/** A node as far as the element says; `guessed`: it does not say who is asked. */
export interface Made { node: Omit<FlowNode, 'id'>; guessed?: boolean }

const people = (element: Element): Made => {
  const assignees = assigneesOf(element)
  return { node: { type: 'approval', assignees: assignees.length > 0 ? assignees : [{ kind: 'manager', levels: 1 }] } as Omit<FlowNode, 'id'>, guessed: assignees.length === 0 }
}

/** Elements of other tools that have a counterpart. */
export const makers: Record<string, (element: Element) => Made> = {
  'bpmn:StartEvent': () => ({ node: { type: 'start' } as Omit<FlowNode, 'id'> }),
  'bpmn:EndEvent': ({ eventDefinitions = [] }) => ({ node: { type: 'end', result: eventDefinitions.some((e) => /Terminate|Error|Cancel/.test(e.$type)) ? 'rejected' : 'approved' } as Omit<FlowNode, 'id'> }),
  'bpmn:UserTask': people,
  'bpmn:ManualTask': people,
  'bpmn:Task': people,
  'bpmn:ExclusiveGateway': () => ({ node: { type: 'exclusive' } as Omit<FlowNode, 'id'> }),
  'bpmn:ParallelGateway': () => ({ node: { type: 'parallel' } as Omit<FlowNode, 'id'> }),
}

const name = /^(x_)?[a-z][A-Za-z0-9]{0,58}$/

/** People and groups as Camunda, Flowable and Activiti write them; expressions of theirs are not ours. */
function assigneesOf({ $attrs = {} }: Element): Assignee[] {
  const named = (member: string) => Object.entries($attrs).filter(([key]) => key.endsWith(`:${member}`)).flatMap(([, value]) => value.split(',').map((v) => v.trim())).filter((v) => v !== '' && !/[${}#]/.test(v))
  const users = [...named('assignee'), ...named('candidateUsers')].map((user): Assignee => ({ kind: 'user', user: user.slice(0, 100) }))
  return [...users, ...named('candidateGroups').filter((g) => name.test(g)).map((role): Assignee => ({ kind: 'role', role }))]
}
