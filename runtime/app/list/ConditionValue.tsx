import type { CompiledField } from '../../engine/model'
import { viewOf, type InputProps } from '../field-views'
import { useText } from '../i18n'
import { arityOf, type Condition } from './conditions'
import { DecimalInput } from '../field-views/inputs/DecimalInput'

interface Props {
  id: string
  field: CompiledField
  condition: Condition
  label: string
  onChange: (value: unknown) => void
  placeholder?: string
}

/** The input for what a condition compares with: none, one value, several or two, in the look of the field's type. */
export function ConditionValue({ field, condition, label, onChange, id, placeholder }: Props) {
  const view = viewOf(field.effective)
  const arity = arityOf(condition.op)
  const props: InputProps = { id, field: field.effective, value: condition.value ?? null, label, onChange, placeholder: placeholder ?? '' }
  if (arity === 'none') return null
  if (condition.op === 'withinDays') return <Days {...props} />
  if (arity === 'many') return view.Many ? <view.Many {...props} /> : null
  if (arity === 'pair') return view.Pair ? <view.Pair {...props} /> : <Two {...props} />
  const One = view.operands?.[condition.op] ?? view.Choice ?? view.Input
  return One ? <One {...props} /> : null
}

function Days(props: InputProps) {
  const t = useText()
  return <DecimalInput {...props} scale={0} suffix={t('filter.days')} toWire={Number} />
}

/** Two inputs; either end may stay open. */
function Two(props: InputProps) {
  const t = useText()
  const [from, to] = (props.value as [unknown, unknown] | null) ?? [null, null]
  const { Input } = viewOf(props.field)
  if (!Input) return null
  return (
    <span className="fw-pair">
      <Input {...props} value={from} label={`${props.label} ${t('filter.from')}`} placeholder={props.placeholder || t('filter.from')} onChange={(value) => props.onChange([value, to])} />
      <span aria-hidden>–</span>
      <Input {...props} id={`${props.id}-to`} value={to} label={`${props.label} ${t('filter.to')}`} placeholder={t('filter.to')} onChange={(value) => props.onChange([from, value])} />
    </span>
  )
}
