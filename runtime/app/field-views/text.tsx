import { Input } from 'antd'
import type { TextField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'
import { useTyped } from './inputs/use-typed'

const schemes = { email: 'mailto:', phone: 'tel:', url: '' } as const

function Show({ field, value, cell }: ShowProps<TextField>) {
  const text = (value as string | null) ?? ''
  if (text === '' || !field.format) return <span className={cell ? 'fw-ellipsis' : undefined}>{text}</span>
  const away = field.format === 'url' ? { target: '_blank', rel: 'noreferrer' } : {}
  return <a href={schemes[field.format] + text} {...away} onClick={(event) => event.stopPropagation()}>{text}</a>
}

function TextInput(props: InputProps<TextField>) {
  const { text, type, flush } = useTyped((props.value as string | null) ?? '', (typed) => props.onChange(typed === '' ? null : typed))
  return (
    <Input
      {...controlProps(props)}
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={flush}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder ?? ''}
      autoComplete="off"
      {...(props.field.format && { type: props.field.format === 'phone' ? 'tel' : props.field.format })}
    />
  )
}

export const text: FieldView<TextField> = { Show, Input: TextInput, quick: 'contains', width: 180 }
