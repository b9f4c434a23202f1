import type { Edge, Flow } from '../../../../schemas/generated/types'
import { shapeOf } from '../node-shapes'
import { incoming, outgoing, reachable } from './graph'

/** After an edit: nodes that can no longer be reached go, and so do gateways with a single way in and out; a way that is left alone has no condition. */
export function tidied(flow: Flow): Flow {
  let next = withoutUnreached(flow)
  for (let idle = idleGateway(next); idle; idle = idleGateway(next)) next = bridged(next, idle)
  return withLayoutOfNodes(plainSingles(next))
}

function withoutUnreached(flow: Flow): Flow {
  const seen = reachable(flow.edges, flow.nodes.filter((n) => shapeOf(n).starts).map((n) => n.id))
  return { ...flow, nodes: flow.nodes.filter((n) => seen.has(n.id)), edges: flow.edges.filter((e) => seen.has(e.source) && seen.has(e.target)) }
}

function idleGateway(flow: Flow): string | undefined {
  return flow.nodes.find((n) => shapeOf(n).gateway && !shapeOf(n).works && incoming(flow, n.id).length === 1 && outgoing(flow, n.id).length === 1)?.id
}

function plainSingles(flow: Flow): Flow {
  const alone = new Set(flow.nodes.filter((n) => shapeOf(n).works && outgoing(flow, n.id).length === 1).map((n) => n.id))
  const plain = ({ when: _when, default: _default, order: _order, ...edge }: Edge): Edge => edge
  return { ...flow, edges: flow.edges.map((e) => (alone.has(e.source) ? plain(e) : e)) }
}

function bridged(flow: Flow, id: string): Flow {
  const target = outgoing(flow, id)[0]!.target
  const edges = flow.edges.flatMap((e): Edge[] => (e.source === id ? [] : [e.target === id ? { ...e, target } : e]))
  return { ...flow, nodes: flow.nodes.filter((n) => n.id !== id), edges }
}

function withLayoutOfNodes(flow: Flow): Flow {
  if (!flow.layout) return flow
  const ids = new Set(flow.nodes.map((n) => n.id))
  return { ...flow, layout: Object.fromEntries(Object.entries(flow.layout).filter(([id]) => ids.has(id))) }
}
