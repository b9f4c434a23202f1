import { ClockCircleOutlined } from '@ant-design/icons'
import type { TimerNode } from '../../../../schemas/generated/types'
import { step } from './step'

export const timer = step<TimerNode>(<ClockCircleOutlined />, (node) => node.after ?? node.until ?? '')
