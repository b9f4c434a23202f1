import type { StartNode } from '../../generated/types'
import { plainWays, type NodeType } from '../node-type'

export const start: NodeType<StartNode> = {
  isStart: true,
  waits: false,
  enter: (_node, { out }) => ({ kind: 'move', edges: out }),
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: false }),
}
