import type { Edge, ForEachNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const out: Edge[] = [{ id: 'on', source: 'each', target: 'end' }]
const items = [{ flow: 'check', row: 'a' }, { flow: 'check', row: 'b' }]

export const examples: NodeExamples<ForEachNode>[] = [
  {
    node: { id: 'each', type: 'forEach', flow: 'check', of: 'lines' },
    cases: [
      { name: 'one for each', view: { calls: () => items }, on: 'enter', step: { kind: 'call', items } },
      { name: 'nothing to run it for: an incident, never a silent approval', view: {}, on: 'enter', step: { kind: 'incident' } },
      { name: 'all: the others are waited for', view: { out, results: ['approved', null] }, on: 'called', step: { kind: 'wait' } },
      { name: 'all: the last one decides', view: { out, results: ['approved', 'approved'] }, on: 'called', step: { kind: 'move', edges: out } },
      { name: 'all: one that is not approved decides', view: { out, results: [null, 'rejected'] }, on: 'called', step: { kind: 'rejected' } },
    ],
  },
  {
    node: { id: 'each', type: 'forEach', flow: 'check', entity: 'line', via: 'thing', mode: 'any' },
    cases: [
      { name: 'any: one is enough', view: { out, results: [null, 'approved'] }, on: 'called', step: { kind: 'move', edges: out } },
      { name: 'any: the others may still be approved', view: { out, results: ['rejected', null] }, on: 'called', step: { kind: 'wait' } },
      { name: 'any: none was', view: { out, results: ['rejected', 'withdrawn'] }, on: 'called', step: { kind: 'rejected' } },
    ],
  },
]
