import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { usePhone } from '../components'
import { useText } from '../i18n'
import { useReleaseToast } from './use-release-toast'
import { ShortcutHelp } from '../shortcuts/ShortcutHelp'
import { useShortcut } from '../shortcuts/use-shortcut'
import { HeaderBar } from './HeaderBar'
import { SideMenu } from './SideMenu'
import './shell.css'

const MenuDrawer = lazy(() => import('./MenuDrawer'))
const storageKey = 'formwright.menu'

/** Menu on the left, bar on top, the screen in between. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useText()
  const phone = usePhone()
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(storageKey) === 'collapsed')
  const [drawer, setDrawer] = useDrawer()
  useEverywhereShortcuts()
  useReleaseToast()
  const content = useFreshScroll()
  const toggle = () => {
    localStorage.setItem(storageKey, collapsed ? 'open' : 'collapsed')
    setCollapsed(!collapsed)
  }
  return (
    <div className="fw-shell">
      <a className="fw-skip" href="#content">{t('shell.skip')}</a>
      {!phone && <aside className={collapsed ? 'fw-sider fw-sider-narrow' : 'fw-sider'}><SideMenu collapsed={collapsed} onToggle={toggle} /></aside>}
      {phone && <Suspense><MenuDrawer open={drawer} onClose={() => setDrawer(false)} /></Suspense>}
      <div className="fw-main">
        <HeaderBar {...(phone && { onMenu: () => setDrawer(true) })} />
        <main id="content" className="fw-content" tabIndex={-1} ref={content}>{children}</main>
      </div>
      <ShortcutHelp />
    </div>
  )
}

/** Another screen starts at its top. */
function useFreshScroll() {
  const { pathname } = useLocation()
  const content = useRef<HTMLElement>(null)
  useEffect(() => { if (content.current) content.current.scrollTop = 0 }, [pathname])
  return content
}

/** Closes itself when one went somewhere. */
function useDrawer(): [boolean, (open: boolean) => void] {
  const { pathname, search } = useLocation()
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(false), [pathname, search])
  return [open, setOpen]
}

function useEverywhereShortcuts() {
  const go = useNavigate()
  useShortcut('g h', 'keys.start', () => void go('/'), { everywhere: true })
  useShortcut('g i', 'keys.inbox', () => void go('/inbox'), { everywhere: true })
}
