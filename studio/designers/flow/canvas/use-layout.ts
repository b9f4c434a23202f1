import { useMemo } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { nodeOf } from '../graph/graph'
import { autoLayout, placed, type Layout } from '../graph/layout'
import { viewOf } from '../node-views'

/** Where everything stands. Laid out anew only when the graph itself changes, not while a label is being typed. */
export function useLayout(flow: Flow): Layout {
  const outline = outlineOf(flow)
  const { graph, auto } = useMemo(() => {
    const parsed = JSON.parse(outline) as Flow
    return { graph: parsed, auto: autoLayout(parsed, (id) => viewOf(nodeOf(parsed, id)!).size) }
  }, [outline])
  const { layout } = flow
  return useMemo(() => placed({ ...graph, ...(layout && { layout }) }, auto), [graph, auto, layout])
}

/** What the layout depends on. */
const outlineOf = ({ nodes, edges }: Flow): string => JSON.stringify({
  nodes: nodes.map(({ id, type }) => ({ id, type })),
  edges: edges.map(({ id, source, target, order, default: isDefault }) => ({ id, source, target, order, default: isDefault })),
})
