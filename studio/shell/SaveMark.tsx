import { CheckOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Alert, Button, Modal, Tooltip } from 'antd'
import { isProblem } from '../../runtime/app/api'
import { useDescribe } from '../../runtime/app/components'
import { useText } from '../i18n'
import { settleConflict } from '../workspace/reload'
import { useWorkspace, useWorkspaceState } from '../workspace/WorkspaceProvider'

/** Whether everything is saved; when it is not, why, and a way to try again at once. */
export function SaveMark() {
  const saving = useWorkspaceState((s) => s.saving)
  const workspace = useWorkspace()
  const describe = useDescribe()
  const t = useText()
  if (saving.kind === 'failed' && isProblem(saving.error, 409)) return <Conflict error={saving.error} />
  if (saving.kind === 'failed') {
    return (
      <Tooltip title={`${describe(saving.error)} ${t('save.kept')}`}>
        <Button size="small" danger icon={<ExclamationCircleFilled />} onClick={() => void workspace.flush().catch(() => undefined)} role="alert">{t('save.failed')}</Button>
      </Tooltip>
    )
  }
  const busy = saving.kind !== 'saved'
  return <span className="st-save fw-muted" role="status">{busy ? <LoadingOutlined /> : <CheckOutlined />} <span className="st-hide-phone">{t(busy ? 'save.saving' : 'save.saved')}</span></span>
}

/** Somebody else saved the same draft: nothing is overwritten before one has decided. */
function Conflict({ error }: { error: unknown }) {
  const workspace = useWorkspace()
  const describe = useDescribe()
  const t = useText()
  const settle = (keep: 'mine' | 'theirs') => void settleConflict(workspace, keep).catch(() => undefined)
  return (
    <Modal open closable={false} title={t('conflict.title')} footer={<><Button onClick={() => settle('theirs')}>{t('conflict.theirs')}</Button><Button type="primary" danger onClick={() => settle('mine')}>{t('conflict.mine')}</Button></>}>
      <Alert type="warning" showIcon title={describe(error)} description={t('conflict.note')} />
    </Modal>
  )
}
