/** The registry of node types: one line a type. */
import type { FlowNode } from '../generated/types'
import { approval } from './approval/approval'
import { end } from './end/end'
import { exclusive } from './exclusive/exclusive'
import type { NodeType } from './node-type'
import { parallel } from './parallel/parallel'
import { start } from './start/start'

export const nodeTypes = { approval, end, exclusive, parallel, start } satisfies { [T in FlowNode['type']]: NodeType<Extract<FlowNode, { type: T }>> }

/** The behaviour of a node. */
export function nodeTypeOf(node: FlowNode): NodeType {
  return nodeTypes[node.type] as unknown as NodeType
}
