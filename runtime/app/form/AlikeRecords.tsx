import { Alert, Button } from 'antd'
import { isProblem } from '../api'
import { ProblemList } from '../components'
import { useText } from '../i18n'

interface Alike { id: string; title: string | null }

/** Records that may be the same as the one being saved; undefined when the error is about something else. */
export function alikeIn(error: unknown): { records: Alike[]; mayStay: boolean } | undefined {
  if (!isProblem(error)) return undefined
  const found = error.problems.flatMap(({ params }) => (params?.records ?? []) as Alike[])
  const records = [...new Map(found.map((record) => [record.id, record])).values()]
  return records.length > 0 ? { records, mayStay: error.code === 'possibleDuplicate' } : undefined
}

/** Leads to the records that are alike; where the rule only warns, the person may save all the same. */
export function AlikeRecords({ entity, error, onSaveAnyway }: { entity: string; error: unknown; onSaveAnyway: () => void }) {
  const t = useText()
  const alike = alikeIn(error)
  if (!alike || !isProblem(error)) return null
  return (
    <Alert
      className="fw-error-list"
      type={alike.mayStay ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={<ProblemList problems={error.problems} />}
      description={alike.records.map(({ id, title }) => <div key={id}><a href={`/${entity}/${id}`} target="_blank" rel="noreferrer">{title ?? id}</a></div>)}
      action={alike.mayStay && <Button size="small" onClick={onSaveAnyway}>{t('form.saveAnyway')}</Button>}
    />
  )
}
