/** The flow as React Flow wants it: nodes and edges that carry what they show, so that each is drawn anew only when it changes. */
import { MarkerType, type Edge, type Node } from '@xyflow/react'
import type { Edge as Way, Flow, FlowNode } from '../../../../schemas/generated/types'
import type { DefinitionProblem } from '../../../api/studio-api'
import { same } from '../../../editor/same'
import { problemsAt } from '../../../workspace/problems-at'
import { removable } from '../graph/edit'
import type { Layout, Point } from '../graph/layout'
import { asksConditions, shapeOf } from '../node-shapes'
import { viewOf } from '../node-views'
import type { Chosen } from './CanvasContext'

export type NodeElement = Node<{ node: FlowNode; problems: readonly DefinitionProblem[] }, 'flow'>
export type EdgeElement = Edge<{ edge: Way; conditional: boolean; lane: Point | undefined; problems: readonly DefinitionProblem[] }, 'way'>

interface Drawn { flow: Flow; layout: Layout; chosen: Chosen | undefined; problems: readonly DefinitionProblem[] }

const marker = { type: MarkerType.ArrowClosed, width: 14, height: 14, color: '#8a97a8' }

export function nodeElements({ flow, layout, chosen, problems }: Drawn): NodeElement[] {
  return flow.nodes.map((node, i) => ({
    id: node.id, type: 'flow', position: layout.places[node.id] ?? { x: 0, y: 0 }, ...viewOf(node).size, deletable: removable(flow, node),
    selected: chosen !== undefined && 'node' in chosen && chosen.node === node.id,
    data: { node, problems: problemsAt(problems, ['nodes', i]) },
  }))
}

export function edgeElements({ flow, layout, chosen, problems }: Drawn): EdgeElement[] {
  const nodes = new Map(flow.nodes.map((n) => [n.id, n]))
  const ways = new Map<string, number>()
  for (const { source } of flow.edges) ways.set(source, (ways.get(source) ?? 0) + 1)
  return flow.edges.map((edge, i) => {
    const source = nodes.get(edge.source)
    return {
      id: edge.id, type: 'way', source: edge.source, target: edge.target, markerEnd: marker, ...sides(source, edge.target, layout, flow),
      selected: chosen !== undefined && 'edge' in chosen && chosen.edge === edge.id,
      data: { edge, conditional: source !== undefined && asksConditions(shapeOf(source), ways.get(source.id)!), lane: layout.lanes[edge.id], problems: problemsAt(problems, ['edges', i]) },
    }
  })
}

/** The elements, those that did not change being the very objects of before; the very list where nothing changed. */
export function reused<E extends { id: string }>(before: E[], next: readonly E[]): E[] {
  const known = new Map(before.map((e) => [e.id, e]))
  const kept = next.map((e) => { const old = known.get(e.id); return old && same(old, e) ? old : e })
  return kept.length === before.length && kept.every((e, i) => e === before[i]) ? before : kept
}

/** Downwards as a rule; sideways where the target stands beside the source, or was put further aside than below by hand. */
function sides(source: FlowNode | undefined, target: string, { places }: Layout, flow: Flow): { sourceHandle: string; targetHandle: string } {
  const [from, to] = [source && places[source.id], places[target]]
  const { width, height } = source ? viewOf(source).size : { width: 0, height: 0 }
  const [aside, below] = from && to ? [to.x - from.x - width, to.y - from.y - height] : [0, 0]
  const byHand = source !== undefined && (flow.layout?.[source.id] !== undefined || flow.layout?.[target] !== undefined)
  const sideways = aside > 0 && (byHand ? aside > below : below < 0)
  return sideways ? { sourceHandle: 'right', targetHandle: 'left' } : { sourceHandle: 'bottom', targetHandle: 'top' }
}
