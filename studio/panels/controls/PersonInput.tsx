import { Select } from 'antd'
import { usePeople } from '../../workspace/use-people'
import type { TextControl } from '../control'
import { usePlace } from '../PanelContext'
import type { ControlProps } from './props'

/** A person by user name. */
export function PersonInput({ path, id, label, invalid }: ControlProps<TextControl>) {
  const { value, set } = usePlace<string>(path)
  const people = usePeople().map((p) => ({ value: p.username, label: `${p.name} · ${p.username}` }))
  const options = value === undefined || people.some((p) => p.value === value) ? people : [...people, { value, label: value }]
  return (
    <Select id={id} aria-label={label} className="st-wide" value={value} options={options} showSearch={{ optionFilterProp: 'label' }}
      status={invalid ? 'error' : undefined} onChange={(v) => set(v)} />
  )
}
