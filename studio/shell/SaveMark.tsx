import { CheckOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useDescribe } from '../../runtime/app/components'
import { useText } from '../i18n'
import { useWorkspace, useWorkspaceState } from '../workspace/WorkspaceProvider'

/** Whether everything is saved; when it is not, why, and a way to try again at once. */
export function SaveMark() {
  const saving = useWorkspaceState((s) => s.saving)
  const workspace = useWorkspace()
  const describe = useDescribe()
  const t = useText()
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
