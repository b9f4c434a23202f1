import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useEffect, useMemo } from 'react'
import { Link } from 'react-router'
import { hiddenAt } from '../../engine/flow/hidden-fields'
import type { CompiledEntity } from '../../engine/model'
import { InstanceView } from '../approvals/InstanceView'
import { isProblem, type TaskItem } from '../api'
import { getInstance, readCopy } from '../api/flows'
import { useRecord } from '../api/queries'
import { FailedState, useDescribe } from '../components'
import { RecordBody } from '../detail/RecordBody'
import { StatusTags } from '../detail/StatusTags'
import { useLabel, useText } from '../i18n'
import { useEntity, useRights } from '../session'
import '../approvals/approvals.css'
import '../detail/detail.css'

interface Props { task: TaskItem; onBack: (() => void) | undefined; onDecided: () => void }

/** What the task is about, and the approval it belongs to. */
export function TaskDetail({ task, onBack, onDecided }: Props) {
  const t = useText()
  const entity = useEntity(task.entity)
  useRead(task)
  return (
    <div className="fw-inbox-detail">
      {onBack && <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={onBack} className="fw-inbox-back">{t('common.back')}</Button>}
      <div className="fw-inbox-columns">
        <Approval task={task} onDecided={onDecided} />
        {entity ? <Summary task={task} entity={entity} /> : null}
      </div>
    </div>
  )
}

/** A copy that is looked at is read. */
function useRead({ id, status, readAt }: TaskItem) {
  const client = useQueryClient()
  const unread = status === 'copy' && readAt === null
  useEffect(() => { if (unread) void readCopy(id).then(() => client.invalidateQueries({ queryKey: ['tasks', 'cc'] }), () => {}) }, [id, unread, client])
}

function Summary({ task, entity }: { task: TaskItem; entity: CompiledEntity }) {
  const t = useText()
  const label = useLabel()
  const record = useTaskRecord(task)
  const hidden = useHidden(task)
  const describe = useDescribe()
  const gone = isProblem(record.error, 404)
  return (
    <section className="fw-panel fw-inbox-summary">
      <div className="fw-inbox-title">
        <div>
          <div className="fw-page-subtitle">{label(entity.definition.label)}</div>
          <h2>{task.title} {record.data && <StatusTags entity={entity} record={record.data} />}</h2>
        </div>
        {!gone && <Link to={`/${task.entity}/${task.record}`}>{t('common.open')}</Link>}
      </div>
      {record.isLoading && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {gone && <p className="fw-muted">{describe(record.error)}</p>}
      {record.error && !gone && <FailedState error={record.error} />}
      {record.data && hidden && <RecordBody entity={entity} record={record.data} brief without={hidden} />}
    </section>
  )
}

/** What the step hides from those it asks; undefined until that is known. */
function useHidden({ instance: id, node }: TaskItem): Set<string> | undefined {
  const { data: instance } = useTaskInstance(id)
  return useMemo(() => instance && (node === null ? new Set<string>() : hiddenAt(instance.definition, node)), [instance, node])
}

const useTaskInstance = (id: string) => useQuery({ queryKey: ['tasks', 'instance', id], queryFn: () => getInstance(id) })

/** Who is asked sees the record; who submitted it, or repairs its approval, may have no right on it. */
function useTaskRecord({ entity, record, node }: TaskItem) {
  const { read } = useRights(entity)
  return useRecord(entity, node !== null || read ? record : undefined)
}

/** The decision carries the revision of the record that is shown beside it. */
function Approval({ task, onDecided }: { task: TaskItem; onDecided: () => void }) {
  const t = useText()
  const record = useTaskRecord(task)
  const instance = useTaskInstance(task.instance)
  return (
    <section className="fw-panel fw-side-panel fw-inbox-approval" aria-label={t('approval.title')}>
      {instance.error && <FailedState error={instance.error} />}
      {(!instance.data || record.isLoading) && !instance.error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {instance.data && !record.isLoading && <InstanceView instance={instance.data} rev={record.data?.rev} onDecided={onDecided} />}
    </section>
  )
}
