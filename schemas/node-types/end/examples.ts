import type { Effect, EndNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const effects: Effect[] = [{ id: 'set', kind: 'setField', values: { status: "'approved'" } }]

export const examples: NodeExamples<EndNode>[] = [
  {
    node: { id: 'end', type: 'end', result: 'approved', effects },
    cases: [{ name: 'ends with its result and its effects', view: { out: [] }, on: 'enter', step: { kind: 'end', result: 'approved', effects } }],
  },
  {
    node: { id: 'end', type: 'end', result: 'rejected' },
    cases: [{ name: 'may reject, and needs no effects', view: { out: [] }, on: 'enter', step: { kind: 'end', result: 'rejected', effects: [] } }],
  },
]
