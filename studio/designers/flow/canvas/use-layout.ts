import { useMemo } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { nodeOf } from '../graph/graph'
import { autoLayout, placed, type Layout } from '../graph/layout'
import { viewOf } from '../node-views'

/** Where everything stands. Laid out anew only when the graph itself changes, not while a label is being typed. */
export function useLayout(flow: Flow): Layout {
  const outline = outlineOf(flow)
  const auto = useMemo(() => {
    const graph = JSON.parse(outline) as Flow
    return autoLayout(graph, (id) => viewOf(nodeOf(graph, id)!).size)
  }, [outline])
  return useMemo(() => placed(flow, auto), [auto, flow])
}

/** What the layout depends on. */
const outlineOf = ({ nodes, edges }: Flow): string => JSON.stringify({
  nodes: nodes.map(({ id, type }) => ({ id, type })),
  edges: edges.map(({ id, source, target, order, default: isDefault }) => ({ id, source, target, order, default: isDefault })),
})
