import { InboxOutlined, MenuOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Badge, Button, Tooltip } from 'antd'
import { Link } from 'react-router'
import { useText } from '../i18n'
import { useMe } from '../session'
import { openShortcutHelp } from '../shortcuts/shortcuts'
import { NoticeBell } from '../notices/NoticeBell'
import { LanguageSwitch } from './LanguageSwitch'
import { SearchBox } from './SearchBox'
import { UserMenu } from './UserMenu'

export function HeaderBar({ onMenu }: { onMenu?: () => void }) {
  const t = useText()
  return (
    <header className="fw-header">
      {onMenu && <Button type="text" icon={<MenuOutlined aria-hidden />} aria-label={t('shell.menu')} onClick={onMenu} />}
      <SearchBox />
      <div className="fw-header-end">
        <InboxButton />
        <NoticeBell />
        <Tooltip title={t('shell.help')}><Button type="text" className="fw-hide-phone" icon={<QuestionCircleOutlined aria-hidden />} aria-label={t('shell.help')} onClick={openShortcutHelp} /></Tooltip>
        <LanguageSwitch />
        <UserMenu />
      </div>
    </header>
  )
}

function InboxButton() {
  const t = useText()
  const { tasks } = useMe()
  return (
    <Tooltip title={t('shell.inbox')}>
      <Link to="/inbox" className="fw-header-link" aria-label={t('shell.inboxCount', { count: tasks })}>
        <Badge count={tasks} size="small" offset={[2, 2]}><InboxOutlined className="fw-header-icon" /></Badge>
      </Link>
    </Tooltip>
  )
}
