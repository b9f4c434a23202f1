import type { ForEachNode } from '../../generated/types'
import { checkResultWays, concluded, type NodeType } from '../node-type'

export const forEach: NodeType<ForEachNode> = {
  waits: true,
  enter: (_node, view) => {
    const items = view.calls()
    return items.length > 0 ? { kind: 'call', items } : { kind: 'incident', reason: { code: 'nothingToCall' } }
  },
  called: (node, view) => {
    const { results } = view
    const [good, open] = [results.filter((r) => r === 'approved').length, results.filter((r) => r === null).length]
    const any = node.mode === 'any'
    if (any ? good > 0 : good === results.length) return concluded(view, 'approved')
    return (any ? open === 0 : good + open < results.length) ? concluded(view, 'rejected') : { kind: 'wait' }
  },
  checkEdges: (node, out, into) => {
    if ((node.of === undefined) === (node.entity === undefined) || (node.entity === undefined) !== (node.via === undefined)) return { en: 'give either “of”, or “entity” and “via”', zh: '须填写 of，或 entity 与 via' }
    return checkResultWays(out, into)
  },
  readsResult: true,
  calling: ({ flow, of, column, entity, via }) => ({ flow, ...(entity !== undefined && via !== undefined ? { entity, via } : { field: of, column }) }),
}
