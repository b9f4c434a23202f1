import { fieldTypes } from '../../../schemas/field-types'
import type { TimeField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { Plain } from './Plain'

const Show = (props: ShowProps<TimeField>) => <span className="fw-number"><Plain {...props} /></span>

/** Typed in any usual way; written as it is kept once it is left. */
function Input(props: InputProps<TimeField>) {
  const canonical = (text: string) => (fieldTypes.time.normalise!(text, props.field) as string | null) ?? ''
  return <LineInput {...props} placeholder={props.placeholder || (props.field.seconds ? 'HH:mm:ss' : 'HH:mm')} resting={canonical} />
}

export const time: FieldView<TimeField> = { Show, Input, quick: 'between', width: 100 }
