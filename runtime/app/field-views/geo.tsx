import type { GeoField } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { ReadInput } from './inputs/ReadInput'
import { Plain } from './Plain'

const Show = (props: ShowProps<GeoField>) => <span className="fw-number"><Plain {...props} /></span>

/** Takes what maps put on the clipboard: latitude, longitude. */
function Input(props: InputProps<GeoField>) {
  const t = useText()
  return <ReadInput {...props} placeholder={props.placeholder || t('geo.hint')} />
}

export const geo: FieldView<GeoField> = { Show, Input, width: 180 }
