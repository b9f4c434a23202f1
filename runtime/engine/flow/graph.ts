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
    if (!nodes) this.reachable.set(from, (nodes = this.allFrom(from)))
    return nodes.has(to)
  }

  private allFrom(from: string): Set<string> {
    const nodes = new Set<string>()
    for (const open = [from]; open.length > 0; ) {
      const node = open.pop()!
      for (const edge of this.flow.edges) if (edge.source === node && !nodes.has(edge.target)) { nodes.add(edge.target); open.push(edge.target) }
    }
    return nodes
  }
}
