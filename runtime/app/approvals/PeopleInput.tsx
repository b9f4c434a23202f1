import { useQuery } from '@tanstack/react-query'
import type { Id } from '../api'
import { findDepartments, findPeople } from '../api/people'
import type { Field } from '../../../schemas/generated/types'
import { SearchSelect, useSearch } from '../field-views/inputs/SearchSelect'
import { useTitles } from '../titles/titles'

interface Props { id: string; value: Id[]; onChange: (ids: Id[]) => void; label: string; multiple?: boolean; invalid?: boolean }

const people: Field = { name: 'people', type: 'user', label: { en: 'Who', zh: '人员' } }
const departments: Field = { name: 'departments', type: 'department', label: { en: 'Department', zh: '部门' } }

/** Chooses one person or several of those who work here; no right to read their records is needed. */
export const PeopleInput = (props: Props) => <NameInput {...props} field={people} find={findPeople} />

/** The same of departments. */
export const DepartmentInput = (props: Props) => <NameInput {...props} field={departments} find={findDepartments} />

function NameInput({ id, field, find, value, onChange, label, multiple = false, invalid = false }: Props & { field: Field; find: typeof findPeople }) {
  const { search: { query, open }, control } = useSearch()
  const titles = useTitles()
  const page = useQuery({ queryKey: [field.name, query], queryFn: ({ signal }) => find(query, signal), enabled: open, placeholderData: (previous) => previous })
  const options = (page.data ?? []).map((one) => ({ value: one.id, label: one.name }))
  const change = (next: unknown) => onChange([next ?? []].flat() as Id[])
  return <SearchSelect id={id} field={field} multiple={multiple} control={control} found={{ options, loading: page.isFetching }} value={value} named={value.map((one) => ({ value: one, label: titles(one) ?? '…' }))} onChange={change} label={label} placeholder={label} invalid={invalid} />
}
