import { FilterOutlined, PlusOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import type { CompiledField } from '../../engine/model'
import { useText } from '../i18n'
import { ConditionRow } from './ConditionRow'
import { operatorsOf } from './operators'
import type { Condition } from './conditions'

interface Props { fields: CompiledField[]; conditions: Condition[]; onChange: (conditions: Condition[]) => void }

/** Any field, any operator; all rows hold together. Applied as a whole. */
export function FilterPopover({ fields, conditions, onChange }: Props) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <Popover trigger="click" placement="bottomLeft" open={open} onOpenChange={setOpen} title={t('filter.title')} destroyOnHidden
      content={<Editor fields={fields} conditions={conditions} onApply={(next) => { onChange(next); setOpen(false) }} />}>
      <Badge count={conditions.length} size="small"><Button icon={<FilterOutlined aria-hidden />} aria-expanded={open}>{t('filter.button')}</Button></Badge>
    </Popover>
  )
}

function Editor({ fields, conditions, onApply }: { fields: CompiledField[]; conditions: Condition[]; onApply: (conditions: Condition[]) => void }) {
  const t = useText()
  const first = fields[0]
  const blank = (): Condition[] => (first ? [{ field: first.name, op: operatorsOf(first)[0]!, value: null }] : [])
  const [rows, setRows] = useState(conditions.length > 0 ? conditions : blank())
  const put = (index: number, row: Condition) => setRows(rows.map((old, i) => (i === index ? row : old)))
  return (
    <form className="fw-filter" onSubmit={(event) => { event.preventDefault(); onApply(rows) }}>
      {rows.map((row, i) => (
        <ConditionRow key={`${i}-${row.field}`} index={i} fields={fields} condition={row} onChange={(next) => put(i, next)} onRemove={() => setRows(rows.toSpliced(i, 1))} />
      ))}
      <div className="fw-filter-foot">
        <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setRows([...rows, ...blank()])}>{t('filter.add')}</Button>
        <span className="fw-grow" />
        <Button size="small" onClick={() => onApply([])}>{t('common.reset')}</Button>
        <Button size="small" type="primary" htmlType="submit">{t('common.apply')}</Button>
      </div>
    </form>
  )
}
