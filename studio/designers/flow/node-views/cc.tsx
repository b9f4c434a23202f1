import { SendOutlined } from '@ant-design/icons'
import type { CcNode } from '../../../../schemas/generated/types'
import { people } from './people'

export const cc = people<CcNode>(<SendOutlined />)
