import type { MultiEnumField } from '../../../schemas/generated/types'
import { ChoiceTag } from './ChoiceTag'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { ChoiceSelect } from './inputs/ChoiceSelect'

const Show = ({ field, value }: ShowProps<MultiEnumField>) => (
  <span className="fw-tags">{((value as string[] | null) ?? []).map((v) => <ChoiceTag key={v} options={field.options} value={v} tag />)}</span>
)
const Input = (props: InputProps<MultiEnumField>) => <ChoiceSelect {...props} options={props.field.options} multiple />
const Choice = (props: InputProps<MultiEnumField>) => <ChoiceSelect {...props} options={props.field.options} />

export const multiEnum: FieldView<MultiEnumField> = { Show, Input, Choice, quick: 'contains', width: 180 }
