/**
 * Positions for the canvas, top to bottom. Ranks and coordinates come from dagre; the order within a rank is ours, because dagre
 * minimises crossings and would swap branches: here branches stand in the order in which they are tried.
 */
import { Graph, layout, type Edge as LayoutEdge } from '@dagrejs/dagre'
import type { Flow } from '../../../../schemas/generated/types'
import { outgoing } from './graph'

export interface Point { x: number; y: number }
export interface Size { width: number; height: number }
/** Top left corners by node id. */
export type Layout = Record<string, Point>

const gaps = { rankdir: 'TB', nodesep: 36, ranksep: 44, edgesep: 28, marginx: 16, marginy: 16 } as const
/** Room on each edge for its condition and its + button. */
const edgeRoom = { width: 132, height: 34, labelpos: 'c' } as const

/** Automatic positions of all nodes. */
export function autoLayout(flow: Flow, sizeOf: (id: string) => Size): Layout {
  const graph = graphOf(flow, sizeOf)
  layout(graph, { customOrder: (inner) => assignOrder(inner, flow) })
  return Object.fromEntries(flow.nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(id) as Point & Size
    return [id, { x: x - width / 2, y: y - height / 2 }]
  }))
}

/** Automatic positions, with those that were chosen by hand; nodes without one follow the shift of the node before them. */
export function placed(flow: Flow, auto: Layout): Layout {
  const result: Layout = {}
  const visit = (id: string, shift: Point) => {
    const at = auto[id]
    if (!at || result[id]) return
    result[id] = flow.layout?.[id] ?? { x: at.x + shift.x, y: at.y + shift.y }
    const own = { x: result[id].x - at.x, y: result[id].y - at.y }
    for (const edge of outgoing(flow, id)) visit(edge.target, own)
  }
  for (const node of flow.nodes) visit(node.id, { x: 0, y: 0 })
  return result
}

function graphOf(flow: Flow, sizeOf: (id: string) => Size): Graph {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ ...gaps })
  for (const { id } of flow.nodes) graph.setNode(id, { ...sizeOf(id) })
  for (const { id } of flow.nodes) {
    for (const e of outgoing(flow, id)) if (graph.hasNode(e.target)) graph.setEdge(e.source, e.target, { ...edgeRoom }, e.id)
  }
  return graph
}

/** Walks depth first along the branches in their order; each node takes the next free place of its rank. */
function assignOrder(graph: Graph, flow: Flow): void {
  const places = new Map(flow.nodes.flatMap(({ id }) => outgoing(flow, id).map((e, i) => [e.id, i] as const)))
  const taken = new Map<number, number>()
  const seen = new Set<string>()
  const branch = (edge: LayoutEdge) => places.get(edge.name ?? '') ?? places.get((graph.node(edge.w) as { edgeObj?: LayoutEdge }).edgeObj?.name ?? '') ?? 0
  const visit = (id: string) => {
    if (seen.has(id)) return
    seen.add(id)
    const node = graph.node(id) as { rank: number; order: number }
    node.order = taken.get(node.rank) ?? 0
    taken.set(node.rank, node.order + 1)
    for (const edge of (graph.outEdges(id) ?? []).toSorted((a, b) => branch(a) - branch(b))) visit(edge.w)
  }
  for (const id of graph.nodes().toSorted((a, b) => rank(graph, a) - rank(graph, b))) visit(id)
}

const rank = (graph: Graph, id: string) => (graph.node(id) as { rank: number }).rank
