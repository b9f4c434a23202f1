import { Input } from 'antd'
import type { LongTextField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'
import { useTyped } from './inputs/use-typed'

function Show({ value, cell }: ShowProps<LongTextField>) {
  return <span className={cell ? 'fw-ellipsis' : 'fw-pre'}>{(value as string | null) ?? ''}</span>
}

function LongTextInput(props: InputProps<LongTextField>) {
  const { text, type, flush } = useTyped((props.value as string | null) ?? '', (typed) => props.onChange(typed === '' ? null : typed))
  return (
    <Input.TextArea
      {...controlProps(props)}
      className="fw-text-area"
      value={text}
      rows={props.cell ? 1 : 2}
      onChange={(event) => type(event.target.value)}
      onBlur={flush}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder ?? ''}
    />
  )
}

export const longText: FieldView<LongTextField> = { Show, Input: LongTextInput, quick: 'contains', width: 240, span: 3 }
