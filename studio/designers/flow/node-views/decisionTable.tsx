import { TableOutlined } from '@ant-design/icons'
import type { DecisionTableNode } from '../../../../schemas/generated/types'
import { step } from './step'

export const decisionTable = step<DecisionTableNode>(<TableOutlined />, (node) => node.table)
