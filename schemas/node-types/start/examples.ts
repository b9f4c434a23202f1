import type { StartNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const out = [{ id: 'go', source: 'start', target: 'next' }]

export const examples: NodeExamples<StartNode>[] = [{
  node: { id: 'start', type: 'start' },
  cases: [{ name: 'goes on at once', view: { out, into: 0 }, on: 'enter', step: { kind: 'move', edges: out } }],
}]
