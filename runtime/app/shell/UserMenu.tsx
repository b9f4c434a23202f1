import { BuildOutlined, CoffeeOutlined, KeyOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { Avatar, Button, Dropdown, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { signedOut } from '../api'
import { signOut } from '../api/session'
import { useText } from '../i18n'
import { useMe } from '../session'

const AwayDialog = lazy(() => import('./AwayDialog'))
const PasswordDialog = lazy(() => import('./PasswordDialog'))

export function UserMenu() {
  const t = useText()
  const me = useMe()
  const [changing, setChanging] = useState(false)
  const [away, setAway] = useState(false)
  const leave = useLeave()
  const items: MenuProps['items'] = [
    { key: 'who', label: <span className="fw-muted">{me.user.username}</span>, disabled: true },
    { type: 'divider' },
    ...(me.capabilities.includes('studio') ? [{ key: 'studio', icon: <BuildOutlined aria-hidden />, label: <a href="/studio/">{t('shell.studio')}</a> }] : []),
    { key: 'away', icon: <CoffeeOutlined aria-hidden />, label: t('away.title'), onClick: () => setAway(true) },
    { key: 'password', icon: <KeyOutlined aria-hidden />, label: t('password.title'), onClick: () => setChanging(true) },
    { key: 'leave', icon: <LogoutOutlined aria-hidden />, label: t('shell.signOut'), onClick: leave },
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" className="fw-user" aria-label={`${t('shell.account')}: ${me.user.name}`}>
          <Avatar size={22} icon={<UserOutlined aria-hidden />} />
          <span className="fw-hide-phone">{me.user.name}</span>
        </Button>
      </Dropdown>
      {away && <Suspense><AwayDialog onClose={() => setAway(false)} /></Suspense>}
      {changing && <Suspense><PasswordDialog onClose={() => setChanging(false)} /></Suspense>}
    </>
  )
}

/** Signs out also when the server does not answer: what is on the screen goes. */
function useLeave() {
  const client = useQueryClient()
  return () => {
    void client.cancelQueries()
    void signOut().catch(() => {}).finally(() => signedOut.emit())
  }
}
