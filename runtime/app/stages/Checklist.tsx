import { App, Checkbox } from 'antd'
import { useState } from 'react'
import type { ChecklistItem, Stage } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import type { Check, Commands, RecordDoc } from '../api'
import { useAfterWrite } from '../api/queries'
import { checkItem } from '../api/records'
import { useDescribe } from '../components'
import { useMoment } from '../format/moments'
import { useLabel, useText } from '../i18n'

interface Props { entity: CompiledEntity; record: RecordDoc; stage: Stage | undefined; commands: Commands | undefined }

/** What is to be done in the present stage; ticking it off is kept with name and time. */
export function Checklist({ entity, record, stage, commands }: Props) {
  const t = useText()
  const items = stage?.checklist ?? []
  const done = commands?.checklist ?? []
  if (items.length === 0) return null
  return (
    <section className="fw-checklist" aria-label={t('checklist.title')}>
      <h3>{t('checklist.title')} <span className="fw-muted fw-number">{done.length}/{items.length}</span></h3>
      <ul>
        {items.map((item) => <Item key={item.id} entity={entity} record={record} item={item} check={done.find((c) => c.item === item.id)} disabled={commands?.update !== true} />)}
      </ul>
    </section>
  )
}

interface ItemProps { entity: CompiledEntity; record: RecordDoc; item: ChecklistItem; check: Check | undefined; disabled: boolean }

function Item({ entity, record, item, check, disabled }: ItemProps) {
  const t = useText()
  const label = useLabel()
  const refresh = useAfterWrite()
  const describe = useDescribe()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const toggle = (done: boolean) => {
    setBusy(true)
    void checkItem(entity.name, record.id, item.id, done).then(() => refresh(), (error: unknown) => { void message.error(describe(error)) }).finally(() => setBusy(false))
  }
  return (
    <li>
      <Checkbox checked={check !== undefined} disabled={disabled || busy} onChange={(event) => toggle(event.target.checked)}>
        {label(item.text)} {item.required && !check && <span className="fw-checklist-required">{t('checklist.required')}</span>}
      </Checkbox>
      {check && <DoneBy check={check} />}
    </li>
  )
}

function DoneBy({ check: { name, at } }: { check: Check }) {
  const moment = useMoment()
  return <span className="fw-muted">{[name, moment(at)].filter(Boolean).join(' · ')}</span>
}
