import { Input } from 'antd'
import type { AutoNumberField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'
import { useTyped } from './inputs/use-typed'

const Show = ({ value }: ShowProps<AutoNumberField>) => <span className="fw-number">{(value as string | null) ?? ''}</span>

/** Nobody types it into a record, but one looks for it. */
function Choice(props: InputProps<AutoNumberField>) {
  const { text, type, flush } = useTyped((props.value as string | null) ?? '', (typed) => props.onChange(typed || null))
  return <Input {...controlProps(props)} value={text} placeholder={props.placeholder ?? ''} onChange={(event) => type(event.target.value)} onBlur={flush} allowClear />
}

export const autoNumber: FieldView<AutoNumberField> = { Show, Choice, quick: 'contains', width: 130 }
