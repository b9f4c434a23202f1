import { UndoOutlined } from '@ant-design/icons'
import { Button, Select, Skeleton, Timeline } from 'antd'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { Change, Commands, TimelineItem } from '../api'
import { useTimeline } from '../api/queries'
import { FailedState } from '../components'
import { Ago } from '../format/Ago'
import { useLabel, useText } from '../i18n'
import { useRights, visibleFields } from '../session'
import { useTitle } from '../titles/titles'
import { EventOrigin } from './EventOrigin'
import { EventText } from './EventText'
import { ChangeList } from './ChangeList'
import { usePutBack, type PutBack } from './use-put-back'

/** Events shown at first. */
const first = 8

const colors: Partial<Record<TimelineItem['kind'], string>> = { created: 'green', stage: 'blue', action: 'blue', flow: 'blue', decision: 'blue', merged: 'blue', deleted: 'red' }

/** Who did what when, newest first. */
export default function TimelinePanel({ entity, id, commands }: { entity: CompiledEntity; id: string; commands: Commands | undefined }) {
  const t = useText()
  const [field, setField] = useState<string>()
  const timeline = useTimeline(entity.name, id, field)
  const [all, setAll] = useState(false)
  const back = usePutBack(entity, id, commands, timeline.data?.items)
  const items = timeline.data?.items ?? []
  const shown = all ? items : items.slice(0, first)
  return (
    <section className="fw-panel fw-side-panel" aria-label={t('timeline.title')}>
      <div className="fw-timeline-head"><h2>{t('timeline.title')}</h2><FieldFilter entity={entity} value={field} onChange={setField} /></div>
      {timeline.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {timeline.error && <FailedState error={timeline.error} />}
      {timeline.data && items.length === 0 && <p className="fw-muted">{t('timeline.noneOf')}</p>}
      <Timeline items={shown.map((item) => ({ key: item.id, color: colors[item.kind] ?? 'gray', content: <Event entity={entity} item={item} back={back} /> }))} />
      {items.length > shown.length && <button type="button" className="fw-link-button" onClick={() => setAll(true)}>{t('timeline.more', { count: items.length - shown.length })}</button>}
    </section>
  )
}

/** One field's story instead of everything. */
function FieldFilter({ entity, value, onChange }: { entity: CompiledEntity; value: string | undefined; onChange: (field: string | undefined) => void }) {
  const t = useText()
  const label = useLabel()
  const fields = visibleFields(entity, useRights(entity.name)).filter(({ computed }) => !computed)
  const options = fields.map(({ name, definition }) => ({ value: name, label: label(definition.label) }))
  return <Select size="small" variant="filled" className="fw-timeline-field" aria-label={t('timeline.field')} placeholder={t('timeline.allFields')} allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={200} {...(value !== undefined && { value })} options={options} onChange={(next: string | undefined) => onChange(next)} />
}

function Event({ entity, item, back }: { entity: CompiledEntity; item: TimelineItem; back: PutBack }) {
  const t = useText()
  const who = useTitle(item.by) ?? t('timeline.system')
  const changes = tellingChanges(entity, item)
  const fields = back.fieldsOf(item)
  return (
    <div className="fw-event">
      <div className="fw-event-head"><b>{who}</b><Ago at={item.at} /></div>
      <EventText entity={entity} item={item} />
      <EventOrigin entity={entity} item={item} />
      <ChangeList entity={entity} changes={changes} putBack={(field) => (fields.includes(field) ? () => back.putBack(item, [field]) : undefined)} />
      {fields.length > 1 && <Button type="link" size="small" className="fw-undo-change" icon={<UndoOutlined aria-hidden />} onClick={() => back.putBack(item, fields)}>{t('timeline.undoChange')}</Button>}
      {item.kind === 'merged' && item.id === back.lastMerge && <Button type="link" size="small" className="fw-undo-change" icon={<UndoOutlined aria-hidden />} onClick={back.unmerge}>{t('merge.undo')}</Button>}
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
