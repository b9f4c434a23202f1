import type { DecimalField } from '../../../schemas/generated/types'
import { Amount } from './Amount'
import type { FieldView, InputProps } from './field-view'
import { DecimalInput } from './inputs/DecimalInput'

const Input = (props: InputProps<DecimalField>) => (
  <DecimalInput {...props} scale={props.field.scale ?? 2} {...(props.field.unit && { suffix: props.field.unit })} />
)

export const decimal: FieldView<DecimalField> = { Show: Amount, Input, quick: 'between', width: 120, align: 'right' }
