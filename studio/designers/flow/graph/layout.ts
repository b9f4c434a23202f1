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
export type Places = Record<string, Point>
/** `lanes`: where each edge runs down between its nodes, with room for its label; centres by edge id. */
export interface Layout { places: Places; lanes: Record<string, Point> }

const gaps = { rankdir: 'TB', nodesep: 36, ranksep: 44, edgesep: 28, marginx: 16, marginy: 16 } as const
/** Room on each edge for its + button, and for its condition where it may have one. */
const roomOf = (several: boolean) => ({ width: several ? 132 : 24, height: several ? 46 : 24, labelpos: 'c' })

/** Automatic positions of all nodes and lanes of all edges. */
export function autoLayout(flow: Flow, sizeOf: (id: string) => Size): Layout {
  const graph = graphOf(flow, sizeOf)
  layout(graph, { customOrder: (inner) => assignOrder(inner, flow) })
  const places = Object.fromEntries(flow.nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(id) as Point & Size
    return [id, { x: x - width / 2, y: y - height / 2 }]
  }))
  const lanes = Object.fromEntries(graph.edges().map((e) => { const { x, y } = graph.edge(e) as Point; return [e.name!, { x, y }] }))
  return { places, lanes }
}

/** Automatic positions, with those that were chosen by hand; nodes without one follow the shift of the node before them. */
export function placed(flow: Flow, auto: Layout): Layout {
  const places: Places = {}
  const visit = (id: string, shift: Point) => {
    const at = auto.places[id]
    if (!at || places[id]) return
    const here = flow.layout?.[id] ?? { x: at.x + shift.x, y: at.y + shift.y }
    places[id] = here
    const own = { x: here.x - at.x, y: here.y - at.y }
    for (const edge of outgoing(flow, id)) visit(edge.target, own)
  }
  for (const node of flow.nodes) visit(node.id, { x: 0, y: 0 })
  return { places, lanes: shiftedLanes(flow, auto, places) }
}

/** A lane moves with the nodes at its ends. */
function shiftedLanes(flow: Flow, auto: Layout, places: Places): Layout['lanes'] {
  const shift = (id: string, axis: 'x' | 'y') => (places[id]?.[axis] ?? 0) - (auto.places[id]?.[axis] ?? 0)
  const half = (e: Flow['edges'][number], axis: 'x' | 'y') => (shift(e.source, axis) + shift(e.target, axis)) / 2
  return Object.fromEntries(flow.edges.filter((e) => auto.lanes[e.id]).map((e) => {
    const { x, y } = auto.lanes[e.id]!
    return [e.id, { x: x + half(e, 'x'), y: y + half(e, 'y') }]
  }))
}

function graphOf(flow: Flow, sizeOf: (id: string) => Size): Graph {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ ...gaps })
  for (const { id } of flow.nodes) graph.setNode(id, { ...sizeOf(id) })
  for (const { id } of flow.nodes) {
    const ways = outgoing(flow, id)
    for (const e of ways) if (graph.hasNode(e.target)) graph.setEdge(e.source, e.target, roomOf(ways.length > 1), e.id)
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
