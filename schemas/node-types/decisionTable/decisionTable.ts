import type { DecisionTableNode } from '../../generated/types'
import { checkResultWays, type NodeExpression, type NodeType } from '../node-type'

export const decisionTable: NodeType<DecisionTableNode> = {
  waits: false,
  enter: (_node, { out, holds, lookup }) => {
    const { outputs, note } = lookup()
    const way = out.find((edge) => edge.when !== undefined && holds(edge.when, outputs)) ?? out.find((edge) => edge.default || out.length === 1)
    return way ? { kind: 'move', edges: [way], note } : { kind: 'incident', reason: { code: 'noWayOut' } }
  },
  checkEdges: (_node, out, into) => checkResultWays(out, into),
  readsResult: true,
  ruleTable: (node) => node.table,
  expressions: ({ inputs, asOf }): Record<string, NodeExpression> => ({
    ...Object.fromEntries(Object.entries(inputs).map(([name, source]) => [`inputs/${name}`, { source, type: { input: name } }])),
    ...(asOf !== undefined && { asOf: { source: asOf, type: 'moment' as const } }),
  }),
}
