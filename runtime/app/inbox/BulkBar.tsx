import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import type { BulkResult } from '../api/types'
import type { Id, TaskItem } from '../api'
import { decideTasks } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'

type Failed = Extract<BulkResult, { ok: false }>
interface Props { ids: Id[]; items: TaskItem[]; onDone: () => void }

/** One decision for the chosen tasks; what could not be decided is named. */
export function BulkBar({ ids, items, onDone }: Props) {
  const t = useText()
  const { comment, setComment, decide, busy, error, failed } = useBulk(ids, onDone)
  return (
    <div className="fw-bulk" role="group" aria-label={t('inbox.selected', { count: ids.length })}>
      <b>{t('inbox.selected', { count: ids.length })}</b>
      <Input size="small" maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} placeholder={t('common.comment')} aria-label={t('common.comment')} />
      <Button size="small" type="primary" loading={busy} onClick={() => void decide('approve')}>{t('approval.approve')}</Button>
      <Button size="small" danger loading={busy} onClick={() => void decide('reject')}>{t('approval.reject')}</Button>
      <ErrorAlert error={error} />
      {failed.length > 0 && <Alert type="warning" className="fw-bulk-failed" title={t('inbox.bulkFailed', { count: failed.length })} description={<ul>{failed.map((f) => <li key={f.id}>{items.find((i) => i.id === f.id)?.title ?? '—'}: {f.problem.message}</li>)}</ul>} />}
    </div>
  )
}

function useBulk(ids: Id[], onDone: () => void) {
  const refresh = useAfterWrite()
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [failed, setFailed] = useState<Failed[]>([])
  const decide = async (decision: 'approve' | 'reject') => {
    setBusy(true)
    setError(undefined)
    try {
      const { items } = await decideTasks(ids, decision, comment.trim())
      const left = items.filter((item): item is Failed => !item.ok)
      setFailed(left)
      void refresh()
      if (left.length === 0) onDone()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return { comment, setComment, decide, busy, error, failed }
}
