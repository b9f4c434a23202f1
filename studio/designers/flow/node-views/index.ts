/** The registry of node looks: one line a node type. A type without one does not compile. */
import type { FlowNode } from '../../../../schemas/generated/types'
import { approval } from './approval'
import { callFlow } from './callFlow'
import { cc } from './cc'
import { decisionTable } from './decisionTable'
import { end } from './end'
import { exclusive } from './exclusive'
import { forEach } from './forEach'
import { handle } from './handle'
import { inclusive } from './inclusive'
import type { NodeView } from './node-view'
import { parallel } from './parallel'
import { service } from './service'
import { start } from './start'
import { timer } from './timer'

export const nodeViews = { approval, handle, cc, exclusive, inclusive, parallel, decisionTable, timer, callFlow, forEach, service, start, end } as const satisfies { [T in FlowNode['type']]: NodeView<Extract<FlowNode, { type: T }>> }

export function viewOf(node: FlowNode): NodeView {
  return nodeViews[node.type] as unknown as NodeView
}
