import { useQuery } from '@tanstack/react-query'
import { Select, Spin } from 'antd'
import { useState } from 'react'
import { getRecord, listRecords } from '../../api/records'
import type { RecordDoc } from '../../api/types'
import { useEntity } from '../../session'
import { useText } from '../../i18n'
import { learnTitles, useTitles } from '../../titles/titles'
import type { InputProps } from '../field-view'
import { controlProps } from './control'
import { useDebounced } from './use-debounced'

interface Props extends InputProps { entity: string; multiple?: boolean }

/** Search-as-you-type choice of one or several records. */
export function RecordSelect({ entity, multiple, ...props }: Props) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const found = useFound(entity, query, open)
  const choose = useChoice(entity, props)
  const ids = multiple ? ((props.value as string[] | null) ?? []) : props.value ? [props.value as string] : []
  const named = useNamed(entity, ids)
  const close = (next: boolean) => { setOpen(next); if (!next) setQuery('') }
  return (
    <Select
      {...controlProps(props)}
      className="fw-wide"
      {...(multiple && { mode: 'multiple' as const, maxTagCount: 'responsive' as const })}
      labelInValue
      value={multiple ? named : named[0]}
      onChange={(chosen) => choose(chosen, multiple === true)}
      options={found.options}
      optionRender={(option) => <Choice title={option.label} subtitle={option.data.subtitle} />}
      showSearch={{ filterOption: false, onSearch: setQuery }}
      onOpenChange={close}
      notFoundContent={found.loading ? <Spin size="small" /> : t('select.nothing')}
      disabled={props.readOnly ?? false}
      placeholder={props.placeholder ?? t('select.search')}
      allowClear
      popupMatchSelectWidth={false}
    />
  )
}

function Choice({ title, subtitle }: { title: React.ReactNode; subtitle: string | undefined }) {
  return (
    <span className="fw-choice">
      <span className="fw-ellipsis">{title}</span>
      {subtitle && <span className="fw-muted fw-choice-sub">{subtitle}</span>}
    </span>
  )
}

interface Found { value: string; label: string; subtitle?: string | undefined }

function useFound(entity: string, query: string, open: boolean): { options: Found[]; loading: boolean } {
  const q = useDebounced(query.trim(), 180)
  const definition = useEntity(entity)?.definition
  const title = definition?.titleField ?? 'name'
  const fields = definition?.subtitleField ? [title, definition.subtitleField] : [title]
  const page = useQuery({
    queryKey: ['records', entity, 'choices', q, fields],
    queryFn: ({ signal }) => listRecords(entity, { q: q || undefined, limit: 20, fields, count: 'none' }, signal),
    enabled: open,
    placeholderData: (previous) => previous,
  })
  const options = (page.data?.items ?? []).map((item) => option(item, title, definition?.subtitleField))
  return { options, loading: page.isFetching }
}

const option = (item: RecordDoc, title: string, subtitle: string | undefined): Found => ({
  value: item.id,
  label: String(item[title] ?? item.id),
  subtitle: subtitle && subtitle !== title ? String(item[subtitle] ?? '') : undefined,
})

type Chosen = { value: string; label?: React.ReactNode }

/** Hands on the ids, remembers the titles, and fetches the whole record when somebody wants to copy from it. */
function useChoice(entity: string, { onChange, onPick }: InputProps) {
  return (chosen: Chosen | Chosen[] | null | undefined, multiple: boolean) => {
    const list = chosen ? [chosen].flat() : []
    learnTitles(Object.fromEntries(list.flatMap(({ value, label }) => (typeof label === 'string' ? [[value, label]] : []))))
    onChange(multiple ? list.map(({ value }) => value) : (list[0]?.value ?? null))
    if (onPick && !multiple && list[0]) void getRecord(entity, list[0].value).then((record) => onPick(entity, record), ignoreUnreadable)
  }
}

/** Copying is a convenience: who may choose the record but not read it simply types. */
function ignoreUnreadable(): void {}

/** Ids with their titles; an unknown one is asked for. */
function useNamed(entity: string, ids: string[]): { value: string; label: string }[] {
  const titles = useTitles()
  const unknown = ids.filter((id) => titles(id) === undefined)
  const titleField = useEntity(entity)?.definition.titleField ?? 'name'
  useQuery({
    queryKey: ['records', entity, 'titles', unknown],
    queryFn: () => Promise.allSettled(unknown.map(async (id) => learnTitles({ [id]: String((await getRecord(entity, id))[titleField] ?? '—') }))),
    enabled: unknown.length > 0,
    staleTime: Infinity,
  })
  return ids.map((id) => ({ value: id, label: titles(id) ?? '…' }))
}
