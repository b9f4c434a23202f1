import { ApiOutlined } from '@ant-design/icons'
import type { ServiceNode } from '../../../../schemas/generated/types'
import { step } from './step'

/** The address without its scheme: that is the part that tells one from another. */
export const service = step<ServiceNode>(<ApiOutlined />, (node) => node.url.replace(/^https?:\/\//, ''))
