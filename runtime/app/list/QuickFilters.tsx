import type { CompiledField } from '../../engine/model'
import { viewOf } from '../field-views'
import { useLabel } from '../i18n'
import { ConditionValue } from './ConditionValue'
import { isComplete, type Condition } from './conditions'

interface Props { fields: CompiledField[]; conditions: Condition[]; onChange: (conditions: Condition[]) => void }

/** The view's filter fields, always at hand above the list. */
export function QuickFilters({ fields, conditions, onChange }: Props) {
  const label = useLabel()
  return fields.map((field) => {
    const op = viewOf(field.effective).quick!
    const condition = conditions.find((c) => c.field === field.name && c.op === op) ?? { field: field.name, op, value: null }
    const change = (value: unknown) => {
      const others = conditions.filter((c) => !(c.field === field.name && c.op === op))
      const changed = { field: field.name, op, value }
      onChange(isComplete(changed) ? [...others, changed] : others)
    }
    const name = label(field.definition.label)
    return (
      <div key={field.name} className={op === 'between' ? 'fw-quick fw-quick-wide' : 'fw-quick'}>
        <ConditionValue id={`quick-${field.name}`} field={field} condition={condition} label={name} placeholder={name} onChange={change} />
      </div>
    )
  })
}

export const isQuick = (condition: Condition, fields: CompiledField[]): boolean =>
  fields.some((field) => field.name === condition.field && viewOf(field.effective).quick === condition.op)
