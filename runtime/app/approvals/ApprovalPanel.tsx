import { Collapse } from 'antd'
import type { CompiledEntity } from '../../engine/model'
import type { Commands, RecordDoc } from '../api'
import { useInstances } from '../api/queries'
import { FailedState } from '../components'
import { useMoment } from '../format/moments'
import { useLabel, useText } from '../i18n'
import { isLive } from '../../engine/flow/types'
import { useCatalog } from '../session'
import { InstanceStatus } from './InstanceStatus'
import { InstanceView } from './InstanceView'
import { SubmitButtons } from './SubmitButtons'
import './approvals.css'

interface Props { entity: CompiledEntity; record: RecordDoc; commands: Commands | undefined }

/** Approvals of a record: submit, decide, withdraw, and how it went. Nothing for entities without flows. */
export default function ApprovalPanel({ entity, record, commands }: Props) {
  const t = useText()
  const has = useCatalog().flows.has(entity.name)
  const instances = useInstances(entity.name, record.id)
  if (!has) return null
  const [latest, ...earlier] = instances.data ?? []
  const running = latest !== undefined && isLive(latest)
  return (
    <section className={running ? 'fw-panel fw-side-panel fw-approval-open' : 'fw-panel fw-side-panel'} aria-label={t('approval.title')}>
      <h2>{t('approval.title')}</h2>
      {instances.error && <FailedState error={instances.error} />}
      <SubmitButtons entity={entity} record={record} commands={commands} />
      {latest && <InstanceView instance={latest} rev={record.rev} />}
      {instances.data && !latest && <p className="fw-muted">{t('approval.none')}</p>}
      {earlier.length > 0 && <Earlier instances={earlier} rev={record.rev} />}
    </section>
  )
}

function Earlier({ instances, rev }: { instances: React.ComponentProps<typeof InstanceView>['instance'][]; rev: number }) {
  const label = useLabel()
  const moment = useMoment()
  const items = instances.map((instance) => ({
    key: instance.id,
    label: <span>{label(instance.definition.label)} · {moment(instance.startedAt)} <InstanceStatus status={instance.status} /></span>,
    children: <InstanceView instance={instance} rev={rev} bare />,
  }))
  return <Collapse ghost size="small" items={items} className="fw-earlier" />
}
