import { Input } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n'
import type { PlainControl } from '../control'
import { usePlace } from '../PanelContext'
import type { ControlProps } from './props'

/** Any JSON; what is no JSON is taken as text. */
export function JsonInput({ path, id, label, invalid }: ControlProps<PlainControl>) {
  const { value, type } = usePlace(path)
  const t = useText()
  const [draft, setDraft] = useState<string>()
  return (
    <Input id={id} aria-label={label} className="st-code" value={draft ?? written(value)} placeholder={t('json.hint')} status={invalid ? 'error' : undefined}
      onChange={(e) => { setDraft(e.target.value); type(readJson(e.target.value)) }} onBlur={() => setDraft(undefined)} />
  )
}

/** Text that would be read as something else is written with its quotes. */
export function written(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' && readJson(value) === value ? value : JSON.stringify(value)
}

export function readJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
