/** Controls that hold other controls. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Segmented, Select } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import { moved, pointerOf } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText, memberText } from '../../i18n/words'
import type { Control, FixedControl, GroupControl, ListControl, MapControl, Variant, VariantsControl } from '../control'
import { ControlView } from '../ControlView'
import { newItem } from '../fresh'
import { MemberRow } from '../MemberRow'
import { namesFor } from '../names'
import { usePlace } from '../PanelContext'
import { SortableRows } from '../SortableRows'
import { useScopeAt, useShown } from './names'
import type { ControlProps } from './props'
import './structure.css'

export function FixedInput({ control }: ControlProps<FixedControl>) {
  return <code>{control.value}</code>
}

/** A group with one member needs no second label. */
export function GroupInput({ control, path, id, label, invalid }: ControlProps<GroupControl>) {
  const members = control.members.filter((m) => m.control.kind !== 'fixed')
  const [only] = members
  if (only && members.length === 1) return <ControlView control={only.control} path={[...path, only.name]} id={`${id}-${only.name}`} label={label} invalid={invalid} />
  return (
    <div className="st-group" role="group" aria-label={label}>
      {members.map((m) => <MemberRow key={m.name} member={m} path={[...path, m.name]} />)}
    </div>
  )
}

export function ListInput({ control, path, id, label }: ControlProps<ListControl>) {
  const { value = [], set } = usePlace<unknown[]>(path)
  const t = useText()
  const remove = (i: number) => set(value.length > 1 || control.min > 0 ? value.toSpliced(i, 1) : undefined)
  return (
    <div className="st-list" role="group" aria-label={label}>
      <SortableRows count={value.length} keyOf={String} label={(i) => `${label} ${i + 1}`} onMove={(from, to) => set(moved(value, from, to))}
        row={(i) => (
          <div className="st-list-item" data-at={pointerOf([...path, i])}>
            <div className="st-list-value"><ControlView control={control.item} path={[...path, i]} id={`${id}-${i}`} label={`${label} ${i + 1}`} required /></div>
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('list.remove', { name: `${label} ${i + 1}` })} onClick={() => remove(i)} />
          </div>
        )} />
      {value.length < control.max && <AddItem control={control.item} label={label} onAdd={(item) => set([...value, newItem(item, value)])} />}
    </div>
  )
}

/** Asks which variant when there are several. */
function AddItem({ control, label, onAdd }: { control: Control; label: string; onAdd: (control: Control) => void }) {
  const t = useText()
  const name = useVariantNames(control.place)
  const button = <Button size="small" type="dashed" block icon={<PlusOutlined />} onClick={control.kind === 'variants' ? undefined : () => onAdd(control)}>{t('list.add', { name: label })}</Button>
  if (control.kind !== 'variants') return button
  const items = control.variants.map((v) => ({ key: v.name, label: name(v), onClick: () => onAdd(v.control) }))
  return <Dropdown trigger={['click']} menu={{ items }}>{button}</Dropdown>
}

/** Key and value each: fields and what they become, fields and rights. */
export function MapInput({ control, path, id, label }: ControlProps<MapControl>) {
  const { value = {}, set } = usePlace<Record<string, unknown>>(path)
  const scope = useScopeAt(path)
  const t = useText()
  const names = useShown()(namesFor(control.place, scope) ?? [])
  const free = names.filter((n) => !Object.hasOwn(value, n.value))
  const nameOf = (key: string) => names.find((n) => n.value === key)?.label ?? key
  return (
    <div className="st-map" role="group" aria-label={label}>
      {Object.keys(value).map((key) => (
        <div key={key} className="st-map-row" data-at={pointerOf([...path, key])}>
          <label className="st-map-key" htmlFor={`${id}-${key}`} title={key}>{nameOf(key)}</label>
          <ControlView control={control.value} path={[...path, key]} id={`${id}-${key}`} label={nameOf(key)} required />
          <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('list.remove', { name: nameOf(key) })} onClick={() => set(without(value, key))} />
        </div>
      ))}
      <Select className="st-wide" size="small" aria-label={t('map.add')} placeholder={t('map.add')} value={null} options={free} showSearch={{ optionFilterProp: 'label' }}
        onChange={(key: string | null) => key && set({ ...value, [key]: newItem(control.value, []) })} />
    </div>
  )
}

function without(value: Record<string, unknown>, key: string): Record<string, unknown> | undefined {
  const rest = Object.entries(value).filter(([k]) => k !== key)
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** Which of several shapes, and then its members. */
export function VariantsInput({ control, path, id, label, required }: ControlProps<VariantsControl>) {
  const { value, set } = usePlace(path)
  const name = useVariantNames(control.place)
  const t = useText()
  const chosen = control.variants.find((v) => fits(v, value, control.by))
  const options = [...(required ? [] : [{ value: '', label: t('panel.unset') }]), ...control.variants.map((v) => ({ value: v.name, label: name(v) }))]
  const few = options.length <= 4
  const choose = (next: string) => {
    const variant = control.variants.find((v) => v.name === next)
    set(variant && newItem(variant.control, []))
  }
  return (
    <div className="st-variants" role="group" aria-label={label}>
      {few
        ? <Segmented size="small" aria-label={label} value={chosen?.name ?? ''} options={options} onChange={choose} />
        : <Select size="small" className="st-wide" aria-label={label} value={chosen?.name ?? ''} options={options} onChange={choose} />}
      {chosen && <ControlView control={chosen.control} path={path} id={id} label={label} required={required} />}
    </div>
  )
}

function useVariantNames(place: string): (variant: Variant) => string {
  const language = useLanguage()
  const last = place.split('.').at(-1)!
  return (variant) => {
    const text = choiceText(last, variant.name, language)
    return text === variant.name ? memberText(variant.name, language) : text
  }
}

/** Whether a value has the shape of a variant: by its fixed member; else by its JSON type and what it must have. */
function fits({ name, control }: Variant, value: unknown, by: string | undefined): boolean {
  if (value === undefined) return false
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  if (by !== undefined) return object?.[by] === name
  if (control.kind !== 'group') return object === undefined
  return object !== undefined && control.members.every((m) => !m.required || Object.hasOwn(object, m.name) || Object.keys(object).length === 0)
}
