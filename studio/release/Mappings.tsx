import { Card, Select } from 'antd'
import { useLabel, useMessage } from '../../runtime/app/i18n'
import type { Label } from '../../schemas/generated/types'
import type { Decisions, DefinitionProblem } from '../api/studio-api'
import { useText } from '../i18n'

interface Props { problems: readonly DefinitionProblem[]; decisions: Decisions; onChange: (decisions: Decisions) => void }

/** For every removed option or stage that records have what takes its place; whether values that do not fit a new type are emptied. Asked once publishing said that there are such records. */
export function Mappings({ problems, decisions, onChange }: Props) {
  const t = useText()
  const message = useMessage()
  const read = useLabel()
  const asked = problems.flatMap((p) => questions[p.code]?.(p, decisions) ?? [])
  if (asked.length === 0) return null
  return (
    <Card className="st-card" title={t('mapping.title')}>
      <ul className="st-problems">
        {asked.map((q) => (
          <li key={q.id} className="st-mapping">
            <label htmlFor={q.id}>{message(q.problem)}</label>
            <Select id={q.id} className="st-wide" placeholder={t('mapping.choose')} value={q.chosen} onChange={(to: string) => onChange(q.decide(to))}
              options={[...q.options.map((value) => ({ value, label: read({ en: value, zh: value }) })), ...(q.mayEmpty ? [{ value: nothing, label: t('mapping.empty') }] : [])]} />
          </li>
        ))}
      </ul>
      <p className="fw-muted">{t('mapping.note')}</p>
    </Card>
  )
}

const nothing = ''

interface Question { id: string; problem: DefinitionProblem; options: string[]; mayEmpty: boolean; chosen: string | undefined; decide: (to: string) => Decisions }
interface Params { name: string | Label; at: string; entity: string; id: string; to: string[]; required: boolean }

const questions: Partial<Record<DefinitionProblem['code'], (problem: DefinitionProblem, decisions: Decisions) => Question>> = {
  optionRemoved: (problem, decisions) => {
    const { name, at, entity, to, required } = problem.params as unknown as Params
    const others = (decisions.options ?? []).filter((o) => o.entity !== entity || o.field !== at || o.from !== name)
    const mine = decisions.options?.find((o) => !others.includes(o))
    const decide = (value: string): Decisions => ({ ...decisions, options: [...others, { entity, field: at, from: name as string, to: value === nothing ? null : value }] })
    return { id: `${entity}-${at}-${String(name)}`, problem, options: to, mayEmpty: !required, chosen: mine && (mine.to ?? nothing), decide }
  },
  stageRemoved: (problem, decisions) => {
    const { id, to } = problem.params as unknown as Params
    const others = (decisions.stages ?? []).filter((s) => s.pipeline !== problem.key || s.from !== id)
    const decide = (value: string): Decisions => ({ ...decisions, stages: [...others, { pipeline: problem.key, from: id, to: value }] })
    return { id: `${problem.key}-${id}`, problem, options: to, mayEmpty: false, chosen: decisions.stages?.find((s) => !others.includes(s))?.to, decide }
  },
  cannotConvert: (problem, decisions) => {
    const { at, entity } = problem.params as unknown as Params
    const others = (decisions.types ?? []).filter((d) => d.entity !== entity || d.field !== at)
    const decide = (): Decisions => ({ ...decisions, types: [...others, { entity, field: at, failing: 'empty' }] })
    return { id: `${entity}-${at}-type`, problem, options: [], mayEmpty: true, chosen: others.length < (decisions.types ?? []).length ? nothing : undefined, decide }
  },
}
