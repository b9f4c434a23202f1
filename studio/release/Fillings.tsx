import { Card, Input, Select } from 'antd'
import { useLabel } from '../../runtime/app/i18n'
import type { CompiledField } from '../../runtime/engine/model'
import type { Decisions } from '../api/studio-api'
import { useText } from '../i18n'
import { useDraftCatalog } from '../workspace/hooks'
import { useImpact } from './use-impact'

interface Props { decisions: Decisions; onChange: (decisions: Decisions) => void }

/** Fields that become required while records have nothing in them: filled with a choice or by an expression, or left as they are until they are edited. */
export function Fillings({ decisions, onChange }: Props) {
  const t = useText()
  const empty = useEmpty()
  if (empty.length === 0) return null
  return (
    <Card className="st-card" title={t('fill.title')}>
      <ul className="st-problems">{empty.map((e) => <li key={`${e.entity}.${e.field.name}`} className="st-mapping"><OneField {...e} decisions={decisions} onChange={onChange} /></li>)}</ul>
      <p className="fw-muted">{t('fill.note')}</p>
    </Card>
  )
}

interface Empty { entity: string; field: CompiledField; count: number }

function useEmpty(): Empty[] {
  const { entities } = useDraftCatalog()
  const impact = useImpact()
  return (impact.data?.items ?? []).flatMap((item) => (item.findings ?? []).filter((f) => f.kind === 'requiredAdded').flatMap(({ field: name, count }) => {
    const field = entities.get(item.key)?.fields.get(name ?? '')
    return field && !field.computed && !field.rows ? [{ entity: item.key, field, count }] : []
  }))
}

function OneField({ entity, field, count, decisions, onChange }: Empty & Props) {
  const t = useText()
  const read = useLabel()
  const others = (decisions.fill ?? []).filter((d) => d.entity !== entity || d.field !== field.name)
  const mine = decisions.fill?.find((d) => !others.includes(d))
  const decide = (how: { value: unknown } | { expr: string } | undefined) => onChange({ ...decisions, fill: [...others, ...(how ? [{ entity, field: field.name, ...how }] : [])] })
  const options = field.type.storage === 'text' ? field.type.options?.(field.definition) : undefined
  const id = `fill-${entity}-${field.name}`
  return (
    <>
      <label htmlFor={id}>{t('fill.field', { field: read(field.definition.label), count })}</label>
      {options
        ? <Select id={id} allowClear className="st-wide" placeholder={t('fill.leave')} value={mine?.value as string | undefined} options={options.map((o) => ({ value: o.value, label: read(o.label) }))} onChange={(value?: string) => decide(value === undefined ? undefined : { value })} />
        : <Input id={id} allowClear className="st-code" placeholder={t('fill.expression')} value={mine?.expr} onChange={(e) => decide(e.target.value.trim() === '' ? undefined : { expr: e.target.value })} />}
    </>
  )
}
