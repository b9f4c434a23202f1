import type { IntegerField } from '../../../schemas/generated/types'
import { Amount } from './Amount'
import type { FieldView, InputProps } from './field-view'
import { DecimalInput } from './inputs/DecimalInput'

/** Digits after the point stay text, so that checking says what is wrong instead of cutting them off. */
const toWire = (text: string) => (text.includes('.') ? text : Number(text))

const IntegerInput = (props: InputProps<IntegerField>) => (
  <DecimalInput {...props} scale={0} toWire={toWire} {...(props.field.unit && { suffix: props.field.unit })} />
)

export const integer: FieldView<IntegerField> = { Show: Amount, Input: IntegerInput, quick: 'between', width: 100, align: 'right' }
