import { UnorderedListOutlined } from '@ant-design/icons'
import type { ForEachNode } from '../../../../schemas/generated/types'
import { step } from './step'

export const forEach = step<ForEachNode>(<UnorderedListOutlined />, (node) => `${node.flow} × ${node.of ?? node.entity ?? ''}`)
