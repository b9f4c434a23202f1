import { Select, Spin } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n'
import { learnTitles } from '../../titles/titles'
import type { InputProps } from '../field-view'
import { controlProps } from './control'
import { useDebounced } from './use-debounced'

export interface Found { value: string; label: string; subtitle?: string | undefined }

/** What is looked for: nothing while the list is closed. */
export interface Search { query: string; open: boolean }

export function useSearch() {
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const close = (next: boolean) => { setOpen(next); if (!next) setQuery('') }
  return { search: { query: useDebounced(query.trim(), 180), open }, control: { onSearch: setQuery, onOpenChange: close } }
}

interface Props extends InputProps {
  multiple: boolean
  control: ReturnType<typeof useSearch>['control']
  found: { options: Found[]; loading: boolean }
  /** What is chosen, with names. */
  named: { value: string; label: string }[]
  onChosen?: (ids: string[]) => void
}

/** Search-as-you-type choice of one or several ids; remembers their names. */
export function SearchSelect({ multiple, control: { onSearch, onOpenChange }, found, named, onChosen, ...props }: Props) {
  const t = useText()
  const choose = (chosen: Chosen | Chosen[] | null | undefined) => {
    const list = chosen ? [chosen].flat() : []
    learnTitles(Object.fromEntries(list.flatMap(({ value, label }) => (typeof label === 'string' ? [[value, label]] : []))))
    props.onChange(multiple ? list.map(({ value }) => value) : (list[0]?.value ?? null))
    onChosen?.(list.map(({ value }) => value))
  }
  return (
    <Select
      {...controlProps(props)}
      className="fw-wide"
      {...(multiple && { mode: 'multiple' as const, maxTagCount: 'responsive' as const })}
      labelInValue
      value={multiple ? named : named[0]}
      onChange={choose}
      options={found.options}
      optionRender={(option) => <Choice title={option.label} subtitle={option.data.subtitle} />}
      showSearch={{ filterOption: false, onSearch }}
      onOpenChange={onOpenChange}
      notFoundContent={found.loading ? <Spin size="small" /> : t('select.nothing')}
      disabled={props.readOnly ?? false}
      placeholder={props.placeholder ?? t('select.search')}
      allowClear
      popupMatchSelectWidth={false}
    />
  )
}

type Chosen = { value: string; label?: React.ReactNode }

function Choice({ title, subtitle }: { title: React.ReactNode; subtitle: string | undefined }) {
  return (
    <span className="fw-choice">
      <span className="fw-ellipsis">{title}</span>
      {subtitle && <span className="fw-muted fw-choice-sub">{subtitle}</span>}
    </span>
  )
}
