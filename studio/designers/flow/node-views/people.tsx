import type { ReactNode } from 'react'
import type { Assignee, FlowNode } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import { useAssigneeText } from '../assignee-text'
import type { NodeFaceProps, NodeView } from './node-view'

/** A node at which people are asked or told: its name, and below it who they are. */
export function people<N extends FlowNode & { assignees: Assignee[] }>(icon: ReactNode): NodeView<N> {
  const Face = ({ node, title }: NodeFaceProps<N>) => {
    const text = useAssigneeText()
    const t = useText()
    const names = (node.assignees ?? []).map(text)
    return (
      <div className="st-node st-node-step">
        <span className="st-node-icon" aria-hidden>{icon}</span>
        <span className="st-node-texts">
          <span className="st-node-title">{title}</span>
          <span className="st-node-sub" title={names.join(', ')}>{names.length > 0 ? names.join(' · ') : t('flow.nobody')}</span>
        </span>
      </div>
    )
  }
  return { icon, size: { width: 208, height: 60 }, Face }
}
