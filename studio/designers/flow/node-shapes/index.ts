/** The registry of node shapes, in the order in which the + menu offers them. */
import type { FlowNode } from '../../../../schemas/generated/types'
import type { NodeShape } from './node-shape'
import { approval } from './approval'
import { end } from './end'
import { exclusive } from './exclusive'
import { parallel } from './parallel'
import { start } from './start'

export type NodeType = FlowNode['type']
export const nodeShapes = { approval, exclusive, parallel, end, start } as const satisfies Record<NodeType, NodeShape>
export const shapeOf = (node: FlowNode): NodeShape => nodeShapes[node.type]
