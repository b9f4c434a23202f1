/** A flow as a graph: its nodes by id, their ways, and what leads where. */
import type { Edge, Flow, FlowNode } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'
import { dominators } from './dominators'

const none: readonly Edge[] = []

export class Graph {
  private readonly nodes: Map<string, FlowNode>
  private readonly leaving = new Map<string, Edge[]>()
  private readonly coming = new Map<string, Edge[]>()
  private readonly reachable = new Map<string, Set<string>>()
  private nearest: Map<string, string> | undefined

  constructor(private readonly flow: Flow) {
    this.nodes = new Map(flow.nodes.map((n) => [n.id, n]))
    for (const edge of flow.edges) { add(this.leaving, edge.source, edge); add(this.coming, edge.target, edge) }
    for (const edges of this.leaving.values()) edges.sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
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
    return (this.leaving.get(id) ?? none) as Edge[]
  }

  into(id: string): Edge[] {
    return (this.coming.get(id) ?? none) as Edge[]
  }

  /** Whether a way leads from one node to another. */
  reaches(from: string, to: string): boolean {
    let nodes = this.reachable.get(from)
    if (!nodes) this.reachable.set(from, (nodes = this.allFrom(this.targets(from))))
    return nodes.has(to)
  }

  /** Whether every way from the start to a node passes another. */
  passes(id: string, before: string): boolean {
    return this.allPassed(id).includes(before)
  }

  /** Nodes at which people act and which every way to here passes; the nearest first, the start last. */
  passed(id: string): string[] {
    return this.allPassed(id).filter((other) => { const type = nodeTypeOf(this.node(other)); return type.isStart === true || type.asks === true })
  }

  /** The nearest first, the start last. */
  private allPassed(id: string): string[] {
    const start = this.start().id
    this.nearest ??= dominators(start, (node) => this.targets(node), (node) => this.sources(node))
    const passed: string[] = []
    for (let at = id; at !== start; ) {
      const before = this.nearest.get(at)
      if (before === undefined) return []
      passed.push((at = before))
    }
    return passed
  }

  /** These nodes and all that ways lead to from them. */
  allFrom(from: string[]): Set<string> {
    return spread(from, (node) => this.targets(node))
  }

  /** These nodes and all from which ways lead to them. */
  allTo(to: string[]): Set<string> {
    return spread(to, (node) => this.sources(node))
  }

  private targets(id: string): string[] {
    return this.out(id).map((e) => e.target)
  }

  private sources(id: string): string[] {
    return this.into(id).map((e) => e.source)
  }
}

const graphs = new WeakMap<Flow, Graph>()

/** The graph of a definition that does not change any more. */
export function graphOf(flow: Flow): Graph {
  let graph = graphs.get(flow)
  if (!graph) graphs.set(flow, (graph = new Graph(flow)))
  return graph
}

function add(edges: Map<string, Edge[]>, id: string, edge: Edge) {
  const known = edges.get(id)
  if (known) known.push(edge)
  else edges.set(id, [edge])
}

function spread(from: string[], next: (id: string) => string[]): Set<string> {
  const seen = new Set(from)
  for (const open = [...seen]; open.length > 0; ) for (const other of next(open.pop()!)) if (!seen.has(other)) { seen.add(other); open.push(other) }
  return seen
}
