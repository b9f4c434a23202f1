import { ClockCircleOutlined } from '@ant-design/icons'
import { Timeline } from 'antd'
import type { FlowInstance, TrailItem, TrailKind } from '../api'
import { Ago } from '../format/Ago'
import { useText, type TextKey } from '../i18n'
import { useTitle, useTitles } from '../titles/titles'
import { useNodeLabel } from './labels'

const texts: Record<TrailKind, TextKey> = {
  submitted: 'trail.submitted', approved: 'trail.approved', rejected: 'trail.rejected', withdrawn: 'trail.withdrawn', automatic: 'trail.automatic', incident: 'trail.incident', ended: 'trail.ended',
}
const colors: Record<TrailKind, string> = { submitted: 'blue', approved: 'green', rejected: 'red', withdrawn: 'gray', automatic: 'gray', incident: 'orange', ended: 'gray' }

/** Who decided what, oldest first, then whom it waits for. */
export function Trail({ instance }: { instance: FlowInstance }) {
  const steps = instance.trail.filter(({ kind }) => kind !== 'ended')
  const open = instance.tasks.filter(({ status }) => status === 'open')
  const nodes = [...new Set(open.map(({ node }) => node))]
  const items = [
    ...steps.map((step, i) => ({ key: `${i}`, color: colors[step.kind], content: <Step instance={instance} step={step} /> })),
    ...nodes.map((node) => ({ key: node, color: 'blue', icon: <ClockCircleOutlined aria-hidden />, content: <Waiting instance={instance} node={node} people={open.filter((task) => task.node === node).map(({ assignee }) => assignee)} /> })),
  ]
  return <Timeline items={items} className="fw-trail" />
}

function Step({ instance, step }: { instance: FlowInstance; step: TrailItem }) {
  const t = useText()
  const node = useNodeLabel(instance.definition, step.node)
  const who = useTitle(step.by) ?? t('timeline.system')
  return (
    <div className="fw-event">
      <div className="fw-event-head"><b>{who}</b><Ago at={step.at} /></div>
      <div>{[node, t(texts[step.kind])].filter(Boolean).join(' · ')}</div>
      {step.comment && <blockquote className="fw-quote fw-pre">{step.comment}</blockquote>}
      {step.reason && <blockquote className="fw-quote">{step.reason}</blockquote>}
    </div>
  )
}

function Waiting({ instance, node, people }: { instance: FlowInstance; node: string; people: string[] }) {
  const t = useText()
  const titles = useTitles()
  const label = useNodeLabel(instance.definition, node)
  return <div className="fw-event"><b>{label}</b><div className="fw-muted">{t('trail.waiting', { people: people.map((id) => titles(id) ?? '—').join('、') })}</div></div>
}
