/** What other tools leave unsaid and a flow must say: one beginning, an end, a default, ways that part at a gateway. */
import type { Problem } from '../../schemas/errors'
import type { Edge, Flow, FlowNode } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { unique } from './from-bpmn'

interface Graph { nodes: FlowNode[]; edges: Edge[]; notes: Problem[]; taken: Set<string> }

export function repaired({ nodes, edges, ...rest }: Flow, notes: Problem[], taken: Set<string>): Flow {
  const graph: Graph = { nodes: [...nodes], edges: edges.map((e) => ({ ...e })), notes, taken }
  for (const step of [oneStart, someEnd, splits, defaults, conditions]) step(graph)
  return { ...rest, nodes: graph.nodes, edges: graph.edges }
}

const gateways = new Set<string>(['exclusive', 'inclusive', 'parallel'])
const choosing = new Set<string>(['exclusive', 'inclusive'])
const out = ({ edges }: Graph, id: string) => edges.filter((e) => e.source === id)

function connect({ edges, taken }: Graph, source: string, target: string) {
  edges.push({ id: unique('e', taken), source, target, order: edges.length })
}

/** Further beginnings become one with the first; where there is none, it leads to what nothing leads to. */
function oneStart(graph: Graph) {
  const [first, ...others] = graph.nodes.filter((n) => nodeTypeOf(n).isStart)
  const ids = new Set(others.map((n) => n.id))
  for (const edge of graph.edges) if (ids.has(edge.source)) edge.source = first!.id
  graph.nodes = graph.nodes.filter((n) => !ids.has(n.id))
  if (first) return
  const start: FlowNode = { id: unique('start', graph.taken), type: 'start' }
  const roots = graph.nodes.filter((n) => graph.edges.every((e) => e.target !== n.id))
  graph.nodes.unshift(start)
  for (const { id } of roots.length > 0 ? roots : graph.nodes.slice(1, 2)) connect(graph, start.id, id)
}

/** What leads nowhere ends the flow. */
function someEnd(graph: Graph) {
  const loose = graph.nodes.filter((n) => !nodeTypeOf(n).isEnd && out(graph, n.id).length === 0)
  if (loose.length === 0) return
  const end: FlowNode = { id: unique('end', graph.taken), type: 'end', result: 'approved' }
  graph.nodes.push(end)
  for (const { id } of loose) connect(graph, id, end.id)
}

/** Several ways out of a step: by their conditions where they have some, else side by side. */
function splits(graph: Graph) {
  for (const node of graph.nodes.filter((n) => !gateways.has(n.type))) {
    const ways = out(graph, node.id)
    if (ways.length < 2) continue
    const split = { id: unique('split', graph.taken), type: ways.some((w) => w.when !== undefined || w.default) ? 'exclusive' : 'parallel' } as FlowNode
    graph.nodes.push(split)
    for (const way of ways) way.source = split.id
    connect(graph, node.id, split.id)
  }
}

/** Exactly one way is taken when no other is: the one that is named, else the one without a condition. */
function defaults(graph: Graph) {
  for (const node of graph.nodes.filter((n) => choosing.has(n.type))) {
    const ways = out(graph, node.id)
    const usual = ways.find((w) => w.default) ?? ways.find((w) => w.when === undefined)
    if (!usual) { graph.notes.push({ path: '', code: 'bpmnNoDefault', params: { element: node.id, name: node.label?.en ?? node.id } }); continue }
    usual.default = true
    delete usual.when
    for (const way of ways) if (way !== usual) delete way.default
  }
}

/** Conditions belong to gateways that choose. */
function conditions(graph: Graph) {
  const types = new Map(graph.nodes.map((n) => [n.id, n.type as string]))
  for (const edge of graph.edges) {
    if (choosing.has(types.get(edge.source) ?? '')) continue
    if (edge.when !== undefined) graph.notes.push({ path: '', code: 'bpmnCondition', params: { element: edge.id, name: edge.label?.en ?? edge.id, reason: edge.when } })
    delete edge.when
    delete edge.default
  }
}
