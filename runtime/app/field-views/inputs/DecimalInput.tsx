import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from '../field-view'
import { groupDigits, padDecimals, readDecimal } from './decimal-text'
import { controlProps } from './control'
import { useTyped } from './use-typed'

interface Props extends InputProps {
  scale: number
  prefix?: string
  suffix?: string
  /** From decimal text to the wire value and back; text itself unless given. */
  toWire?: (text: string) => unknown
}

/** Types exact decimals: the value stays a text of digits, grouped while it is not being edited. */
export function DecimalInput({ scale, prefix, suffix, toWire, ...props }: Props) {
  const [editing, setEditing] = useState(false)
  const wire = props.value === null || props.value === undefined ? '' : String(props.value)
  const { text, type, flush } = useTyped(wire, (typed) => {
    const decimal = readDecimal(typed)
    props.onChange(decimal === null || !toWire ? decimal : toWire(decimal))
  }, (typed) => readDecimal(typed) ?? '')
  const resting = wire === '' ? '' : groupDigits(padDecimals(wire, scale))
  return (
    <Input
      {...controlProps(props)}
      className="fw-decimal-input"
      inputMode="decimal"
      autoComplete="off"
      prefix={prefix}
      suffix={suffix}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder ?? ''}
      value={editing ? text : resting}
      onFocus={(event) => event.target.select()}
      onBlur={() => { flush(); setEditing(false) }}
      onChange={(event) => { setEditing(true); type(event.target.value) }}
    />
  )
}
