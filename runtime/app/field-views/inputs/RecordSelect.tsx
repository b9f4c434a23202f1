import { useQuery } from '@tanstack/react-query'
import { getRecord, listRecords } from '../../api/records'
import type { RecordDoc } from '../../api/types'
import { useEntity } from '../../session'
import { learnTitles, useTitles } from '../../titles/titles'
import type { InputProps } from '../field-view'
import { SearchSelect, useSearch, type Found, type Search } from './SearchSelect'

interface Props extends InputProps { entity: string; multiple?: boolean }

/** Choice of one or several records. */
export function RecordSelect({ entity, multiple = false, ...props }: Props) {
  const { search, control } = useSearch()
  const ids = multiple ? ((props.value as string[] | null) ?? []) : props.value ? [props.value as string] : []
  const { onPick } = props
  // Who wants to copy from it gets the whole record.
  const pick = ([id]: string[]) => { if (onPick && !multiple && id !== undefined) void getRecord(entity, id).then((record) => onPick(entity, record), ignoreUnreadable) }
  return <SearchSelect {...props} multiple={multiple} control={control} found={useFound(entity, search)} named={useNamed(entity, ids)} onChosen={pick} />
}

function useFound(entity: string, { query, open }: Search): { options: Found[]; loading: boolean } {
  const definition = useEntity(entity)?.definition
  const title = definition?.titleField ?? 'name'
  const fields = definition?.subtitleField ? [title, definition.subtitleField] : [title]
  const page = useQuery({
    queryKey: ['records', entity, 'choices', query, fields],
    queryFn: ({ signal }) => listRecords(entity, { q: query || undefined, limit: 20, fields, count: 'none' }, signal),
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
