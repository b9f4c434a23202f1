import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { Change } from '../api'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'

/** Changes shown at first. */
const first = 4

/** Field by field, from what to what. */
export function ChangeList({ entity, changes }: { entity: CompiledEntity; changes: Change[] }) {
  const t = useText()
  const [all, setAll] = useState(false)
  const known = changes.filter(({ field }) => entity.fields.has(field) && !entity.fields.get(field)!.definition.hidden)
  const shown = all ? known : known.slice(0, first)
  if (known.length === 0) return null
  return (
    <ul className="fw-changes">
      {shown.map((change) => <li key={change.field}><ChangeText entity={entity} change={change} /></li>)}
      {known.length > shown.length && <li><button type="button" className="fw-link-button" onClick={() => setAll(true)}>{t('timeline.moreChanges', { count: known.length - shown.length })}</button></li>}
    </ul>
  )
}

function ChangeText({ entity, change: { field: name, from, to } }: { entity: CompiledEntity; change: Change }) {
  const label = useLabel()
  const field = entity.fields.get(name)!
  return (
    <>
      <span className="fw-muted">{label(field.definition.label)}: </span>
      {isBlank(from) ? null : <><del><Value field={field} record={{ [name]: from }} cell /></del> → </>}
      {isBlank(to) ? '—' : <Value field={field} record={{ [name]: to }} cell />}
    </>
  )
}

const isBlank = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0)
