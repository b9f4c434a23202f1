import { PlayCircleOutlined } from '@ant-design/icons'
import type { StartNode } from '../../../../schemas/generated/types'
import { pill } from './pill'

export const start = pill<StartNode>(<PlayCircleOutlined />, 'start')
