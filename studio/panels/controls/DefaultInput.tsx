import { viewOf } from '../../../runtime/app/field-views'
import type { Field } from '../../../schemas/generated/types'
import { getAt } from '../../editor/path'
import type { PlainControl } from '../control'
import { usePanel, usePlace } from '../PanelContext'
import { JsonInput } from './JsonInput'
import type { ControlProps } from './props'

/** The default of a field is typed as the field itself is. */
export function DefaultInput(props: ControlProps<PlainControl>) {
  const { document } = usePanel()
  const { value, type } = usePlace(props.path)
  const field = getAt(document, props.path.slice(0, -1)) as Field
  const { Input } = viewOf(field)
  if (!Input) return <JsonInput {...props} />
  return <Input id={props.id} field={field} label={props.label} value={value ?? null} onChange={(v) => type(isNothing(v) ? undefined : v)} />
}

const isNothing = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
