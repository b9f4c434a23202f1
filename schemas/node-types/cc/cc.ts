import type { CcNode } from '../../generated/types'
import { findPeople } from '../../people'
import { plainWays, type NodeType } from '../node-type'

export const cc: NodeType<CcNode> = {
  waits: false,
  enter: (node, view) => ({ kind: 'tell', people: findPeople(node.assignees, view), edges: view.out }),
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: true }),
  assignees: (node) => node.assignees,
}
