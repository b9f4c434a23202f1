import { useText } from '../i18n'
import { PageSkeleton } from '../components/PageSkeleton'
import './shell.css'

/** The frame before anything is known: everything stays where it is when the content comes. */
export function ShellSkeleton() {
  const t = useText()
  return (
    <div className="fw-shell" role="status" aria-label={t('app.loading')}>
      <aside className="fw-sider fw-hide-phone" />
      <div className="fw-main">
        <div className="fw-header" />
        <div className="fw-content"><PageSkeleton /></div>
      </div>
    </div>
  )
}
