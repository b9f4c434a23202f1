import { SubnodeOutlined } from '@ant-design/icons'
import type { CallFlowNode } from '../../../../schemas/generated/types'
import { step } from './step'

export const callFlow = step<CallFlowNode>(<SubnodeOutlined />, (node) => node.flow)
