import type { DecisionTableNode, Edge } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const top: Edge = { id: 'top', source: 'rule', target: 'boss', when: "result.level == 'boss'", order: 1 }
const other: Edge = { id: 'other', source: 'rule', target: 'end', default: true, order: 2 }
const out = [top, other]
const lookup = () => ({ outputs: { level: 'boss' }, note: 'levels v1, row r1' })

export const examples: NodeExamples<DecisionTableNode>[] = [{
  node: { id: 'rule', type: 'decisionTable', table: 'levels', inputs: { amount: 'amount' } },
  cases: [
    { name: 'the way for what the table answers, and the trail says by which line', view: { out, lookup, holds: (_c, result) => (result as { level?: string }).level === 'boss' }, on: 'enter', step: { kind: 'move', edges: [top], note: 'levels v1, row r1' } },
    { name: 'no line fits: the default', view: { out }, on: 'enter', step: { kind: 'move', edges: [other] } },
  ],
}]
