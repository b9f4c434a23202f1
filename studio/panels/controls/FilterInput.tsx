import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select, Space } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import type { Comparison, Filter } from '../../../schemas/generated/types'
import { pointerOf, type Path } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import type { PlainControl } from '../control'
import { controlOfDefinition } from '../generate'
import { usePlace } from '../PanelContext'
import { ComparisonValue } from './ComparisonValue'
import { FieldPathSelect, useFieldPaths } from './names'
import type { ControlProps } from './props'
import './filter.css'

/** A condition on records: comparisons, put together with and, or, not. */
export function FilterInput({ path, label }: ControlProps<PlainControl>) {
  const { value, set } = usePlace<Filter>(path)
  const t = useText()
  if (!value) return <Button size="small" type="dashed" block icon={<PlusOutlined />} onClick={() => set(start())}>{t('filter.add')}</Button>
  return <div role="group" aria-label={label}><Node path={path} onRemove={() => set(undefined)} /></div>
}

const start = (): Filter => ({ field: 'id', op: 'notEmpty' })

function Node({ path, onRemove }: { path: Path; onRemove: () => void }) {
  const { value } = usePlace<Filter>(path)
  if (!value) return null
  return 'field' in value ? <ComparisonRow path={path} value={value} onRemove={onRemove} /> : <Combination path={path} value={value} onRemove={onRemove} />
}

type Combined = Exclude<Filter, Comparison>
const joinOf = (value: Combined) => ('and' in value ? 'and' : 'or' in value ? 'or' : 'not')
const partsOf = (value: Combined): Filter[] => ('and' in value ? value.and : 'or' in value ? value.or : [value.not])
const joined = (join: string, parts: Filter[]): Filter =>
  join === 'not' ? { not: parts.length === 1 ? parts[0]! : { and: parts } } : join === 'or' ? { or: parts } : { and: parts }

function Combination({ path, value, onRemove }: { path: Path; value: Combined; onRemove: () => void }) {
  const { set } = usePlace<Filter>(path)
  const t = useText()
  const language = useLanguage()
  const join = joinOf(value)
  const parts = partsOf(value)
  const removeAt = (i: number) => (parts.length === 1 ? onRemove() : set(joined(join, parts.toSpliced(i, 1))))
  const options = (['and', 'or', 'not'] as const).map((j) => ({ value: j, label: choiceText('Filter', j, language) }))
  return (
    <div className="st-filter-group">
      <Space size={4}>
        <Select size="small" aria-label={t('filter.join')} value={join} options={options} onChange={(next) => set(joined(next, parts))} />
        <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('filter.remove')} onClick={onRemove} />
      </Space>
      {parts.map((_, i) => <Node key={i} path={join === 'not' ? [...path, 'not'] : [...path, join, i]} onRemove={() => removeAt(i)} />)}
      {join !== 'not' && <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => set(joined(join, [...parts, start()]))}>{t('filter.add')}</Button>}
    </div>
  )
}

const op = controlOfDefinition('Filter')

function operators(): readonly string[] {
  const comparison = op.kind === 'variants' ? op.variants.at(-1)!.control : undefined
  const member = comparison?.kind === 'group' ? comparison.members.find((m) => m.name === 'op')?.control : undefined
  return member?.kind === 'choice' ? member.values.map(String) : []
}

function ComparisonRow({ path, value, onRemove }: { path: Path; value: Comparison; onRemove: () => void }) {
  const { set } = usePlace<Filter>(path)
  const t = useText()
  const language = useLanguage()
  const ops = operators().map((o) => ({ value: o, label: choiceText('op', o, language) }))
  return (
    <div className="st-filter-row" data-at={pointerOf(path)}>
      <FieldPathSelect label={t('filter.field')} value={value.field} options={useFieldPaths(path)} onChange={(field) => field && set({ field, op: value.op })} />
      <Select aria-label={t('filter.op')} value={value.op} options={ops} popupMatchSelectWidth={false} onChange={(next) => set({ field: value.field, op: next as Comparison['op'] })} />
      <ComparisonValue path={path} comparison={value} />
      <Button size="small" type="text" icon={<PlusOutlined />} aria-label={t('filter.combine')} title={t('filter.combine')} onClick={() => set({ and: [value, start()] })} />
      <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('filter.remove')} onClick={onRemove} />
    </div>
  )
}
