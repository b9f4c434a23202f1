import { Skeleton, Timeline } from 'antd'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { Change, TimelineItem } from '../api'
import { useTimeline } from '../api/queries'
import { FailedState } from '../components'
import { Ago } from '../format/Ago'
import { useText } from '../i18n'
import { useTitle } from '../titles/titles'
import { EventText } from './EventText'
import { ChangeList } from './ChangeList'

/** Events shown at first. */
const first = 8

const colors: Partial<Record<TimelineItem['kind'], string>> = { created: 'green', stage: 'blue', action: 'blue', flow: 'blue', decision: 'blue', deleted: 'red' }

/** Who did what when, newest first. */
export default function TimelinePanel({ entity, id }: { entity: CompiledEntity; id: string }) {
  const t = useText()
  const timeline = useTimeline(entity.name, id)
  const [all, setAll] = useState(false)
  const items = timeline.data?.items ?? []
  const shown = all ? items : items.slice(0, first)
  return (
    <section className="fw-panel fw-side-panel" aria-label={t('timeline.title')}>
      <h2>{t('timeline.title')}</h2>
      {timeline.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {timeline.error && <FailedState error={timeline.error} />}
      <Timeline items={shown.map((item) => ({ key: item.id, color: colors[item.kind] ?? 'gray', content: <Event entity={entity} item={item} /> }))} />
      {items.length > shown.length && <button type="button" className="fw-link-button" onClick={() => setAll(true)}>{t('timeline.more', { count: items.length - shown.length })}</button>}
    </section>
  )
}

function Event({ entity, item }: { entity: CompiledEntity; item: TimelineItem }) {
  const t = useText()
  const who = useTitle(item.by) ?? t('timeline.system')
  return (
    <div className="fw-event">
      <div className="fw-event-head"><b>{who}</b><Ago at={item.at} /></div>
      <EventText entity={entity} item={item} />
      <ChangeList entity={entity} changes={tellingChanges(entity, item)} />
      {item.data.comment && <blockquote className="fw-quote fw-pre">{item.data.comment}</blockquote>}
    </div>
  )
}

/** Without what the event itself says: all of a new record, and where a move led. */
function tellingChanges({ definition }: CompiledEntity, { kind, changes }: TimelineItem): Change[] {
  if (kind === 'created') return []
  const places: string[] = kind === 'stage' ? Object.values(definition.pipeline ?? {}) : []
  return changes.filter(({ field }) => !places.includes(field))
}
