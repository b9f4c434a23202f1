import { BranchesOutlined } from '@ant-design/icons'
import type { ExclusiveNode } from '../../../../schemas/generated/types'
import { pill } from './pill'

export const exclusive = pill<ExclusiveNode>(<BranchesOutlined />, 'choice')
