/** The registry of node shapes, in the order in which the + menu offers them. */
import type { FlowNode } from '../../../../schemas/generated/types'
import type { NodeShape } from './node-shape'
import { approval } from './approval'
import { callFlow } from './callFlow'
import { cc } from './cc'
import { decisionTable } from './decisionTable'
import { end } from './end'
import { exclusive } from './exclusive'
import { forEach } from './forEach'
import { handle } from './handle'
import { inclusive } from './inclusive'
import { parallel } from './parallel'
import { service } from './service'
import { start } from './start'
import { timer } from './timer'

export type NodeType = FlowNode['type']
export const nodeShapes = { approval, handle, cc, exclusive, inclusive, parallel, decisionTable, timer, callFlow, forEach, service, end, start } as const satisfies Record<NodeType, NodeShape>
export const shapeOf = (node: FlowNode): NodeShape => nodeShapes[node.type]
export { asksConditions } from './node-shape'
