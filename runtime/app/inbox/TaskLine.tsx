import { Badge } from 'antd'
import { InstanceStatus } from '../approvals/InstanceStatus'
import { useFlow, useNodeLabel } from '../approvals/labels'
import { Origin } from '../approvals/Origin'
import type { TaskItem } from '../api'
import { Ago } from '../format/Ago'
import { useLabel, useText } from '../i18n'
import { useEntity } from '../session'
import { useTitle } from '../titles/titles'
import './task-line.css'

/** A task in two lines: what about, and what is asked by whom since when. */
export function TaskLine({ task }: { task: TaskItem }) {
  const t = useText()
  const label = useLabel()
  const flow = useFlow(task.entity, task.flow)
  const node = useNodeLabel(flow, task.node)
  const initiator = useTitle(task.initiator)
  const entity = label(useEntity(task.entity)?.definition.label)
  return (
    <span className="fw-task">
      <span className="fw-task-head"><b className="fw-ellipsis">{task.title}</b>{task.status === 'copy' && task.readAt === null && <Badge status="processing" />}{task.status === 'open' || task.status === 'copy' ? <Ago at={task.createdAt} /> : <InstanceStatus status={task.status} />}</span>
      <span className="fw-task-sub">
        <span>{[entity, label(flow?.label), node, task.purpose?.label && t('approval.toStage', { stage: label(task.purpose.label) })].filter(Boolean).join(' · ')}</span>
        <span>{initiator}</span>
      </span>
      {(task.via || task.principal) && <span className="fw-task-sub"><span><Origin task={task} /></span></span>}
    </span>
  )
}
