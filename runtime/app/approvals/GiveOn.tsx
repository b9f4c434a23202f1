import { Button, Select } from 'antd'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import type { Decision, Id, Task } from '../api'
import { useLabel, useText } from '../i18n'
import { PeopleInput } from './PeopleInput'

const people: { [D in Decision]?: 'one' | 'many' } = { transfer: 'one', delegate: 'one', addSignBefore: 'many', addSignAfter: 'many', cc: 'many' }
export const needsPeople = (decision: Decision) => people[decision] !== undefined

interface Props { decision: Decision; busy: boolean; onSend: (to: Id[]) => void; onCancel: () => void }

/** Asks for the people a task is given to, or shown to. */
export function GiveOn({ decision, busy, onSend, onCancel }: Props) {
  const t = useText()
  const id = useId()
  const [to, setTo] = useState<Id[]>([])
  const what = t(`approval.${decision}`)
  return (
    <Apart label={what} onCancel={onCancel}>
      <label htmlFor={id}>{t('approval.to', { decision: what })}</label>
      <PeopleInput id={id} value={to} onChange={setTo} label={t('approval.who')} multiple={people[decision] === 'many'} />
      <div className="fw-decision-buttons">
        <Button type="primary" disabled={to.length === 0} loading={busy} onClick={() => onSend(to)}>{what}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </Apart>
  )
}

interface ReturnProps { task: Task; flow: Flow; busy: boolean; onSend: (to: Id[]) => void; onCancel: () => void }

/** Asks where a task goes back to, the nearest node unless another is chosen. */
export function GiveBack({ task, flow, busy, onSend, onCancel }: ReturnProps) {
  const t = useText()
  const label = useLabel()
  const id = useId()
  const targets = task.returnTo ?? []
  const [to, setTo] = useState(targets[0])
  const options = targets.map((value) => ({ value, label: label(flow.nodes.find((node) => node.id === value)?.label) || value }))
  return (
    <Apart label={t('approval.return')} onCancel={onCancel}>
      <label htmlFor={id}>{t('approval.returnTo')}</label>
      <Select id={id} value={to} onChange={setTo} options={options} aria-label={t('approval.returnTo')} />
      <div className="fw-decision-buttons">
        <Button type="primary" loading={busy} onClick={() => onSend(to ? [to] : [])}>{t('approval.return')}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </Apart>
  )
}

/** What a decision asks for beside: the focus goes there from the menu, Escape gives it up. */
function Apart({ label, onCancel, children }: { label: string; onCancel: () => void; children: ReactNode }) {
  const group = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The menu that was chosen from gives the focus back first.
    const soon = setTimeout(() => group.current?.querySelector('input')?.focus(), 100)
    return () => clearTimeout(soon)
  }, [])
  return <div ref={group} className="fw-give-on" role="group" aria-label={label} onKeyDown={(event) => { if (event.key === 'Escape') onCancel() }}>{children}</div>
}
