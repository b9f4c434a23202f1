import { fieldTypeOf } from '../../../../schemas/field-types'
import { useLanguage } from '../../i18n'
import type { InputProps } from '../field-view'
import { LineInput } from './LineInput'

/** Types a value that is read from text: 1h30, 30.27 120.15. What cannot be read yet stays text, and checking says why. */
export function ReadInput({ onChange, ...props }: InputProps) {
  const language = useLanguage()
  const type = fieldTypeOf(props.field)
  const write = (value: unknown) => (typeof value === 'string' ? value : type.format(value ?? null, props.field, { language }))
  const read = (text: unknown) => (text === null ? null : type.normalise!(text, props.field))
  return <LineInput {...props} value={write(props.value)} onChange={(text) => onChange(read(text))} read={(text) => write(read(text))} />
}
