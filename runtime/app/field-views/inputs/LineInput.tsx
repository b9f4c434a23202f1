import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from '../field-view'
import { controlProps } from './control'
import { useTyped } from './use-typed'

interface Props extends InputProps {
  /** Which keyboard a phone shows. */
  inputMode?: 'text' | 'email' | 'tel' | 'url'
  prefix?: React.ReactNode
  /** How the value is written while nobody types; the value itself unless given. */
  resting?: (value: string) => string
  /** The value that a text stands for: another way of writing the same stays as typed. */
  read?: (text: string) => string
}

/** Types one line of text. */
export function LineInput({ inputMode = 'text', prefix, resting, read, ...props }: Props) {
  const [editing, setEditing] = useState(false)
  const { text, type, flush } = useTyped((props.value as string | null) ?? '', (typed) => props.onChange(typed === '' ? null : typed), read)
  return (
    <Input
      {...controlProps(props)}
      value={editing || !resting ? text : resting(text)}
      onChange={(event) => { setEditing(true); type(event.target.value) }}
      onBlur={() => { flush(); setEditing(false) }}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder ?? ''}
      autoComplete="off"
      inputMode={inputMode}
      prefix={prefix}
    />
  )
}
