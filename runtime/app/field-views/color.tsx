import { useText } from '../i18n'
import type { ColorField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'

const known = (value: unknown): value is string => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)

const Show = ({ value }: ShowProps<ColorField>) => (value ? <span className="fw-color"><Swatch color={value} />{value as string}</span> : null)

const Swatch = ({ color }: { color: unknown }) => <span className="fw-swatch" aria-hidden style={known(color) ? { background: color } : {}} />

/** The browser's own chooser inside an input that takes the code as text. */
function Input(props: InputProps<ColorField>) {
  const t = useText()
  const { value } = props
  const chooser = (
    <input type="color" className="fw-swatch" aria-label={t('color.choose')} value={known(value) ? value : '#ffffff'} data-empty={!known(value)}
      disabled={props.readOnly ?? false} onChange={(event) => props.onChange(event.target.value)} />
  )
  return <LineInput {...props} prefix={chooser} />
}

export const color: FieldView<ColorField> = { Show, Input, quick: 'eq', width: 110 }
