/** The registry of node looks: one line a node type. A type without one does not compile. */
import type { FlowNode } from '../../../../schemas/generated/types'
import { approval } from './approval'
import { end } from './end'
import { exclusive } from './exclusive'
import type { NodeView } from './node-view'
import { parallel } from './parallel'
import { start } from './start'

export const nodeViews = { approval, exclusive, parallel, start, end } as const satisfies { [T in FlowNode['type']]: NodeView<Extract<FlowNode, { type: T }>> }

export function viewOf(node: FlowNode): NodeView {
  return nodeViews[node.type] as unknown as NodeView
}
