import { systemEntities } from '../../../schemas/system'
import type { Id } from '../api'
import type { Field } from '../../../schemas/generated/types'
import { RecordSelect } from '../field-views/inputs/RecordSelect'

interface Props { id: string; value: Id[]; onChange: (people: Id[]) => void; label: string; multiple?: boolean; invalid?: boolean }

const who: Field = { name: 'people', type: 'user', label: { en: 'Who', zh: '人员' } }

/** Chooses one person or several. */
export function PeopleInput({ id, value, onChange, label, multiple = false, invalid = false }: Props) {
  const change = (next: unknown) => onChange([next ?? []].flat() as Id[])
  return <RecordSelect id={id} field={who} entity={systemEntities.user} multiple={multiple} value={multiple ? value : (value[0] ?? null)} onChange={change} label={label} placeholder={label} invalid={invalid} />
}
