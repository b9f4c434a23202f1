import { UserOutlined } from '@ant-design/icons'
import type { ApprovalNode } from '../../../../schemas/generated/types'
import { people } from './people'

export const approval = people<ApprovalNode>(<UserOutlined />)
