import type { ReactNode } from 'react'
import './page.css'

interface Props {
  title: ReactNode
  /** Small line above or beside the title. */
  subtitle?: ReactNode
  /** Tags after the title. */
  tags?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Lists and boards use the whole height and scroll inside. */
  fill?: boolean
}

/** Head and body of a screen. On a phone the actions stay at the lower edge. */
export function Page({ title, subtitle, tags, actions, children, fill }: Props) {
  return (
    <div className={fill ? 'fw-page fw-page-fill' : 'fw-page'}>
      <header className="fw-page-head">
        <div className="fw-page-titles">
          {subtitle && <div className="fw-page-subtitle">{subtitle}</div>}
          <div className="fw-page-title-row">
            <h1 className="fw-page-title">{title}</h1>
            {tags}
          </div>
        </div>
        {actions && <div className="fw-page-actions">{actions}</div>}
      </header>
      <div className="fw-page-body">{children}</div>
    </div>
  )
}
