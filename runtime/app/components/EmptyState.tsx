import { InboxOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import './empty-state.css'

interface Props {
  icon?: ReactNode
  title: string
  /** What the reader can do about it. */
  hint?: string
  action?: ReactNode
  /** For a place inside a page rather than the page itself. */
  small?: boolean
}

export function EmptyState({ icon = <InboxOutlined aria-hidden />, title, hint, action, small }: Props) {
  return (
    <div className={small ? 'fw-empty fw-empty-small' : 'fw-empty'}>
      {!small && <div className="fw-empty-icon" aria-hidden>{icon}</div>}
      <div className="fw-empty-title">{title}</div>
      {hint && <div className="fw-muted">{hint}</div>}
      {action && <div className="fw-empty-action">{action}</div>}
    </div>
  )
}
