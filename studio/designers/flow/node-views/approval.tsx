import { UserOutlined } from '@ant-design/icons'
import type { ApprovalNode } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import { useAssigneeText } from '../assignee-text'
import type { NodeFaceProps, NodeView } from './node-view'

function Face({ node, title }: NodeFaceProps<ApprovalNode>) {
  const text = useAssigneeText()
  const t = useText()
  const people = (node.assignees ?? []).map(text)
  return (
    <div className="st-node st-node-step">
      <span className="st-node-icon" aria-hidden><UserOutlined /></span>
      <span className="st-node-texts">
        <span className="st-node-title">{title}</span>
        <span className="st-node-sub" title={people.join(', ')}>{people.length > 0 ? people.join(' · ') : t('flow.nobody')}</span>
      </span>
    </div>
  )
}

export const approval: NodeView<ApprovalNode> = { icon: <UserOutlined />, size: { width: 208, height: 60 }, Face }
