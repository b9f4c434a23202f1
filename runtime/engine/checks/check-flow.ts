/** Checks of an approval flow: a graph with one start, in which every node can be reached and every node reaches an end. */
import type { Flow, FlowNode, Label } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'
import type { Report } from '../compile-entity'
import { graphOf, type Graph } from '../flow/graph'
import type { Catalog } from '../model'
import { any } from '../../../schemas/expressions'
import { findCycles } from './check-cycles'
import { checkEffects } from './check-effects'
import { checkCondition, entityOf, type Extra } from './common'
import { outputTypes } from '../rule-table'
import { checkNode, checkStart } from './check-route'
import { checkAsking, checkAssignees } from './check-people'

export function checkFlow(flow: Flow, catalog: Catalog, report: Report) {
  const entity = entityOf(flow.entity, catalog, report)
  checkGraph(flow, report)
  if (!entity) return
  checkCondition(flow.trigger?.when, entity, catalog, '/trigger/when', report)
  checkAssignees(flow.admins, entity, catalog, '/admins', report)
  checkEffects(flow.onSubmit, entity, catalog, '/onSubmit', report)
  checkEffects(flow.onWithdraw, entity, catalog, '/onWithdraw', report)
  checkEffects(flow.onReject, entity, catalog, '/onReject', report)
  checkStart(flow, entity, catalog, report)
  flow.edges.forEach((edge, i) => checkCondition(edge.when, entity, catalog, `/edges/${i}/when`, report, found(flow, edge.source, catalog)))
  flow.nodes.forEach((node, i) => {
    const path = `/nodes/${i}`
    checkAssignees(nodeTypeOf(node).assignees?.(node), entity, catalog, `${path}/assignees`, report)
    checkAsking(node, flow, entity, catalog, path, report)
    checkNode(flow, node, entity, catalog, path, report)
    for (const [member, effects] of Object.entries(nodeTypeOf(node).effects?.(node) ?? {})) checkEffects(effects, entity, catalog, `${path}/${member}`, report)
  })
}

/** Ways out of nodes that find something out may read it. */
function found(flow: Flow, source: string, catalog: Catalog): Extra {
  const graph = graphOf(flow)
  const node = graph.has(source) ? graph.node(source) : undefined
  if (!node || !nodeTypeOf(node).readsResult) return {}
  const table = catalog.ruleTables.get(nodeTypeOf(node).ruleTable?.(node) ?? '')
  return { result: table ? { kind: 'map', members: outputTypes(table) } : any }
}

function checkGraph(flow: Flow, report: Report) {
  const index = new Map<string, number>()
  flow.nodes.forEach((node, i) => {
    if (index.has(node.id)) report(`/nodes/${i}/id`, 'duplicateName', { name: node.id })
    index.set(node.id, i)
  })
  const edgeIds = new Set<string>()
  flow.edges.forEach((edge, i) => {
    if (edgeIds.has(edge.id)) report(`/edges/${i}/id`, 'duplicateName', { name: edge.id })
    edgeIds.add(edge.id)
    for (const end of ['source', 'target'] as const) if (!index.has(edge[end])) report(`/edges/${i}/${end}`, 'noSuchDefinition', { kind: { en: 'node', zh: '节点' }, name: edge[end] })
  })
  const starts = flow.nodes.filter((n) => nodeTypeOf(n).isStart)
  if (starts.length !== 1) report('/nodes', 'flowStartCount')
  const graph = graphOf(flow)
  flow.nodes.forEach((node, i) => checkEdges(graph, node, `/nodes/${i}`, report))
  if (starts[0]) checkReach(flow, graph, starts[0], index, report)
  checkAutomaticLoops(flow, graph, index, report)
}

function checkEdges(graph: Graph, node: FlowNode, path: string, report: Report) {
  const reason = nodeTypeOf(node).checkEdges(node, graph.out(node.id), graph.into(node.id))
  if (reason) report(path, 'flowEdges', { name: node.label ?? node.id, reason })
}

function checkReach(flow: Flow, graph: Graph, start: FlowNode, index: Map<string, number>, report: Report) {
  const forward = graph.allFrom([start.id])
  const backward = graph.allTo(flow.nodes.filter((n) => nodeTypeOf(n).isEnd).map((n) => n.id))
  for (const node of flow.nodes) {
    const path = `/nodes/${index.get(node.id)}`
    if (!forward.has(node.id)) report(path, 'flowUnreachable', { name: node.label ?? node.id })
    if (!backward.has(node.id)) report(path, 'flowNoWayOut', { name: node.label ?? node.id })
  }
}

/** A circle in which no node waits for people or a moment would never stop. */
function checkAutomaticLoops(flow: Flow, graph: Graph, index: Map<string, number>, report: Report) {
  const automatic = new Set(flow.nodes.filter((n) => !nodeTypeOf(n).waits || nodeTypeOf(n).unattended).map((n) => n.id))
  const loops = findCycles(new Map([...automatic].map((id) => [id, graph.out(id).map((e) => e.target).filter((target) => automatic.has(target))])))
  for (const { path } of loops) report(`/nodes/${index.get(path[0]!)}`, 'flowLoop', { path: named(flow, path) })
}

/** A path as people read it. */
function named({ nodes }: Flow, path: string[]): Label {
  const nameOf = (id: string, language: keyof Label) => nodes.find((n) => n.id === id)?.label?.[language] ?? id
  return { en: path.map((id) => nameOf(id, 'en')).join(' → '), zh: path.map((id) => nameOf(id, 'zh')).join(' → ') }
}

/** Flows that call each other in a circle: each would wait for the next for ever, or begin it without end. */
export function checkCalls({ flows }: Catalog, reportFor: (flow: Flow) => Report) {
  const all = new Map([...flows.values()].flat().map((flow) => [flow.name, flow]))
  const called = (flow: Flow) => flow.nodes.map((node) => nodeTypeOf(node).calling?.(node).flow)
  for (const { path } of findCycles(new Map([...all].map(([name, flow]) => [name, called(flow).filter((other) => other !== undefined)])))) {
    const first = all.get(path[0]!)!
    reportFor(first)(`/nodes/${called(first).indexOf(path[1])}/flow`, 'flowCallsItself', { path: path.join(' → ') })
  }
}
