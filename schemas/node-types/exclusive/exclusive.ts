import type { ExclusiveNode } from '../../generated/types'
import { checkChoice, type NodeType } from '../node-type'

export const exclusive: NodeType<ExclusiveNode> = {
  waits: false,
  enter: (_node, { out, holds }) => {
    const way = out.find((edge) => edge.when !== undefined && holds(edge.when)) ?? out.find((edge) => edge.default)
    return way ? { kind: 'move', edges: [way] } : { kind: 'incident', reason: { code: 'noWayOut' } }
  },
  checkEdges: (_node, out, into) => checkChoice(out, into),
}
