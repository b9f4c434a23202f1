import { Input as AntInput } from 'antd'
import { fieldTypes } from '../../../schemas/field-types'
import type { JsonField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'
import { useTyped } from './inputs/use-typed'

/** Indented; text that is no JSON yet as it is. */
const written = (value: unknown) => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2))

function Show({ value, cell }: ShowProps<JsonField>) {
  return cell ? <code className="fw-ellipsis">{JSON.stringify(value)}</code> : <pre className="fw-json">{written(value)}</pre>
}

function Input(props: InputProps<JsonField>) {
  const read = (text: string) => fieldTypes.json.normalise!(text, props.field)
  const { text, type, flush } = useTyped(written(props.value), (typed) => props.onChange(read(typed)), (typed) => written(read(typed)))
  return (
    <AntInput.TextArea
      {...controlProps(props)}
      className="fw-text-area fw-json-input"
      spellCheck={false}
      rows={props.cell ? 1 : 3}
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={flush}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder || '{ }'}
    />
  )
}

export const json: FieldView<JsonField> = { Show, Input, width: 200, span: 3 }
