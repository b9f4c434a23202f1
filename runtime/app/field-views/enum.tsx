import type { EnumField } from '../../../schemas/generated/types'
import { ChoiceTag } from './ChoiceTag'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { ChoiceSelect } from './inputs/ChoiceSelect'

const Show = ({ field, value }: ShowProps<EnumField>) => (value ? <ChoiceTag options={field.options} value={value as string} /> : null)
const Input = (props: InputProps<EnumField>) => <ChoiceSelect {...props} options={props.field.options} />
const Many = (props: InputProps<EnumField>) => <ChoiceSelect {...props} options={props.field.options} multiple />

export const enumeration: FieldView<EnumField> = { Show, Input, Many, quick: 'in', width: 120 }
