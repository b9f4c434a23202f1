import { fieldTypes } from '../../../schemas/field-types'
import type { UserField } from '../../../schemas/generated/types'
import { useTitle } from '../titles/titles'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { RecordSelect } from './inputs/RecordSelect'

const people = (field: UserField) => fieldTypes.user.refersTo!(field)

function Show({ value }: ShowProps<UserField>) {
  const name = useTitle(value as string | null)
  return value ? <span>{name ?? '—'}</span> : null
}

const Input = (props: InputProps<UserField>) => <RecordSelect {...props} entity={people(props.field)} />
const Many = (props: InputProps<UserField>) => <RecordSelect {...props} entity={people(props.field)} multiple />

export const user: FieldView<UserField> = { Show, Input, Many, quick: 'in', width: 110 }
