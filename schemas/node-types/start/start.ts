import type { StartNode } from '../../generated/types'
import { plainWays, type NodeType } from '../node-type'

export const start: NodeType<StartNode> = {
  isStart: true,
  waits: false,
  // Whoever submitted corrects what was sent back.
  enter: (_node, { out, round, initiator }) => (round > 1 ? { kind: 'ask', assignees: [initiator] } : { kind: 'move', edges: out }),
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: false }),
}
