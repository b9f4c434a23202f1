import { UndoOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { Change } from '../api'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'

/** Changes shown at first. */
const first = 4

interface Props {
  entity: CompiledEntity
  changes: Change[]
  /** Puts a field's former value back; undefined for a field where this person cannot. */
  putBack: (field: string) => (() => void) | undefined
}

/** Field by field, from what to what. */
export function ChangeList({ entity, changes, putBack }: Props) {
  const t = useText()
  const [all, setAll] = useState(false)
  const known = changes.filter(({ field }) => entity.fields.has(field) && !entity.fields.get(field)!.definition.hidden)
  const shown = all ? known : known.slice(0, first)
  if (known.length === 0) return null
  return (
    <ul className="fw-changes">
      {shown.map((change) => <li key={change.field}><ChangeText entity={entity} change={change} /><PutBack entity={entity} field={change.field} onClick={putBack(change.field)} /></li>)}
      {known.length > shown.length && <li><button type="button" className="fw-link-button" onClick={() => setAll(true)}>{t('timeline.moreChanges', { count: known.length - shown.length })}</button></li>}
    </ul>
  )
}

function ChangeText({ entity, change: { field: name, from, to } }: { entity: CompiledEntity; change: Change }) {
  const label = useLabel()
  const field = entity.fields.get(name)!
  return (
    <span>
      <span className="fw-muted">{label(field.definition.label)}: </span>
      {isBlank(from) ? null : <><del><Value field={field} record={{ [name]: from }} cell /></del> → </>}
      {isBlank(to) ? '—' : <Value field={field} record={{ [name]: to }} cell />}
    </span>
  )
}

function PutBack({ entity, field, onClick }: { entity: CompiledEntity; field: string; onClick: (() => void) | undefined }) {
  const t = useText()
  const label = useLabel()
  if (!onClick) return null
  const name = t('timeline.putBack', { field: label(entity.fields.get(field)!.definition.label) })
  return <Tooltip title={name}><Button type="text" size="small" className="fw-put-back" icon={<UndoOutlined aria-hidden />} aria-label={name} onClick={onClick} /></Tooltip>
}

const isBlank = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0)
