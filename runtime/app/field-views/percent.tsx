import type { PercentField } from '../../../schemas/generated/types'
import { Amount } from './Amount'
import type { FieldView, InputProps } from './field-view'
import { DecimalInput } from './inputs/DecimalInput'

const Input = (props: InputProps<PercentField>) => <DecimalInput {...props} scale={0} suffix="%" />

export const percent: FieldView<PercentField> = { Show: Amount, Input, quick: 'between', width: 90, align: 'right' }
