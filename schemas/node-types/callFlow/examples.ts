import type { CallFlowNode, Edge } from '../../generated/types'
import type { NodeExamples } from '../node-type'

const out: Edge[] = [{ id: 'on', source: 'check', target: 'end' }]
const no: Edge = { id: 'no', source: 'check', target: 'talk', when: "result != 'approved'", order: 1 }
const yes: Edge = { id: 'yes', source: 'check', target: 'end', default: true, order: 2 }
const holds = (_condition: string, result?: unknown) => result !== 'approved'

export const examples: NodeExamples<CallFlowNode>[] = [{
  node: { id: 'check', type: 'callFlow', flow: 'creditCheck' },
  cases: [
    { name: 'runs the flow and waits', view: { calls: () => [{ flow: 'creditCheck' }] }, on: 'enter', step: { kind: 'call', items: [{ flow: 'creditCheck' }] } },
    { name: 'no record to run it on: an incident', view: {}, on: 'enter', step: { kind: 'incident' } },
    { name: 'approved: it goes on', view: { out, results: ['approved'] }, on: 'called', step: { kind: 'move', edges: out } },
    { name: 'anything else is a rejection', view: { out, results: ['withdrawn'] }, on: 'called', step: { kind: 'rejected' } },
    { name: 'unless a way asks for the result', view: { out: [no, yes], results: ['rejected'], holds }, on: 'called', step: { kind: 'move', edges: [no] } },
    { name: 'the default of such ways', view: { out: [no, yes], results: ['approved'], holds }, on: 'called', step: { kind: 'move', edges: [yes] } },
  ],
}]
