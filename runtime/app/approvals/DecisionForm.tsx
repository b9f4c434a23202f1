import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { App, Button, Input, type GetRef } from 'antd'
import { useRef, useState } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import { isProblem, type Decision, type Task } from '../api'
import { decideTask } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'
import { useShortcut } from '../shortcuts/use-shortcut'
import { useNodeLabel } from './labels'

type TextAreaRef = GetRef<typeof Input.TextArea>

const said = { approve: 'approval.approved', reject: 'approval.rejected' } as const

interface Props { task: Task; flow: Flow; rev: number | undefined; onDecided?: () => void }

/** Approve or reject. The keys go to the buttons; it takes Enter to decide, so that no stray key does. */
export function DecisionForm({ task, flow, rev, onDecided }: Props) {
  const t = useText()
  const node = useNodeLabel(flow, task.node)
  const approve = useRef<HTMLButtonElement>(null)
  const { comment, setComment, decide, busy, error, missing, commentBox } = useDecision({ task, flow, rev, ...(onDecided && { onDecided }) })
  useShortcut('a', 'keys.approve', () => approve.current?.focus())
  useShortcut('r', 'keys.reject', () => commentBox.current?.focus())
  return (
    <div className="fw-decision">
      <div className="fw-decision-ask">{t('approval.yourDecision', { node })}</div>
      <Input.TextArea
        ref={commentBox}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        className="fw-text-area"
        rows={2}
        maxLength={2000}
        placeholder={flow.settings?.commentRequired?.length ? t('approval.commentNeeded', { when: flow.settings.commentRequired.map((d) => t(`approval.${d}`)).join(' / ') }) : t('common.comment')}
        aria-label={t('common.comment')}
        status={missing ? 'error' : ''}
      />
      {missing && <div className="fw-field-problem" role="alert">{t('approval.commentMissing', { decision: t(`approval.${missing}`) })}</div>}
      <ErrorAlert error={error} />
      <div className="fw-decision-buttons">
        <Button ref={approve} type="primary" icon={<CheckOutlined aria-hidden />} loading={busy === 'approve'} disabled={busy === 'reject'} onClick={() => decide('approve')}>{t('approval.approve')}</Button>
        <Button danger icon={<CloseOutlined aria-hidden />} loading={busy === 'reject'} disabled={busy === 'approve'} onClick={() => decide('reject')}>{t('approval.reject')}</Button>
      </div>
    </div>
  )
}

function useDecision({ task, flow, rev, onDecided }: Props) {
  const t = useText()
  const { message } = App.useApp()
  const refresh = useAfterWrite()
  const commentBox = useRef<TextAreaRef>(null)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState<Decision>()
  const [error, setError] = useState<unknown>()
  const [missing, setMissing] = useState<Decision>()
  const run = async (decision: Decision) => {
    setBusy(decision)
    setError(undefined)
    try {
      await decideTask(task.id, { decision, comment: comment.trim(), ...(rev !== undefined && { rev }) })
      void message.success(t(said[decision]))
      void refresh()
      onDecided?.()
    } catch (problem) {
      setError(problem)
      setBusy(undefined)
      if (isProblem(problem, 409)) void refresh()
    }
  }
  const decide = (decision: Decision) => {
    const lacks = comment.trim() === '' && flow.settings?.commentRequired?.includes(decision) === true
    setMissing(lacks ? decision : undefined)
    if (lacks) commentBox.current?.focus()
    else void run(decision)
  }
  return { comment, setComment, decide, busy, error, missing, commentBox }
}
