import type { Edge, InclusiveNode } from '../../generated/types'
import { checkChoice, type NodeType } from '../node-type'

export const inclusive: NodeType<InclusiveNode> = {
  waits: false,
  enter: (_node, { out, into, holds }) => {
    const edges = chosen(out, (edge) => edge.when === undefined || holds(edge.when))
    return edges.length > 0 ? { kind: into > 1 ? 'join' : 'move', edges } : { kind: 'incident', reason: { code: 'noWayOut' } }
  },
  checkEdges: (_node, out, into) => {
    if (out.length === 0) return { en: 'no way leads out', zh: '没有引出路径' }
    if (out.length > 1) return checkChoice(out, into)
    return into.length > 1 && out[0]!.when === undefined ? undefined : { en: 'it neither splits nor joins', zh: '既没有分支也没有汇合' }
  },
}

/** The default is taken when nothing else is. */
function chosen(out: Edge[], applies: (edge: Edge) => boolean): Edge[] {
  const edges = out.filter((edge) => !edge.default && applies(edge))
  return edges.length > 0 ? edges : out.filter((edge) => edge.default)
}
