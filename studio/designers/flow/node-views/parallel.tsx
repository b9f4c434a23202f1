import { ForkOutlined } from '@ant-design/icons'
import type { ParallelNode } from '../../../../schemas/generated/types'
import { pill } from './pill'

export const parallel = pill<ParallelNode>(<ForkOutlined />, 'split')
