import { Select } from 'antd'
import type { Options } from '../../../../schemas/generated/types'
import { useLabel } from '../../i18n'
import type { InputProps } from '../field-view'
import { controlProps } from './control'

interface Props extends InputProps { options: Options | undefined; multiple?: boolean }

/** Choice of one or several options of a definition. */
export function ChoiceSelect({ options = [], multiple, ...props }: Props) {
  const label = useLabel()
  const choices = options.map((option) => ({ value: option.value, label: label(option.label) }))
  return (
    <Select
      {...controlProps(props)}
      className="fw-wide"
      {...(multiple && { mode: 'multiple' as const, maxTagCount: 'responsive' as const })}
      options={choices}
      value={multiple ? ((props.value as string[] | null) ?? []) : ((props.value as string | null) ?? undefined)}
      onChange={(value) => props.onChange(value ?? null)}
      disabled={props.readOnly ?? false}
      placeholder={props.placeholder}
      allowClear
      showSearch={choices.length > 6 ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
    />
  )
}
