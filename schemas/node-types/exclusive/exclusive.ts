import type { ExclusiveNode } from '../../generated/types'
import type { NodeType } from '../node-type'

export const exclusive: NodeType<ExclusiveNode> = {
  waits: false,
  enter: (_node, { out, holds }) => {
    const way = out.find((edge) => edge.when !== undefined && holds(edge.when)) ?? out.find((edge) => edge.default)
    return way ? { kind: 'move', edges: [way] } : { kind: 'incident', reason: 'no way out applies' }
  },
  checkEdges: (_node, out, into) => {
    if (into.length === 0) return { en: 'no way leads to it', zh: '没有路径通向它' }
    if (out.filter((e) => e.default).length !== 1) return { en: 'exactly one way out must be the default', zh: '必须恰有一条默认路径' }
    if (out.some((e) => !e.default && e.when === undefined)) return { en: 'every way out that is not the default needs a condition', zh: '非默认路径必须设置条件' }
    return undefined
  },
}
