import { HomeOutlined, InboxOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button, Menu, type MenuProps } from 'antd'
import { Link, useLocation } from 'react-router'
import { useLabel, useText } from '../i18n'
import { useMenu } from './use-menu'
import { EntityIcon } from './EntityIcon'

interface Props { collapsed: boolean; onToggle?: () => void }

/** The template's menu, as far as this person may read what it leads to. */
export function SideMenu({ collapsed, onToggle }: Props) {
  const t = useText()
  const { pathname } = useLocation()
  const items = useItems()
  const here = pathname.split('/')[1] || 'start'
  return (
    <>
      <div className="fw-brand">
        <Link to="/" className="fw-brand-link" aria-label={t('shell.start')}><span className="fw-logo" aria-hidden>F</span>{!collapsed && <b>{t('app.name')}</b>}</Link>
        {onToggle && !collapsed && <Collapse collapsed={collapsed} onToggle={onToggle} />}
      </div>
      <nav aria-label={t('shell.menu')} className="fw-nav">
        <Menu mode="inline" inlineCollapsed={collapsed} items={items} selectedKeys={[here]} />
      </nav>
      {onToggle && collapsed && <Collapse collapsed={collapsed} onToggle={onToggle} />}
    </>
  )
}

function Collapse({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const t = useText()
  return <Button type="text" className="fw-collapse" aria-label={t(collapsed ? 'shell.expand' : 'shell.collapse')} icon={collapsed ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />} onClick={onToggle} />
}

function useItems(): MenuProps['items'] {
  const t = useText()
  const label = useLabel()
  const groups = useMenu()
  return [
    { key: 'start', icon: <HomeOutlined aria-hidden />, label: <Link to="/">{t('shell.start')}</Link> },
    { key: 'inbox', icon: <InboxOutlined aria-hidden />, label: <Link to="/inbox">{t('shell.inbox')}</Link> },
    ...groups.map((group) => ({
      key: `group-${group.id}`,
      type: 'group' as const,
      label: label(group.label),
      children: group.entities.map(({ name, definition }) => ({
        key: name,
        icon: <EntityIcon name={definition.icon} label={label(definition.label)} />,
        label: <Link to={`/${name}`}>{label(definition.plural ?? definition.label)}</Link>,
      })),
    })),
  ]
}
