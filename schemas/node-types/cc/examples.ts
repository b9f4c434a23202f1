import type { CcNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const out = [{ id: 'on', source: 'tell', target: 'end' }]

export const examples: NodeExamples<CcNode>[] = [{
  node: { id: 'tell', type: 'cc', assignees: [{ kind: 'role', role: 'finance' }, { kind: 'user', user: 'ivy' }, { kind: 'user', user: 'fay' }] },
  cases: [{ name: 'everybody once, without those who left, and on at once', view: { out }, on: 'enter', step: { kind: 'tell', people: ['fay', 'fred'], edges: out } }],
}, {
  node: { id: 'tell', type: 'cc', assignees: [{ kind: 'role', role: 'nobody' }] },
  cases: [{ name: 'nobody to tell: it goes on', view: { out }, on: 'enter', step: { kind: 'tell', people: [], edges: out } }],
}]
