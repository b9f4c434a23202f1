import { CheckOutlined, CloseOutlined, EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { useRef, useState } from 'react'
import type { Decision } from '../api'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'
import { useShortcut } from '../shortcuts/use-shortcut'
import { DecisionExtras } from './DecisionExtras'
import { GiveBack, GiveOn, needsPeople } from './GiveOn'
import { useNodeLabel } from './labels'
import { Origin } from './Origin'
import { commentsNeeded, useDecision, type DecisionProps } from './use-decision'

/** Approve, reject, or give it to others. The keys go to the buttons; it takes Enter to decide, so that no stray key does. */
export function DecisionForm(props: DecisionProps) {
  const { task, flow } = props
  const t = useText()
  const node = useNodeLabel(flow, task.node)
  const approve = useRef<HTMLButtonElement>(null)
  const [giving, setGiving] = useState<Decision>()
  const { comment, setComment, carried, carry, decide, busy, error, missing, commentBox } = useDecision(props)
  useShortcut('a', 'keys.approve', () => approve.current?.focus())
  useShortcut('r', 'keys.reject', () => commentBox.current?.focus())
  const offered = task.offered ?? []
  const has = (decision: Decision) => offered.includes(decision)
  const others = offered.filter((decision) => decision !== 'approve' && decision !== 'reject' && decision !== 'claim')
  const choose = (decision: Decision) => { if (needsPeople(decision) || decision === 'return') setGiving(decision); else void decide(decision) }
  return (
    <div className="fw-decision">
      <div className="fw-decision-ask">{t('approval.yourDecision', { node })}</div>
      <From task={task} />
      <Input.TextArea
        ref={commentBox}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        className="fw-text-area"
        rows={2}
        maxLength={2000}
        placeholder={t('approval.commentNeeded', { when: commentsNeeded(flow).filter((d) => offered.includes(d as Decision)).map((d) => t(`approval.${d as Decision}`)).join(' / ') || '—' })}
        aria-label={t('common.comment')}
        status={missing ? 'error' : ''}
      />
      {missing && <div className="fw-field-problem" role="alert">{t('approval.commentMissing', { decision: t(`approval.${missing}`) })}</div>}
      {has('approve') && !giving && <DecisionExtras {...props} carried={carried} carry={carry} />}
      <ErrorAlert error={error} />
      {giving === 'return' && <GiveBack task={task} flow={flow} busy={busy === giving} onSend={(to) => void decide('return', to)} onCancel={() => setGiving(undefined)} />}
      {giving && giving !== 'return' && <GiveOn key={giving} decision={giving} busy={busy === giving} onSend={(to) => void decide(giving, to)} onCancel={() => setGiving(undefined)} />}
      {!giving && <div className="fw-decision-buttons">
        {has('claim') && <Button loading={busy === 'claim'} disabled={busy !== undefined} onClick={() => void decide('claim')}>{t('approval.claim')}</Button>}
        {has('approve') && <Button ref={approve} type="primary" icon={<CheckOutlined aria-hidden />} loading={busy === 'approve'} disabled={busy !== undefined && busy !== 'approve'} onClick={() => void decide('approve')}>{t('approval.approve')}</Button>}
        {has('reject') && <Button danger icon={<CloseOutlined aria-hidden />} loading={busy === 'reject'} disabled={busy !== undefined && busy !== 'reject'} onClick={() => void decide('reject')}>{t('approval.reject')}</Button>}
        {others.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items: others.map((key) => ({ key, label: t(`approval.${key}`), onClick: () => choose(key) })) }}>
            <Button className="fw-decision-more" icon={<EllipsisOutlined aria-hidden />} aria-label={t('approval.more')} />
          </Dropdown>
        )}
      </div>}
    </div>
  )
}

/** How the task came to this person, when not by the flow. */
function From({ task }: Pick<DecisionProps, 'task'>) {
  const t = useText()
  if (!task.via && !task.principal && task.status !== 'pending') return null
  return <div className="fw-muted"><Origin task={task} /> {task.status === 'pending' && t('approval.pending')}</div>
}
