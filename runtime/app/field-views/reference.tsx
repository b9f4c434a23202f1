import type { ReferenceField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { RecordSelect } from './inputs/RecordSelect'
import { RecordLink } from './RecordLink'

const Show = ({ field, value }: ShowProps<ReferenceField>) => (value ? <RecordLink entity={field.entity} id={value as string} /> : null)
const Input = (props: InputProps<ReferenceField>) => <RecordSelect {...props} entity={props.field.entity} />
const Many = (props: InputProps<ReferenceField>) => <RecordSelect {...props} entity={props.field.entity} multiple />

export const reference: FieldView<ReferenceField> = { Show, Input, Many, quick: 'in', width: 180 }
