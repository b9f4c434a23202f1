/** A flow as a graph: its nodes by id, their ways, and what leads where. */
import type { Edge, Flow, FlowNode } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'

export class Graph {
  private readonly nodes: Map<string, FlowNode>
  private readonly reachable = new Map<string, Set<string>>()

  constructor(private readonly flow: Flow) {
    this.nodes = new Map(flow.nodes.map((n) => [n.id, n]))
  }

  node(id: string): FlowNode {
    return this.nodes.get(id)!
  }

  has(id: string): boolean {
    return this.nodes.has(id)
  }

  start(): FlowNode {
    return this.flow.nodes.find((n) => nodeTypeOf(n).isStart)!
  }

  /** Ways out in their order. */
  out(id: string): Edge[] {
    return this.flow.edges.filter((e) => e.source === id).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
  }

  into(id: string): Edge[] {
    return this.flow.edges.filter((e) => e.target === id)
  }

  /** Whether a way leads from one node to another. */
  reaches(from: string, to: string): boolean {
    let nodes = this.reachable.get(from)
    if (!nodes) this.reachable.set(from, (nodes = this.allFrom(this.flow.edges.filter((e) => e.source === from).map((e) => e.target))))
    return nodes.has(to)
  }

  /** Whether every way from the start to a node passes another. */
  passes(id: string, before: string): boolean {
    const start = this.start().id
    return id !== before && (before === start || !this.allFrom([start], before).has(id))
  }

  /** Nodes at which people act and which every way to here passes; the nearest first, the start last. */
  passed(id: string): string[] {
    const found = this.flow.nodes.filter((n) => (nodeTypeOf(n).isStart || nodeTypeOf(n).asks) && this.passes(id, n.id)).map((n) => n.id)
    return found.sort((a, b) => (this.passes(a, b) ? -1 : 1))
  }

  private allFrom(from: string[], without?: string): Set<string> {
    const nodes = new Set(from.filter((n) => n !== without))
    for (const open = [...nodes]; open.length > 0; ) {
      const node = open.pop()!
      for (const edge of this.flow.edges) if (edge.source === node && edge.target !== without && !nodes.has(edge.target)) { nodes.add(edge.target); open.push(edge.target) }
    }
    return nodes
  }
}
