import { NodeExpandOutlined } from '@ant-design/icons'
import type { InclusiveNode } from '../../../../schemas/generated/types'
import { pill } from './pill'

export const inclusive = pill<InclusiveNode>(<NodeExpandOutlined />, 'choice')
