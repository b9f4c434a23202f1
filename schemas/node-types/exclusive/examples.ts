import type { Edge, ExclusiveNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const large: Edge = { id: 'large', source: 'by', target: 'boss', when: 'amount > 100', order: 1 }
const medium: Edge = { id: 'medium', source: 'by', target: 'manager', when: 'amount > 10', order: 2 }
const other: Edge = { id: 'other', source: 'by', target: 'end', default: true, order: 3 }
const out = [large, medium, other]
const holding = (...conditions: string[]) => (condition: string) => conditions.includes(condition)

export const examples: NodeExamples<ExclusiveNode>[] = [{
  node: { id: 'by', type: 'exclusive' },
  cases: [
    { name: 'the first way whose condition holds', view: { out, holds: holding('amount > 10', 'amount > 100') }, on: 'enter', step: { kind: 'move', edges: [large] } },
    { name: 'a later way', view: { out, holds: holding('amount > 10') }, on: 'enter', step: { kind: 'move', edges: [medium] } },
    { name: 'no condition holds: the default', view: { out, holds: holding() }, on: 'enter', step: { kind: 'move', edges: [other] } },
    { name: 'the default is the last resort, wherever it stands', view: { out: [other, large], holds: holding('amount > 100') }, on: 'enter', step: { kind: 'move', edges: [large] } },
    { name: 'no condition holds and there is no default: an incident', view: { out: [large, medium], holds: holding() }, on: 'enter', step: { kind: 'incident' } },
  ],
}]
