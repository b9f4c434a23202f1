import type { ReactNode } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { CreatedRecord, EventData, TimelineItem, TimelineKind, TrailKind } from '../api'
import { useMoment } from '../format/moments'
import { RecordLink } from '../field-views/RecordLink'
import { useLabel, useList, useText, type TextKey } from '../i18n'
import { useCatalog } from '../session'
import { useTitle, useTitles } from '../titles/titles'
import { useFlow, useNodeLabel } from '../approvals/labels'
import { trailTexts } from '../approvals/trail-texts'

type Telling = (props: { entity: CompiledEntity; data: EventData }) => ReactNode

/** What happened, by kind of event. */
const tellings: Record<TimelineKind, Telling> = {
  created: () => <Plain text="event.created" />,
  changed: () => <Plain text="event.changed" />,
  deleted: Deleted,
  restored: () => <Plain text="event.restored" />,
  reverted: Reverted,
  purged: () => <Plain text="event.purged" />,
  merged: Merged,
  unmerged: () => <Plain text="event.unmerged" />,
  stage: Stage,
  version: Version,
  checklist: Checked,
  action: Action,
  flow: Flow,
  decision: Flow,
  shared: Shared,
  unshared: Shared,
}

export function EventText({ entity, item }: { entity: CompiledEntity; item: TimelineItem }) {
  const Telling = tellings[item.kind]
  return <div className="fw-event-text"><Telling entity={entity} data={item.data} /></div>
}

function Plain({ text }: { text: 'event.created' | 'event.changed' | 'event.restored' | 'event.purged' | 'event.unmerged' }) {
  return useText()(text)
}

function Deleted({ entity, data: { mergedInto } }: { entity: CompiledEntity; data: EventData }) {
  const t = useText()
  return mergedInto === undefined ? t('event.deleted') : <>{t('event.mergedInto')} <RecordLink entity={entity.name} id={mergedInto} /></>
}

function Reverted({ data }: { data: EventData }) {
  const t = useText()
  const moment = useMoment()
  return t('event.reverted', { at: data.entryAt ? moment(data.entryAt) : '' })
}

function Merged({ data: { merged = [] } }: { data: EventData }) {
  const t = useText()
  const title = useTitles()
  const list = useList()
  return t('event.merged', { records: list(merged.map((id) => title(id) ?? '—')) })
}

function Stage({ data }: { data: EventData }) {
  const t = useText()
  const label = useLabel()
  return (
    <>
      {t('event.stage', { from: label(data.fromLabel), to: label(data.toLabel) })}
      {data.toPipeline && <span className="fw-muted"> · {t('event.switched', { from: label(data.fromPipeline), to: label(data.toPipeline) })}</span>}
      {data.toVersion !== undefined && <span className="fw-muted"> · <Version data={data} /></span>}
      {data.days !== undefined && <span className="fw-muted"> · {t('event.daysThere', { count: data.days })}</span>}
    </>
  )
}

function Version({ data }: { data: EventData }) {
  const t = useText()
  const label = useLabel()
  return t('event.version', { mode: label(data.pipeline), from: data.fromVersion ?? '', to: data.toVersion ?? '' })
}

function Checked({ data }: { data: EventData }) {
  const t = useText()
  return t(data.done ? 'event.checked' : 'event.unchecked', { text: useLabel()(data.text) })
}

function Action({ data }: { data: EventData }) {
  const label = useLabel()
  return (
    <>
      {label(data.label)}
      {data.created?.map((made) => <Created key={made.id} {...made} />)}
    </>
  )
}

/** What kind of record was made; its name where the reader may see it. */
function Created({ entity, id }: CreatedRecord) {
  const label = useLabel()
  const kind = label(useCatalog().entities.get(entity)?.definition.label)
  const known = useTitle(id) !== undefined
  return <span className="fw-event-created"> → {kind}{known && <> <RecordLink entity={entity} id={id} /></>}</span>
}

/** Without a right: it was taken back. */
function Shared({ data: { grantee, right, until } }: { data: EventData }) {
  const t = useText()
  const who = useTitle(grantee ?? null) ?? '—'
  if (right === undefined) return t('event.unshared', { who })
  return <>{t(right === 'write' ? 'event.sharedToWrite' : 'event.shared', { who })}{until && <span className="fw-muted"> · {t('share.untilDay', { day: until })}</span>}</>
}

const flowEvents: { [K in TrailKind]?: TextKey } = { submitted: 'event.submitted', approved: 'event.approvedAt', rejected: 'event.rejectedAt', withdrawn: 'event.withdrawn' }

/** Submitted and decided are told in a sentence; anything else as the trail tells it. */
function Flow({ entity, data: { flow: name, event = 'submitted', node: at, people = [] } }: { entity: CompiledEntity; data: EventData }) {
  const t = useText()
  const label = useLabel()
  const titles = useTitles()
  const definition = useFlow(entity.name, name)
  const node = useNodeLabel(definition, at)
  const flow = label(definition?.label) || (name ?? '')
  const list = useList()
  const sentence = flowEvents[event]
  return sentence ? t(sentence, { flow, node }) : [flow, node, [t(trailTexts[event]), list(people.map((id) => titles(id) ?? '—'))].filter(Boolean).join(' ')].filter(Boolean).join(' · ')
}
