import type { ReactNode } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { EventData, TimelineItem, TimelineKind } from '../api'
import { RecordLink } from '../field-views/RecordLink'
import { useLabel, useText } from '../i18n'
import { useTitle } from '../titles/titles'
import { useFlow, useNodeLabel } from '../approvals/labels'

type Telling = (props: { entity: CompiledEntity; data: EventData }) => ReactNode

/** What happened, by kind of event. */
const tellings: Record<TimelineKind, Telling> = {
  created: () => <Plain text="event.created" />,
  changed: () => <Plain text="event.changed" />,
  deleted: () => <Plain text="event.deleted" />,
  restored: () => <Plain text="event.restored" />,
  stage: Stage,
  action: Action,
  flow: Flow,
  decision: Decision,
  shared: Shared,
  unshared: Shared,
}

export function EventText({ entity, item }: { entity: CompiledEntity; item: TimelineItem }) {
  const Telling = tellings[item.kind]
  return <div className="fw-event-text"><Telling entity={entity} data={item.data} /></div>
}

function Plain({ text }: { text: 'event.created' | 'event.changed' | 'event.deleted' | 'event.restored' }) {
  return useText()(text)
}

function Stage({ data }: { data: EventData }) {
  const t = useText()
  const label = useLabel()
  return (
    <>
      {t('event.stage', { from: label(data.fromLabel), to: label(data.toLabel) })}
      {data.days !== undefined && <span className="fw-muted"> · {t('event.daysThere', { count: data.days })}</span>}
    </>
  )
}

function Action({ data }: { data: EventData }) {
  const label = useLabel()
  return (
    <>
      {label(data.label)}
      {data.created?.map(({ entity, id }) => <span key={id} className="fw-event-created"> → <RecordLink entity={entity} id={id} /></span>)}
    </>
  )
}

/** Without a right: it was taken back. */
function Shared({ data: { grantee, right, until } }: { data: EventData }) {
  const t = useText()
  const who = useTitle(grantee ?? null) ?? '—'
  if (right === undefined) return t('event.unshared', { who })
  return <>{t(right === 'write' ? 'event.sharedToWrite' : 'event.shared', { who })}{until && <span className="fw-muted"> · {t('share.untilDay', { day: until })}</span>}</>
}

const flowEvents = { submitted: 'event.submitted', approved: 'event.approvedAt', rejected: 'event.rejectedAt', withdrawn: 'event.withdrawn' } as const

function Flow({ entity, data }: { entity: CompiledEntity; data: EventData }) {
  const t = useText()
  const label = useLabel()
  const flow = useFlow(entity.name, data.flow)
  return t(flowEvents[data.event ?? 'submitted'], { flow: label(flow?.label) || (data.flow ?? ''), node: '' })
}

function Decision({ entity, data }: { entity: CompiledEntity; data: EventData }) {
  const t = useText()
  const label = useLabel()
  const flow = useFlow(entity.name, data.flow)
  const node = useNodeLabel(flow, data.node)
  return t(flowEvents[data.event ?? 'approved'], { flow: label(flow?.label) || (data.flow ?? ''), node })
}
