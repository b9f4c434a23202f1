import type { ApprovalNode } from '../../generated/types'
import { askPeople, countDecisions } from '../asking'
import { effectsOf, plainWays, type NodeType } from '../node-type'

export const approval: NodeType<ApprovalNode> = {
  waits: true,
  asks: true,
  enter: askPeople,
  decided: countDecisions,
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: true }),
  assignees: (node) => node.assignees,
  effects: (node) => effectsOf(node.effects),
}
