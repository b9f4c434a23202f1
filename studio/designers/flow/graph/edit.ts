/** Edits of a flow. Each returns a new flow that is as sound as the old one, or undefined where it cannot be done. */
import type { Edge, Flow, FlowNode } from '../../../../schemas/generated/types'
import { shapeOf, nodeShapes, type NodeType } from '../node-shapes'
import { newApproval, type NodeShape } from '../node-shapes/node-shape'
import { edgeOf, incoming, meeting, nodeOf, outgoing, reachable, wouldLoop } from './graph'
import { freshNames } from './names'
import { tidied } from './tidied'

/** Types that can be put on an edge. An end only goes where what follows is reached in another way, too. */
export function insertable(flow: Flow, edge: Edge): NodeType[] {
  const needed = !reached(without(flow, edge)).has(edge.target)
  return (Object.entries(nodeShapes) as [NodeType, NodeShape][])
    .filter(([, shape]) => shape.insert && !(shape.ends && needed)).map(([type]) => type)
}

/** Puts a node of a type on an edge; conditions stay with the way into it. */
export function insertOnEdge(flow: Flow, edgeId: string, type: NodeType): { flow: Flow; added: string } | undefined {
  const edge = edgeOf(flow, edgeId)
  const fragment = edge && (nodeShapes[type] as NodeShape).insert?.(freshNames(flow), edge.target)
  if (!fragment) return undefined
  const edges = flow.edges.map((e) => (e.id === edgeId ? { ...e, target: fragment.first } : e))
  return { flow: tidied({ ...flow, nodes: [...flow.nodes, ...fragment.nodes], edges: [...edges, ...fragment.edges] }), added: fragment.first }
}

/** Takes a node out. What led to it leads on along its default or first way; what only its other ways reached goes too. */
export function removeNode(flow: Flow, id: string): Flow | undefined {
  const node = nodeOf(flow, id)
  if (!node || !removable(flow, node)) return undefined
  const ways = outgoing(flow, id)
  const target = (ways.find((e) => e.default) ?? ways[0])?.target
  const edges = flow.edges.filter((e) => e.source !== id)
    .flatMap((e) => (e.target !== id ? [e] : target === undefined ? [] : [{ ...e, target }]))
  return tidied({ ...flow, nodes: flow.nodes.filter((n) => n.id !== id), edges })
}

export function removable(flow: Flow, node: FlowNode): boolean {
  const shape = shapeOf(node)
  if (shape.starts) return false
  if (shape.joins && incoming(flow, node.id).length > 1) return false
  const sources = incoming(flow, node.id).map((e) => e.source)
  return outgoing(flow, node.id).length > 0 || sources.every((s) => outgoing(flow, s).some((e) => e.target !== node.id))
}

/** Takes away one of several ways out of a node, with all that only it reached. */
export function removeEdge(flow: Flow, id: string): Flow | undefined {
  const edge = edgeOf(flow, id)
  return edge && outgoing(flow, edge.source).length > 1 ? tidied(without(flow, edge)) : undefined
}

/** One more way out of a gateway, with an approval on it, to where its ways meet. */
export function addBranch(flow: Flow, gateway: string): { flow: Flow; added: string } | undefined {
  const node = nodeOf(flow, gateway)
  const next = meeting(flow, gateway) ?? outgoing(flow, gateway).at(-1)?.target
  if (!node || !shapeOf(node).gateway || next === undefined) return undefined
  const names = freshNames(flow)
  const step = names.node('approval')
  const ways = [{ id: names.edge(), source: gateway, target: step }, { id: names.edge(), source: step, target: next }]
  const grown = { ...flow, nodes: [...flow.nodes, newApproval(step)], edges: [...withDefault(flow, gateway), ...ways] }
  return { flow: numbered(grown, gateway), added: step }
}

/** Draws a way: one more out of a gateway; out of other nodes it replaces the one there is. */
export function connect(flow: Flow, source: string, target: string): Flow | undefined {
  if (!connectable(flow, source, target)) return undefined
  const present = outgoing(flow, source)[0]
  if (present && !shapeOf(nodeOf(flow, source)!).gateway) return retarget(flow, present.id, target)
  return numbered({ ...flow, edges: [...withDefault(flow, source), { id: freshNames(flow).edge(), source, target }] }, source)
}

/** The only way so far becomes the default where others are to have conditions. */
function withDefault(flow: Flow, source: string): Edge[] {
  const [only, ...others] = outgoing(flow, source)
  if (!shapeOf(nodeOf(flow, source)!).conditions || !only || others.length > 0) return flow.edges
  return flow.edges.map((e) => (e.id === only.id ? { ...e, default: true } : e))
}

export function retarget(flow: Flow, edgeId: string, target: string): Flow | undefined {
  const edge = edgeOf(flow, edgeId)
  if (!edge || !connectable(flow, edge.source, target)) return undefined
  return { ...flow, edges: flow.edges.map((e) => (e.id === edgeId ? { ...e, target } : e)) }
}

export function connectable(flow: Flow, source: string, target: string): boolean {
  const [from, to] = [nodeOf(flow, source), nodeOf(flow, target)]
  if (!from || !to || shapeOf(from).ends || shapeOf(to).starts) return false
  return !wouldLoop(flow, source, target) && !outgoing(flow, source).some((e) => e.target === target)
}

/** Moves a way among its neighbours. */
export function moveEdge(flow: Flow, id: string, by: number): Flow {
  const edge = edgeOf(flow, id)!
  const ways = outgoing(flow, edge.source).filter((e) => !e.default)
  const from = ways.findIndex((e) => e.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ways.length) return flow
  const order = ways.toSpliced(from, 1).toSpliced(to, 0, ways[from]!)
  return { ...flow, edges: flow.edges.map((e) => { const i = order.findIndex((o) => o.id === e.id); return i < 0 ? e : { ...e, order: i + 1 } }) }
}

/** Makes a way the default one; it then has no condition. */
export function makeDefault(flow: Flow, id: string): Flow {
  const source = edgeOf(flow, id)?.source
  const plain = ({ default: _, ...edge }: Edge): Edge => edge
  const become = (e: Edge): Edge => {
    if (e.id !== id) return e.source === source ? plain(e) : e
    const { when: _, ...edge } = e
    return { ...edge, default: true }
  }
  return numbered({ ...flow, edges: flow.edges.map(become) }, source ?? '')
}

/** Writes the order of the ways out of a node as 1, 2, 3, … */
function numbered(flow: Flow, source: string): Flow {
  const order = outgoing(flow, source).map((e) => e.id)
  return { ...flow, edges: flow.edges.map((e) => (e.source === source ? { ...e, order: order.indexOf(e.id) + 1 } : e)) }
}

const without = (flow: Flow, edge: Edge): Flow => ({ ...flow, edges: flow.edges.filter((e) => e.id !== edge.id) })
const reached = (flow: Flow) => reachable(flow.edges, flow.nodes.filter((n) => shapeOf(n).starts).map((n) => n.id))
