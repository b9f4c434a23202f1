/** Reading a flow as a graph. */
import type { Edge, Flow, FlowNode } from '../../../../schemas/generated/types'

export const nodeOf = (flow: Flow, id: string): FlowNode | undefined => flow.nodes.find((n) => n.id === id)
export const edgeOf = (flow: Flow, id: string): Edge | undefined => flow.edges.find((e) => e.id === id)
export const incoming = (flow: Flow, id: string): Edge[] => flow.edges.filter((e) => e.target === id)

/** The ways out of a node in the order in which they are tried: by `order`, then as written; the default last. */
export function outgoing(flow: Flow, id: string): Edge[] {
  const rank = (e: Edge) => (e.default ? Infinity : (e.order ?? Number.MAX_SAFE_INTEGER))
  return flow.edges.filter((e) => e.source === id).sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

/** Ids of the nodes that can be reached from these, themselves included. */
export function reachable(edges: readonly Edge[], from: readonly string[]): Set<string> {
  const targets = new Map<string, string[]>()
  for (const { source, target } of edges) targets.set(source, [...(targets.get(source) ?? []), target])
  const seen = new Set(from)
  for (const id of seen) for (const target of targets.get(id) ?? []) seen.add(target)
  return seen
}

/** The first node at which all ways out of a node meet again. */
export function meeting(flow: Flow, id: string): string | undefined {
  const [first, ...others] = outgoing(flow, id).map((e) => reachable(flow.edges, [e.target]))
  const shared = [...(first ?? [])].filter((n) => others.every((set) => set.has(n)))
  return shared.find((n) => { const beyond = reachable(flow.edges, [n]); return shared.every((m) => beyond.has(m)) })
}

export function wouldLoop(flow: Flow, source: string, target: string): boolean {
  return reachable(flow.edges, [target]).has(source)
}
