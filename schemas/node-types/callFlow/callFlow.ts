import type { CallFlowNode } from '../../generated/types'
import { checkResultWays, concluded, type NodeType } from '../node-type'

export const callFlow: NodeType<CallFlowNode> = {
  waits: true,
  enter: (_node, { calls }) => {
    const items = calls()
    return items.length > 0 ? { kind: 'call', items } : { kind: 'incident', reason: { code: 'nothingToCall' } }
  },
  called: (_node, view) => { const [result] = view.results; return result === null || result === undefined ? { kind: 'wait' } : concluded(view, result) },
  checkEdges: (_node, out, into) => checkResultWays(out, into),
  readsResult: true,
  calling: ({ flow, on }) => ({ flow, ...(on !== undefined && { field: on }) }),
}
