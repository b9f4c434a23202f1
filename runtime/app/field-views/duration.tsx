import type { DurationField } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { ReadInput } from './inputs/ReadInput'
import { Plain } from './Plain'

const Show = (props: ShowProps<DurationField>) => <span className="fw-number"><Plain {...props} /></span>

function Input(props: InputProps<DurationField>) {
  const t = useText()
  return <ReadInput {...props} placeholder={props.placeholder || t('duration.hint')} />
}

export const duration: FieldView<DurationField> = { Show, Input, quick: 'between', width: 130 }
