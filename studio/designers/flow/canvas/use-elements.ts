import { MarkerType, type Edge, type Node } from '@xyflow/react'
import { useMemo } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import type { Layout } from '../graph/layout'
import { nodeOf } from '../graph/graph'
import { removable } from '../graph/edit'
import { viewOf } from '../node-views'
import type { Chosen } from './CanvasContext'

const marker = { type: MarkerType.ArrowClosed, width: 14, height: 14, color: '#8a97a8' }

/** The flow as React Flow wants it. */
export function useElements(flow: Flow, layout: Layout, chosen: Chosen | undefined): { nodes: Node[]; edges: Edge[] } {
  const { nodes: own, edges: ways } = flow
  const nodes = useMemo(() => own.map((node): Node => {
    const { width, height } = viewOf(node).size
    return { id: node.id, type: 'flow', position: layout.places[node.id] ?? { x: 0, y: 0 }, width, height, data: {}, selected: isNode(chosen, node.id), deletable: removable(flow, node) }
  }), [flow, own, layout, chosen])
  const edges = useMemo(() => ways.map((edge): Edge => ({
    id: edge.id, type: 'way', source: edge.source, target: edge.target, markerEnd: marker, selected: isEdge(chosen, edge.id), ...sides(edge.source, edge.target, layout, flow),
  })), [ways, layout, chosen, flow])
  return { nodes, edges }
}

const isNode = (chosen: Chosen | undefined, id: string) => chosen !== undefined && 'node' in chosen && chosen.node === id
const isEdge = (chosen: Chosen | undefined, id: string) => chosen !== undefined && 'edge' in chosen && chosen.edge === id

/** Downwards as a rule; sideways where the target stands beside the source, or was put further aside than below by hand. */
function sides(source: string, target: string, { places }: Layout, flow: Flow): { sourceHandle: string; targetHandle: string } {
  const [from, to] = [places[source], places[target]]
  const node = nodeOf(flow, source)
  const { width, height } = node ? viewOf(node).size : { width: 0, height: 0 }
  const [aside, below] = from && to ? [to.x - from.x - width, to.y - from.y - height] : [0, 0]
  const byHand = flow.layout?.[source] !== undefined || flow.layout?.[target] !== undefined
  const sideways = aside > 0 && (byHand ? aside > below : below < 0)
  return sideways ? { sourceHandle: 'right', targetHandle: 'left' } : { sourceHandle: 'bottom', targetHandle: 'top' }
}
