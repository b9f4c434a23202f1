import type { EndNode } from '../../generated/types'
import { plainWays, type NodeType } from '../node-type'

export const end: NodeType<EndNode> = {
  isEnd: true,
  waits: false,
  enter: (node) => ({ kind: 'end', result: node.result, effects: node.effects ?? [] }),
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 0, into: true }),
  effects: (node) => ({ effects: node.effects }),
}
