import { useMemo } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { nodeOf } from '../graph/graph'
import { autoLayout, placed, type Layout } from '../graph/layout'
import { viewOf } from '../node-views'

/** Where everything stands. Laid out anew only when the graph itself changes, not while a label is being typed. */
export function useLayout(flow: Flow): Layout {
  const graph = graphKey(flow)
  const auto = useMemo(() => autoLayout(flow, (id) => viewOf(nodeOf(flow, id)!).size), [graph])
  return useMemo(() => placed(flow, auto), [auto, flow.layout])
}

const graphKey = ({ nodes, edges }: Flow): string =>
  JSON.stringify([nodes.map((n) => [n.id, n.type]), edges.map((e) => [e.id, e.source, e.target, e.order, e.default])])
