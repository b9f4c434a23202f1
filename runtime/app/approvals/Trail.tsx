import { ClockCircleOutlined } from '@ant-design/icons'
import { Timeline } from 'antd'
import type { FlowInstance, Task, TrailItem, TrailKind } from '../api'
import { FileLink } from '../field-views/files/FileLink'
import { Picture } from '../field-views/files/Picture'
import { Ago } from '../format/Ago'
import { useList, useText } from '../i18n'
import { useTitles } from '../titles/titles'
import { useNodeLabel } from './labels'
import { trailTexts } from './trail-texts'

const colors: Record<TrailKind, string> = { submitted: 'blue', approved: 'green', rejected: 'red', withdrawn: 'gray', automatic: 'gray', incident: 'orange', ended: 'gray', transferred: 'blue', delegated: 'blue', signersAdded: 'blue', signersRemoved: 'gray', copied: 'gray', claimed: 'blue', commented: 'gray', urged: 'orange', reassigned: 'orange', called: 'gray', cancelled: 'gray', childEnded: 'gray', invalidated: 'gray', jumped: 'gray', migrated: 'gray', noted: 'gray', reminded: 'gray', resubmitted: 'gray', retried: 'gray', returned: 'gray', sentBack: 'gray', serviceDone: 'gray', serviceFailed: 'gray', terminated: 'gray', timer: 'gray' }

/** Who decided what, oldest first, then whom it waits for. */
export function Trail({ instance }: { instance: FlowInstance }) {
  const steps = instance.trail.filter(({ kind }) => kind !== 'ended')
  const open = instance.tasks.filter(({ status }) => status === 'open')
  const nodes = [...new Set(open.map(({ node }) => node))]
  const items = [
    ...steps.map((step, i) => ({ key: `${i}`, color: colors[step.kind], content: <Step instance={instance} step={step} /> })),
    ...nodes.map((node) => ({ key: node, color: 'blue', icon: <ClockCircleOutlined aria-hidden />, content: <Waiting instance={instance} node={node} tasks={open.filter((task) => task.node === node)} /> })),
  ]
  return <Timeline items={items} className="fw-trail" />
}

function Step({ instance, step }: { instance: FlowInstance; step: TrailItem }) {
  const t = useText()
  const node = useNodeLabel(instance.definition, step.node)
  const titles = useTitles()
  const list = useList()
  const who = titles(step.kind === 'automatic' && step.person ? step.person : step.by) ?? t('timeline.system')
  const people = list(step.people?.map((id) => titles(id) ?? '—') ?? [])
  return (
    <div className="fw-event">
      <div className="fw-event-head"><b>{who}</b><Ago at={step.at} /></div>
      <div>{[node, `${t(trailTexts[step.kind])} ${people}`.trim()].filter(Boolean).join(' · ')}</div>
      {step.onBehalfOf && <div className="fw-muted">{t('trail.onBehalfOf', { who: titles(step.onBehalfOf) ?? '—' })}</div>}
      {step.versions && <div className="fw-muted">{t('trail.versions', step.versions)}</div>}
      {step.comment && <blockquote className="fw-quote fw-pre">{step.comment}</blockquote>}
      {step.reason && <blockquote className="fw-quote">{step.reason}</blockquote>}
      {step.signature && <Picture id={step.signature} />}
      {step.attachments?.map((id) => <FileLink key={id} id={id} />)}
    </div>
  )
}

/** Who holds it now, and since when. */
function Waiting({ instance, node, tasks }: { instance: FlowInstance; node: string; tasks: Task[] }) {
  const t = useText()
  const titles = useTitles()
  const list = useList()
  const label = useNodeLabel(instance.definition, node)
  const since = tasks.map(({ createdAt }) => createdAt).sort()[0]!
  return (
    <div className="fw-event">
      <div className="fw-event-head"><b>{label}</b><Ago at={since} /></div>
      <div className="fw-muted">{t('trail.waiting', { people: list(tasks.map(({ assignee }) => titles(assignee) ?? '—')) })}</div>
    </div>
  )
}
