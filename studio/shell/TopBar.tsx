import { AppstoreOutlined, CheckCircleOutlined, CloudUploadOutlined, HistoryOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Badge, Button, Tooltip } from 'antd'
import { Link, useNavigate } from 'react-router'
import { LanguageSwitch } from '../../runtime/app/shell/LanguageSwitch'
import { useText } from '../i18n'
import { useCommandText } from '../i18n/use-command-text'
import { useDraftIds } from '../workspace/use-drafts'
import { useProblems } from '../workspace/ProblemsProvider'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { SaveMark } from './SaveMark'
import { useUndo } from './use-undo'

export function TopBar() {
  const t = useText()
  return (
    <header className="st-top">
      <Link to="/" className="st-brand"><AppstoreOutlined aria-hidden /> <span>{t('shell.title')}</span></Link>
      <UndoButtons />
      <SaveMark />
      <div className="st-top-end">
        <ReleaseButtons />
        <a className="st-top-link st-hide-phone" href="/">{t('shell.runtime')}</a>
        <LanguageSwitch />
      </div>
    </header>
  )
}

function UndoButtons() {
  const t = useText()
  const text = useCommandText()
  const { undo, redo } = useUndo()
  const done = useWorkspaceState((s) => s.history.done.at(-1))
  const undone = useWorkspaceState((s) => s.history.undone.at(-1))
  return (
    <span className="st-undo">
      <Tooltip title={done ? t('shell.undoThat', { what: text(done.text) }) : t('shell.undo')}>
        <Button type="text" icon={<UndoOutlined />} aria-label={t('shell.undo')} disabled={!done} onClick={undo} />
      </Tooltip>
      <Tooltip title={undone ? t('shell.redoThat', { what: text(undone.text) }) : t('shell.redo')}>
        <Button type="text" icon={<RedoOutlined />} aria-label={t('shell.redo')} disabled={!undone} onClick={redo} />
      </Tooltip>
    </span>
  )
}

function ReleaseButtons() {
  const t = useText()
  const navigate = useNavigate()
  const drafts = useDraftIds().length
  const { all, checking } = useProblems()
  return (
    <>
      <Tooltip title={t('shell.releases')}><Button type="text" icon={<HistoryOutlined />} aria-label={t('shell.releases')} onClick={() => void navigate('/releases')} /></Tooltip>
      <Badge count={all.length} size="small" offset={[-4, 4]}>
        <Button icon={<CheckCircleOutlined />} loading={checking} aria-label={t('shell.validate')} onClick={() => void navigate('/changes?check=1')}><span className="st-hide-phone">{t('shell.validate')}</span></Button>
      </Badge>
      <Button type="primary" icon={<CloudUploadOutlined />} disabled={drafts === 0} aria-label={t('shell.publish')} onClick={() => void navigate('/changes')}>
        <span className="st-hide-phone">{t('shell.publish')}</span>{drafts > 0 && ` ${drafts}`}
      </Button>
    </>
  )
}
