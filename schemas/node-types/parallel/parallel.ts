import type { ParallelNode } from '../../generated/types'
import { noConditions, type NodeType } from '../node-type'

export const parallel: NodeType<ParallelNode> = {
  waits: false,
  enter: (_node, { out, into }) => ({ kind: into > 1 ? 'join' : 'move', edges: out }),
  checkEdges: (_node, out, into) => {
    if (into.length === 0) return { en: 'no way leads to it', zh: '没有路径通向它' }
    if (out.length === 0) return { en: 'no way leads out', zh: '没有引出路径' }
    if (out.length === 1 && into.length === 1) return { en: 'it neither splits nor joins', zh: '既没有分支也没有汇合' }
    return noConditions(out)
  },
}
