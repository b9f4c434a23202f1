import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import type { EndNode } from '../../../../schemas/generated/types'
import { Pill, pillSize } from './pill'
import type { NodeView } from './node-view'

const icons = { approved: <CheckCircleOutlined />, rejected: <CloseCircleOutlined /> } as const

export const end: NodeView<EndNode> = {
  icon: icons.approved,
  size: pillSize,
  Face: ({ node, title }) => <Pill icon={icons[node.result]} tone={node.result} title={title} />,
}
