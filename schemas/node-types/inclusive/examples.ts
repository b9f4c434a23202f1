import type { Edge, InclusiveNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const legal: Edge = { id: 'legal', source: 'by', target: 'lawyer', when: 'foreign', order: 1 }
const money: Edge = { id: 'money', source: 'by', target: 'finance', when: 'large', order: 2 }
const other: Edge = { id: 'other', source: 'by', target: 'end', default: true, order: 3 }
const on: Edge = { id: 'on', source: 'by', target: 'end' }
const out = [legal, money, other]
const holding = (...conditions: string[]) => (condition: string) => conditions.includes(condition)

export const examples: NodeExamples<InclusiveNode>[] = [{
  node: { id: 'by', type: 'inclusive' },
  cases: [
    { name: 'every way whose condition holds', view: { out, holds: holding('foreign', 'large') }, on: 'enter', step: { kind: 'move', edges: [legal, money] } },
    { name: 'one of them', view: { out, holds: holding('large') }, on: 'enter', step: { kind: 'move', edges: [money] } },
    { name: 'none: the default', view: { out, holds: holding() }, on: 'enter', step: { kind: 'move', edges: [other] } },
    { name: 'none, and no default: an incident', view: { out: [legal, money], holds: holding() }, on: 'enter', step: { kind: 'incident' } },
    { name: 'several ways in: it waits for those that were taken', view: { out: [on], into: 2 }, on: 'enter', step: { kind: 'join', edges: [on] } },
  ],
}]
