/** Controls for single values. */
import { Input, InputNumber, Select, Switch } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import type { ChoiceControl, ChoicesControl, NumberControl, PlainControl, TextControl } from '../control'
import { onUnlessOff } from '../hints'
import { usePlace } from '../PanelContext'
import type { ControlProps } from './props'

const status = (invalid: boolean | undefined) => (invalid ? ('error' as const) : undefined)
const lastOf = (place: string) => place.split('.').at(-1)!

export function TextInput({ control, path, id, label, invalid, describedBy }: ControlProps<TextControl>) {
  const { value, type } = usePlace<string>(path)
  return (
    <Input id={id} aria-label={label} aria-describedby={describedBy} value={value ?? ''} maxLength={control.maxLength} allowClear status={status(invalid)}
      placeholder={control.format === 'date' ? 'YYYY-MM-DD' : undefined} onChange={(e) => type(e.target.value || undefined)} />
  )
}

export function NumberInput({ control, path, id, label, invalid, describedBy }: ControlProps<NumberControl>) {
  const { value, type } = usePlace<number>(path)
  return (
    <InputNumber id={id} aria-label={label} aria-describedby={describedBy} className="st-number" value={value ?? null} precision={control.whole ? 0 : undefined}
      min={control.min} max={control.max} status={status(invalid)} onChange={(n) => type(n ?? undefined)} />
  )
}

/** A switch that stands as the language says it does without the member removes the member. */
export function SwitchInput({ control, path, id, label }: ControlProps<PlainControl>) {
  const { value, set } = usePlace<boolean>(path)
  const usual = onUnlessOff.has(control.place)
  return <Switch id={id} aria-label={label} size="small" checked={value ?? usual} onChange={(on) => set(on === usual ? undefined : on)} />
}

export function ChoiceInput({ control, path, id, label, invalid, describedBy, required }: ControlProps<ChoiceControl>) {
  const { value, set } = usePlace<string | number>(path)
  const t = useText()
  const options = useChoices(control.place, control.values)
  const usual = options.find((o) => o.value === control.usual)?.label
  return (
    <Select id={id} aria-label={label} aria-describedby={describedBy} className="st-wide" value={value} options={options} allowClear={!required} placeholder={usual ?? t('panel.choose')}
      status={status(invalid)} showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false} onChange={(v) => set(v)} />
  )
}

export function ChoicesInput({ control, path, id, label, invalid }: ControlProps<ChoicesControl>) {
  const { value, set } = usePlace<string[]>(path)
  const t = useText()
  const options = useChoices(control.place, control.values)
  return (
    <Select id={id} aria-label={label} className="st-wide" mode="multiple" value={value ?? []} options={options} status={status(invalid)} placeholder={t('panel.choose')}
      onChange={(list) => set(list.length > 0 ? list : undefined)} />
  )
}

function useChoices<V extends string | number>(place: string, values: readonly V[]): { value: V; label: string }[] {
  const language = useLanguage()
  return values.map((value) => ({ value, label: choiceText(lastOf(place), value, language) }))
}

const languages = [['en', 'English'], ['zh', '中文']] as const

export function LabelInput({ path, id, label, invalid }: ControlProps) {
  return (
    <div className="st-label-input">
      {languages.map(([language, name], i) => (
        <LabelPart key={language} path={[...path, language]} id={i === 0 ? id : `${id}-${language}`} label={`${label} (${name})`} prefix={name} invalid={invalid} />
      ))}
    </div>
  )
}

interface PartProps { path: ControlProps['path']; id: string; label: string; prefix: string; invalid?: boolean | undefined }

function LabelPart({ path, id, label, prefix, invalid }: PartProps) {
  const { value, type } = usePlace<string>(path)
  return (
    <Input id={id} aria-label={label} prefix={<span className="st-prefix">{prefix}</span>} value={value ?? ''} maxLength={400}
      status={status(invalid && !value)} onChange={(e) => type(e.target.value || undefined)} />
  )
}
