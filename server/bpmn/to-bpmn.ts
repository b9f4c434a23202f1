/** A flow as a BPMN 2.0 file with a diagram. What BPMN has no words for is carried along, so that reading it back loses nothing. */
import type { Language } from '../../schemas/field-types/field-type'
import type { Edge, Flow, FlowNode, Label } from '../../schemas/generated/types'
import { hasDefault, shapeOf } from './elements'
import { carry, moddle, namespace, type Element } from './moddle'
import { placesOf, type Point } from './places'

export async function toBpmn(flow: Flow, language: Language): Promise<string> {
  const { nodes: _nodes, edges: _edges, ...rest } = flow
  const elements = new Map(flow.nodes.map((node) => [node.id, elementOf(node, language)]))
  const ways = flow.edges.flatMap((edge) => wayOf(edge, elements, language))
  const process = moddle.create('bpmn:Process', { id: `flow_${flow.name}`, ...named(flow.label, language), isExecutable: false, extensionElements: carry('Flow', rest), flowElements: [...elements.values(), ...ways] })
  const root = moddle.create('bpmn:Definitions', { id: 'definitions', targetNamespace: namespace, rootElements: [process], diagrams: [diagramOf(flow, process, elements, ways)] })
  return (await moddle.toXML(root, { format: true })).xml
}

function elementOf(node: FlowNode, language: Language): Element {
  const { element, members } = shapeOf(node)
  return moddle.create(`bpmn:${element}`, { id: `node_${node.id}`, ...named(node.label, language), extensionElements: carry('Node', node), ...members?.(node) })
}

/** Nothing for a way that leads nowhere, as a draft may have. */
function wayOf(edge: Edge, elements: Map<string, Element>, language: Language): Element[] {
  const [sourceRef, targetRef] = [elements.get(edge.source), elements.get(edge.target)]
  if (!sourceRef || !targetRef) return []
  const conditionExpression = edge.when === undefined ? {} : { conditionExpression: moddle.create('bpmn:FormalExpression', { body: edge.when }) }
  const way = moddle.create('bpmn:SequenceFlow', { id: `edge_${edge.id}`, ...named(edge.label, language), sourceRef, targetRef, extensionElements: carry('Edge', edge), ...conditionExpression })
  for (const [end, list] of [[sourceRef, 'outgoing'], [targetRef, 'incoming']] as const) end[list] = [...((end[list] as Element[] | undefined) ?? []), way]
  if (edge.default && hasDefault(sourceRef)) sourceRef.default = way
  return [way]
}

/** A name as an attribute can hold it. */
export const nameOf = (label: Label | undefined, language: Language) => label?.[language]?.replace(/[\s\p{Cc}\uFFFE\uFFFF]+/gu, ' ').trim()
const named = (label: Label | undefined, language: Language) => { const name = nameOf(label, language); return name ? { name } : {} }

function diagramOf(flow: Flow, process: Element, elements: Map<string, Element>, ways: Element[]): Element {
  const places = placesOf(flow)
  const sizes = new Map(flow.nodes.map((node) => [node.id, shapeOf(node).size]))
  const shapes = flow.nodes.map(({ id }) => {
    const [width, height] = sizes.get(id)!
    return moddle.create('bpmndi:BPMNShape', { id: `shape_${id}`, bpmnElement: elements.get(id)!, bounds: moddle.create('dc:Bounds', { ...places.get(id)!, width, height }) })
  })
  const middle = (element: Element, low: boolean): Point => {
    const id = element.id!.slice('node_'.length)
    const [{ x, y }, [width, height]] = [places.get(id)!, sizes.get(id)!]
    return { x: x + width / 2, y: y + (low ? height : 0) }
  }
  const lines = ways.map((way) => moddle.create('bpmndi:BPMNEdge', { id: `line_${way.id}`, bpmnElement: way, waypoint: [middle(way.sourceRef!, true), middle(way.targetRef!, false)].map((p) => moddle.create('dc:Point', p)) }))
  return moddle.create('bpmndi:BPMNDiagram', { id: 'diagram', plane: moddle.create('bpmndi:BPMNPlane', { id: 'plane', bpmnElement: process, planeElement: [...shapes, ...lines] }) })
}
