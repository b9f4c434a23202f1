/** Controls for names: of something that is defined, or new ones. */
import { Input, Select } from 'antd'
import { useLabel } from '../../../runtime/app/i18n'
import type { Label } from '../../../schemas/generated/types'
import { useDocuments, usePublished } from '../../workspace/hooks'
import { useText } from '../../i18n'
import type { PlainControl } from '../control'
import { fieldsOf, entityAround, namesFor, type NameOption, type NameScope } from '../names'
import { usePanel, usePlace } from '../PanelContext'
import type { ControlProps } from './props'
import type { Path } from '../../editor/path'

export interface ShownName { value: string; label: string }

/** Label and name of each, so that both can be searched for. */
export function useShown(): (names: readonly NameOption[]) => ShownName[] {
  const read = useLabel()
  return (names) => names.map(({ value, label }) => ({ value, label: named(read, label, value) }))
}
const named = (read: (l: Label | undefined) => string, label: Label | undefined, name: string) => (read(label) ? `${read(label)} · ${name}` : name)

export function useScopeAt(path: Path): NameScope {
  const { id, document } = usePanel()
  return { documents: useDocuments(), document, published: usePublished(id), path }
}

/** What is written in the file but not defined is offered too, so that it is not lost by opening the list. */
function withPresent(options: ShownName[], present: readonly string[]): ShownName[] {
  const known = new Set(options.map((o) => o.value))
  return [...options, ...present.filter((v) => !known.has(v)).map((value) => ({ value, label: value }))]
}

export function NameInput(props: ControlProps<PlainControl>) {
  const names = namesFor(props.control.place, useScopeAt(props.path))
  return names ? <OneOf {...props} names={names} /> : <NewName {...props} />
}

function OneOf({ path, id, label, invalid, describedBy, required, names }: ControlProps<PlainControl> & { names: NameOption[] }) {
  const { value, set } = usePlace<string>(path)
  const t = useText()
  const options = withPresent(useShown()(names), value === undefined ? [] : [value])
  return (
    <Select id={id} aria-label={label} aria-describedby={describedBy} className="st-wide" value={value} options={options} allowClear={!required}
      showSearch={{ optionFilterProp: 'label' }} status={invalid ? 'error' : undefined} placeholder={t('panel.choose')} onChange={(v) => set(v)} />
  )
}

function NewName({ path, id, label, invalid, describedBy }: ControlProps<PlainControl>) {
  const { value, type } = usePlace<string>(path)
  return (
    <Input id={id} aria-label={label} aria-describedby={describedBy} className="st-code" value={value ?? ''} maxLength={60} spellCheck={false}
      status={invalid ? 'error' : undefined} onChange={(e) => type(e.target.value || undefined)} />
  )
}

/** A list of names, in their order. */
export function NamesInput({ control, path, id, label, invalid }: ControlProps<PlainControl>) {
  const { value, set } = usePlace<string[]>(path)
  const names = namesFor(control.place, useScopeAt(path)) ?? []
  const options = withPresent(useShown()(names), value ?? [])
  const t = useText()
  return (
    <Select id={id} aria-label={label} className="st-wide" mode="multiple" value={value ?? []} options={options} optionFilterProp="label"
      status={invalid ? 'error' : undefined} placeholder={t('panel.choose')} onChange={(list) => set(list.length > 0 ? list : undefined)} />
  )
}

export function FieldPathInput({ path, id, label }: ControlProps<PlainControl>) {
  const { value, set } = usePlace<string>(path)
  const options = useFieldPaths(path)
  return <FieldPathSelect id={id} label={label} value={value} options={options} onChange={set} />
}

interface PathSelectProps { id?: string; label: string; value: string | undefined; options: ShownName[]; onChange: (value: string | undefined) => void }
export function FieldPathSelect({ id, label, value, options, onChange }: PathSelectProps) {
  return (
    <Select id={id} aria-label={label} className="st-wide" value={value} options={withPresent(options, value === undefined ? [] : [value])}
      showSearch={{ optionFilterProp: 'label' }} onChange={onChange} />
  )
}

/** Fields around a place, and the fields of the records they refer to. */
export function useFieldPaths(path: Path): ShownName[] {
  const scope = useScopeAt(path)
  const read = useLabel()
  return fieldsOf(scope.documents, entityAround(scope)).flatMap((field) => {
    const own = { value: field.name, label: named(read, field.label, field.name) }
    const further = 'entity' in field ? fieldsOf(scope.documents, field.entity) : []
    return [own, ...further.map((f) => ({ value: `${field.name}.${f.name}`, label: `${read(field.label)} › ${named(read, f.label, f.name)}` }))]
  })
}

/** Fields with a direction each: `name`, `-name`. */
export function SortInput({ path, id, label }: ControlProps<PlainControl>) {
  const { value, set } = usePlace<string[]>(path)
  const scope = useScopeAt(path)
  const t = useText()
  const fields = useShown()(fieldsOf(scope.documents, entityAround(scope)).map((f) => ({ value: f.name, label: f.label })))
  const options = fields.flatMap((f) => [{ value: f.value, label: `↑ ${f.label}` }, { value: `-${f.value}`, label: `↓ ${f.label}` }])
  return (
    <Select id={id} aria-label={label} className="st-wide" mode="multiple" maxCount={5} value={value ?? []} options={withPresent(options, value ?? [])}
      optionFilterProp="label" placeholder={t('panel.sort')} onChange={(list) => set(list.length > 0 ? list : undefined)} />
  )
}
