import type { HandleNode } from '../../generated/types'
import { askPeople, countDecisions } from '../asking'
import { effectsOf, plainWays, type NodeType } from '../node-type'

/** Like an approval that cannot be refused. */
export const handle: NodeType<HandleNode> = {
  waits: true,
  asks: true,
  withheld: ['reject'],
  enter: askPeople,
  decided: countDecisions,
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: true }),
  assignees: (node) => node.assignees,
  effects: (node) => effectsOf(node.effects),
}
