import { Drawer } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { usePhone } from '../components'
import { useText } from '../i18n'
import { useReleaseToast } from './use-release-toast'
import { ShortcutHelp } from '../shortcuts/ShortcutHelp'
import { useShortcut } from '../shortcuts/use-shortcut'
import { HeaderBar } from './HeaderBar'
import { SideMenu } from './SideMenu'
import './shell.css'

const storageKey = 'formwright.menu'

/** Menu on the left, bar on top, the screen in between. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useText()
  const phone = usePhone()
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(storageKey) === 'collapsed')
  const [drawer, setDrawer] = useDrawer()
  useEverywhereShortcuts()
  useReleaseToast()
  const toggle = () => {
    localStorage.setItem(storageKey, collapsed ? 'open' : 'collapsed')
    setCollapsed(!collapsed)
  }
  return (
    <div className="fw-shell">
      <a className="fw-skip" href="#content">{t('shell.skip')}</a>
      {!phone && <aside className={collapsed ? 'fw-sider fw-sider-narrow' : 'fw-sider'}><SideMenu collapsed={collapsed} onToggle={toggle} /></aside>}
      {phone && (
        <Drawer placement="left" size={264} open={drawer} onClose={() => setDrawer(false)} closable={false} aria-label={t('shell.menu')} styles={{ body: { padding: 8 } }}>
          <SideMenu collapsed={false} />
        </Drawer>
      )}
      <div className="fw-main">
        <HeaderBar {...(phone && { onMenu: () => setDrawer(true) })} />
        <main id="content" className="fw-content" tabIndex={-1}>{children}</main>
      </div>
      <ShortcutHelp />
    </div>
  )
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
