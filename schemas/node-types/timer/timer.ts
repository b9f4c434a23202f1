import type { TimerNode } from '../../generated/types'
import { plainWays, type NodeExpression, type NodeType } from '../node-type'

export const timer: NodeType<TimerNode> = {
  waits: true,
  enter: (_node, { moment }) => {
    const until = moment()
    return until === undefined ? { kind: 'incident', reason: { code: 'noMoment' } } : { kind: 'pause', until }
  },
  checkEdges: (node, out, into) => ((node.after === undefined) === (node.until === undefined) ? { en: 'give either “after” or “until”', zh: '须填写 after 或 until 之一' } : plainWays(out, into, { out: 1, into: true })),
  expressions: ({ until }): Record<string, NodeExpression> => (until === undefined ? {} : { until: { source: until, type: 'moment' } }),
}
