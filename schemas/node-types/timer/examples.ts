import type { TimerNode } from '../../generated/types'
import type { NodeExamples } from '../node-type'

export const examples: NodeExamples<TimerNode>[] = [
  { node: { id: 'pause', type: 'timer', after: 'P2D' }, cases: [{ name: 'waits for the moment it is told', view: { moment: () => '2026-12-01T01:00:00.000Z' }, on: 'enter', step: { kind: 'pause', until: '2026-12-01T01:00:00.000Z' } }] },
  { node: { id: 'pause', type: 'timer', until: 'signedOn' }, cases: [{ name: 'the record tells none: an incident, never a silent going on', view: {}, on: 'enter', step: { kind: 'incident' } }] },
]
