import { useQuery } from '@tanstack/react-query'
import { Card, Progress } from 'antd'
import { useLabel, useLanguage, useMessage } from '../../runtime/app/i18n'
import { fetchDataChanges, type DataChange } from '../api/studio-api'
import { documentId } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { useDocuments } from '../workspace/hooks'

const pause = 1000
const shown = 20

/** What releases do to records, live while something is under way, and the records that could not be changed. `ids`: these; else what is not done. */
export function DataChanges({ ids }: { ids?: readonly string[] }) {
  const t = useText()
  const changes = useQuery({ queryKey: ['studio-data-changes'], queryFn: fetchDataChanges, staleTime: 0, refetchInterval: (query) => (query.state.data?.items.some((c) => c.status === 'running') ? pause : false) })
  const wanted = (changes.data?.items ?? []).filter((c) => (ids ? ids.includes(c.id) : c.status !== 'done')).slice(0, shown)
  if (wanted.length === 0) return null
  return <Card className="st-card" title={t('dataChanges.title')}><ul className="st-problems">{wanted.map((c) => <li key={c.id} className="st-mapping"><OneChange change={c} titles={changes.data?.titles ?? {}} /></li>)}</ul></Card>
}

function OneChange({ change: { kind, entity, status, done, total, problems }, titles }: { change: DataChange; titles: Record<string, string> }) {
  const t = useText()
  const language = useLanguage()
  const message = useMessage()
  const read = useLabel()
  const label = read(useDocuments()[documentId('entity', entity)]?.label) || entity
  const look = { running: 'active', done: 'success', incomplete: 'exception' } as const
  return (
    <>
      <span>{choiceText('DataChange', kind, language)} · {label} <span className="fw-muted">{t('dataChanges.progress', { done, total })}</span></span>
      <Progress size="small" percent={status === 'done' || total === 0 ? (status === 'running' ? 0 : 100) : Math.floor((done / total) * 100)} status={look[status]} aria-label={label} />
      {problems.length > 0 && <ul className="st-differences">{problems.map((p) => <li key={p.id}>{p.id !== '' && <a href={`/${entity}/${p.id}`}>{titles[p.id] ?? p.id}</a>} {p.problems.map((one) => message(one)).join(' ')}</li>)}</ul>}
    </>
  )
}
