import { CloseOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { CompiledField } from '../../engine/model'
import { useLabel, useText } from '../i18n'
import { arityOf, type Condition } from './conditions'
import { ConditionValue } from './ConditionValue'
import { operatorNames, operatorsOf } from './operators'

interface Props {
  index: number
  fields: CompiledField[]
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
}

export function ConditionRow({ index, fields, condition, onChange, onRemove }: Props) {
  const t = useText()
  const label = useLabel()
  const field = fields.find((candidate) => candidate.name === condition.field)
  const operators = field ? operatorsOf(field) : []
  const chooseField = (name: string) => {
    const next = fields.find((candidate) => candidate.name === name)!
    onChange({ field: name, op: operatorsOf(next)[0]!, value: null })
  }
  const chooseOp = (op: Condition['op']) => onChange({ field: condition.field, op, value: arityOf(op) === arityOf(condition.op) ? condition.value : null })
  return (
    <div className="fw-filter-row">
      <Select aria-label={t('filter.field')} value={condition.field} onChange={chooseField} showSearch={{ optionFilterProp: 'label' }} options={fields.map((f) => ({ value: f.name, label: label(f.definition.label) }))} popupMatchSelectWidth={false} />
      <Select aria-label={t('filter.operator')} value={condition.op} onChange={chooseOp} options={operators.map((op) => ({ value: op, label: t(operatorNames[op]) }))} popupMatchSelectWidth={false} />
      <div className="fw-filter-value">
        {field && <ConditionValue id={`filter-${index}`} field={field} condition={condition} label={label(field.definition.label)} onChange={(value) => onChange({ ...condition, value })} />}
      </div>
      <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t('common.remove')} onClick={onRemove} />
    </div>
  )
}
