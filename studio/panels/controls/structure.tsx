/** Controls that hold other controls. */
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import { pointerOf } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText, memberText } from '../../i18n/words'
import type { FixedControl, GroupControl, MapControl, Member, Variant, VariantsControl } from '../control'
import { ControlView } from '../ControlView'
import { newItem } from '../fresh'
import { MemberRow } from '../MemberRow'
import { namesFor } from '../names'
import { usePlace } from '../PanelContext'
import { useScopeAt, useShown } from './names'
import type { ControlProps } from './props'
import './structure.css'

export function FixedInput({ control }: ControlProps<FixedControl>) {
  return <code>{control.value}</code>
}

/** Values that speak for themselves. */
const telling = new Set(['name', 'choice', 'text', 'names', 'expression', 'fields'])

/** A group with one member needs no second label, unless it is a bare number. */
export function GroupInput({ control, path, id, label, invalid }: ControlProps<GroupControl>) {
  const { value } = usePlace<Record<string, unknown>>(path)
  // Ids of list items are made up; they are seen in the JSON.
  const members = control.members.filter((m) => m.control.kind !== 'fixed' && !(m.name === 'id' && value?.id))
  const [only] = members
  if (only && members.length === 1 && telling.has(only.control.kind)) return <ControlView control={only.control} path={[...path, only.name]} id={`${id}-${only.name}`} label={label} invalid={invalid} />
  return (
    <div className={isShort(members) ? 'st-group st-group-short' : 'st-group'} role="group" aria-label={label}>
      {members.map((m) => <MemberRow key={m.name} member={m} path={[...path, m.name]} />)}
    </div>
  )
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

export function useVariantNames(place: string): (variant: Variant) => string {
  const language = useLanguage()
  const last = place.split('.').at(-1)!
  return (variant) => {
    const text = choiceText(last, variant.name, language)
    return text === variant.name ? memberText(variant.name, language) : text
  }
}

const shortKinds = new Set(['text', 'number', 'choice', 'name', 'switch', 'fieldPath'])
/** A few single values fit into one line. */
const isShort = (members: readonly Member[]) => members.length <= 3 && members.every((m) => shortKinds.has(m.control.kind))

/** Whether a value has the shape of a variant: by its fixed member; else by its JSON type and what it must have. */
export function fits({ name, control }: Variant, value: unknown, by: string | undefined): boolean {
  if (value === undefined) return false
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  if (by !== undefined) return object?.[by] === name
  if (control.kind !== 'group') return object === undefined
  return object !== undefined && control.members.every((m) => !m.required || Object.hasOwn(object, m.name) || Object.keys(object).length === 0)
}
