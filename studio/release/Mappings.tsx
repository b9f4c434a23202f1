import { Card, Select } from 'antd'
import { useLabel, useMessage } from '../../runtime/app/i18n'
import type { Decisions } from '../api/studio-api'
import { useText } from '../i18n'
import { nothing, type Question } from './questions'

interface Props { questions: readonly Question[]; onChange: (decisions: Decisions) => void }

/** For every removed option or stage that records have what takes its place; whether values that do not fit a new type are emptied. */
export function Mappings({ questions, onChange }: Props) {
  const t = useText()
  if (questions.length === 0) return null
  return <Card className="st-card" title={t('mapping.title')}><MappingList questions={questions} onChange={onChange} /></Card>
}

export function MappingList({ questions, onChange }: Props) {
  const t = useText()
  return (
    <>
      <ul className="st-problems">{questions.map((q) => <li key={q.id} className="st-mapping"><OneQuestion question={q} onChange={onChange} /></li>)}</ul>
      <p className="fw-muted">{t('mapping.note')}</p>
    </>
  )
}

function OneQuestion({ question: { id, problem, options, mayEmpty, chosen, decide }, onChange }: Pick<Props, 'onChange'> & { question: Question }) {
  const t = useText()
  const message = useMessage()
  const read = useLabel()
  const choices = [...options.map(({ value, label }) => ({ value, label: read(label) })), ...(mayEmpty ? [{ value: nothing, label: t('mapping.empty') }] : [])]
  return (
    <>
      <label htmlFor={id}>{message(problem)}</label>
      <Select id={id} className="st-wide" placeholder={t('mapping.choose')} value={chosen} options={choices} onChange={(to: string) => onChange(decide(to))} />
    </>
  )
}
