import { lazy, Suspense } from 'react'
import { useParams } from 'react-router'
import { Alert } from 'antd'
import { StageBar } from '../stages/StageBar'
import { useCommands, useRecord } from '../api/queries'
import { FailedState, Page } from '../components'
import { PageSkeleton, PanelSkeleton } from '../components/PageSkeleton'
import { useLabel, useMessage } from '../i18n'
import { useEntity } from '../session'
import { useRemember } from '../start/recent'
import { DetailActions } from './DetailActions'
import { GoneRecord, isGone } from './GoneRecord'
import { RecordBody } from './RecordBody'
import { StatusTags } from './StatusTags'
import './detail.css'

const ApprovalPanel = lazy(() => import('../approvals/ApprovalPanel'))
const TimelinePanel = lazy(() => import('./TimelinePanel'))

/** Everything about one record: where it stands, what it says, what belongs to it, what happened, what can be done. */
export default function DetailPage({ entity: name }: { entity: string }) {
  const { id = '' } = useParams()
  const label = useLabel()
  const say = useMessage()
  const entity = useEntity(name)!
  const record = useRecord(name, id)
  const commands = useCommands(name, id)
  const { titleField, subtitleField, pipeline } = entity.definition
  const title = String(record.data?.[titleField] ?? '')
  useRemember(name, id, title)
  if (isGone(record.error)) return <GoneRecord entity={entity} id={id} problem={record.error} />
  if (record.error && !record.data) return <FailedState error={record.error} onRetry={() => void record.refetch()} />
  if (!record.data) return <PageSkeleton />
  const subtitle = [label(entity.definition.label), subtitleField && record.data[subtitleField]].filter(Boolean).join(' · ')
  return (
    <Page title={title} subtitle={subtitle} tags={<StatusTags entity={entity} record={record.data} />} actions={<DetailActions entity={entity} record={record.data} commands={commands.data} />}>
      {commands.data?.locked && <Alert type="info" showIcon title={say({ path: '', code: 'inApproval' })} />}
      {pipeline && <div className="fw-panel fw-stage-panel"><StageBar entity={entity} record={record.data} commands={commands.data} /></div>}
      <div className="fw-detail">
        <div className="fw-panel fw-detail-main"><RecordBody entity={entity} record={record.data} /></div>
        <aside className="fw-detail-side">
          <Suspense fallback={<PanelSkeleton />}>
            <ApprovalPanel entity={entity} record={record.data} commands={commands.data} />
            <TimelinePanel entity={entity} id={id} commands={commands.data} />
          </Suspense>
        </aside>
      </div>
    </Page>
  )
}
