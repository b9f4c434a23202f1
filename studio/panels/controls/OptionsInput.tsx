import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import type { Option } from '../../../schemas/generated/types'
import { moved } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import type { PlainControl } from '../control'
import { controlOfDefinition } from '../generate'
import { usePlace } from '../PanelContext'
import { SortableRows } from '../SortableRows'
import { freshName } from '../fresh'
import type { ControlProps } from './props'
import './options.css'

/** The choices of a field: value, label in both languages, colour; their order by dragging or Alt+arrow. */
export function OptionsInput({ path, label }: ControlProps<PlainControl>) {
  const { value = [], set } = usePlace<Option[]>(path)
  const t = useText()
  const add = () => {
    const name = freshName(value.map((o) => o.value), 'x_option')
    set([...value, { value: name, label: { en: 'New option', zh: '新选项' } }])
  }
  return (
    <div className="st-options" role="group" aria-label={label}>
      <SortableRows count={value.length} label={(i) => value[i]!.label.zh} keyOf={(i) => String(i)} onMove={(from, to) => set(moved(value, from, to))}
        row={(i) => <OptionRow path={[...path, i]} onRemove={() => set(value.length > 1 ? value.toSpliced(i, 1) : undefined)} />} />
      <Button size="small" type="dashed" block icon={<PlusOutlined />} onClick={add}>{t('options.add')}</Button>
    </div>
  )
}

const colors = controlOfDefinition('Option')

function OptionRow({ path, onRemove }: { path: ControlProps['path']; onRemove: () => void }) {
  const t = useText()
  const name = usePlace<string>([...path, 'value'])
  return (
    <div className="st-option">
      <Input aria-label={t('options.value')} className="st-code" value={name.value ?? ''} maxLength={60} onChange={(e) => name.type(e.target.value)} />
      <OptionText path={[...path, 'label', 'zh']} label="中文" />
      <OptionText path={[...path, 'label', 'en']} label="English" />
      <ColorChoice path={[...path, 'color']} />
      <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('options.remove')} onClick={onRemove} />
    </div>
  )
}

function OptionText({ path, label }: { path: ControlProps['path']; label: string }) {
  const { value, type } = usePlace<string>(path)
  return <Input aria-label={label} placeholder={label} value={value ?? ''} maxLength={400} onChange={(e) => type(e.target.value)} />
}

function ColorChoice({ path }: { path: ControlProps['path'] }) {
  const { value, set } = usePlace<string>(path)
  const language = useLanguage()
  const t = useText()
  const control = colors.kind === 'group' ? colors.members.find((m) => m.name === 'color')?.control : undefined
  const values = control?.kind === 'choice' ? control.values : []
  const dot = (color: string | number) => <span className={`st-dot st-dot-${color}`} aria-hidden />
  return (
    <Select aria-label={t('options.color')} value={value ?? 'default'} onChange={(c) => set(c === 'default' ? undefined : c)} popupMatchSelectWidth={false}
      options={values.map((c) => ({ value: c, label: <span>{dot(c)} {choiceText('color', c, language)}</span> }))} labelRender={({ value: c }) => dot(c ?? 'default')} />
  )
}
