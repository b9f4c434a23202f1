import type { Effect, HandleNode } from '../../generated/types'
import type { NodeExamples, TaskView } from '../node-type'

/** In the test company mia is ann's manager; fay and fred are finance. */
const node = (members: Partial<HandleNode> = {}): HandleNode => ({ id: 'pack', type: 'handle', assignees: [{ kind: 'role', role: 'finance' }], ...members })
const out = [{ id: 'on', source: 'pack', target: 'end' }]
const done: Effect = { id: 'done', kind: 'setField', values: { status: "'packed'" } }
const tasks = (...statuses: TaskView['status'][]): TaskView[] => statuses.map((status, i) => ({ key: `pack.1.${i}`, assignee: `person${i}`, status }))

export const examples: NodeExamples<HandleNode>[] = [
  { node: node(), cases: [{ name: 'everybody it is for is asked', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['fay', 'fred'] } }] },
  { node: node({ effects: { onApproved: [done] } }), cases: [{ name: 'one of them has done it', view: { out, tasks: tasks('open', 'approved') }, on: 'decided', step: { kind: 'approved', effects: [done], edges: out } }] },
  { node: node({ multi: { mode: 'all' } }), cases: [{ name: 'everybody has to', view: { out, tasks: tasks('open', 'approved') }, on: 'decided', step: { kind: 'wait' } }] },
]
