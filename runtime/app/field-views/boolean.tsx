import { Checkbox, Select } from 'antd'
import type { BooleanField } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { FieldView, InputProps } from './field-view'
import { controlProps } from './inputs/control'
import { Plain } from './Plain'

function Input(props: InputProps<BooleanField>) {
  const { id, 'aria-label': name, 'aria-describedby': describedBy } = controlProps(props)
  return (
    <Checkbox
      id={id}
      aria-label={name}
      aria-describedby={describedBy}
      checked={props.value === true}
      disabled={props.readOnly ?? false}
      onChange={(event) => props.onChange(event.target.checked)}
    />
  )
}

/** In a filter neither is a choice of its own. */
function Either(props: InputProps<BooleanField>) {
  const t = useText()
  const options = [{ value: true, label: t('common.yes') }, { value: false, label: t('common.no') }]
  return <Select {...controlProps(props)} className="fw-wide" allowClear options={options} value={(props.value as boolean | null) ?? undefined} placeholder={props.placeholder} onChange={(value) => props.onChange(value ?? null)} />
}

export const boolean: FieldView<BooleanField> = { Show: Plain, Input, Choice: Either, quick: 'eq', width: 80 }
