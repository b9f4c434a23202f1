import { useQuery } from '@tanstack/react-query'
import type { Id } from '../api'
import { findPeople } from '../api/people'
import type { Field } from '../../../schemas/generated/types'
import { SearchSelect, useSearch } from '../field-views/inputs/SearchSelect'
import { useTitles } from '../titles/titles'

interface Props { id: string; value: Id[]; onChange: (people: Id[]) => void; label: string; multiple?: boolean; invalid?: boolean }

const who: Field = { name: 'people', type: 'user', label: { en: 'Who', zh: '人员' } }

/** Chooses one person or several of those who work here; no right to read their records is needed. */
export function PeopleInput({ id, value, onChange, label, multiple = false, invalid = false }: Props) {
  const { search: { query, open }, control } = useSearch()
  const titles = useTitles()
  const page = useQuery({ queryKey: ['people', query], queryFn: ({ signal }) => findPeople(query, signal), enabled: open, placeholderData: (previous) => previous })
  const options = (page.data ?? []).map((person) => ({ value: person.id, label: person.name }))
  const change = (next: unknown) => onChange([next ?? []].flat() as Id[])
  return <SearchSelect id={id} field={who} multiple={multiple} control={control} found={{ options, loading: page.isFetching }} value={value} named={value.map((one) => ({ value: one, label: titles(one) ?? '…' }))} onChange={change} label={label} placeholder={label} invalid={invalid} />
}
