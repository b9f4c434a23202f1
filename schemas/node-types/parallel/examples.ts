import type { Edge, ParallelNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const out: Edge[] = [{ id: 'a', source: 'fork', target: 'director' }, { id: 'b', source: 'fork', target: 'finance' }]

export const examples: NodeExamples<ParallelNode>[] = [{
  node: { id: 'fork', type: 'parallel' },
  cases: [
    { name: 'one way in: it splits', view: { out, into: 1 }, on: 'enter', step: { kind: 'move', edges: out } },
    { name: 'several ways in: it waits for the others', view: { out: [out[0]!], into: 2 }, on: 'enter', step: { kind: 'join', edges: [out[0]!] } },
    { name: 'it can join and split again', view: { out, into: 3 }, on: 'enter', step: { kind: 'join', edges: out } },
  ],
}]
