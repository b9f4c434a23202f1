import { FormOutlined } from '@ant-design/icons'
import type { HandleNode } from '../../../../schemas/generated/types'
import { people } from './people'

export const handle = people<HandleNode>(<FormOutlined />)
