/** The registry of node types: one line a type. */
import type { FlowNode } from '../generated/types'
import { approval } from './approval/approval'
import { callFlow } from './callFlow/callFlow'
import { cc } from './cc/cc'
import { decisionTable } from './decisionTable/decisionTable'
import { end } from './end/end'
import { exclusive } from './exclusive/exclusive'
import { forEach } from './forEach/forEach'
import { handle } from './handle/handle'
import { inclusive } from './inclusive/inclusive'
import type { NodeType } from './node-type'
import { parallel } from './parallel/parallel'
import { service } from './service/service'
import { start } from './start/start'
import { timer } from './timer/timer'

export const nodeTypes = { approval, callFlow, cc, decisionTable, end, exclusive, forEach, handle, inclusive, parallel, service, start, timer } satisfies { [T in FlowNode['type']]: NodeType<Extract<FlowNode, { type: T }>> }

/** The behaviour of a node. */
export function nodeTypeOf(node: FlowNode): NodeType {
  return nodeTypes[node.type] as unknown as NodeType
}
