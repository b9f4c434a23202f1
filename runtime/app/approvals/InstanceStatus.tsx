import { Tag } from 'antd'
import type { InstanceStatus as Status, TaskStatus } from '../api'
import { useText } from '../i18n'

const colors: Record<Status | TaskStatus, string> = { open: 'blue', invalidated: 'default', terminated: 'default', pending: 'default', transferred: 'default', superseded: 'default', copy: 'default', running: 'blue', approved: 'green', rejected: 'red', withdrawn: 'default', cancelled: 'default', incident: 'orange' }

export function InstanceStatus({ status }: { status: Status | TaskStatus }) {
  const t = useText()
  return <Tag className="fw-tag" variant="filled" color={colors[status]}>{t(`approval.status.${status}`)}</Tag>
}
