import { Button } from 'antd'
import { useId, useState } from 'react'
import type { Decision, Id } from '../api'
import { useText } from '../i18n'
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
    <div className="fw-give-on" role="group" aria-label={what}>
      <label htmlFor={id}>{t('approval.to', { decision: what })}</label>
      <PeopleInput id={id} value={to} onChange={setTo} label={t('approval.who')} multiple={people[decision] === 'many'} />
      <div className="fw-decision-buttons">
        <Button type="primary" disabled={to.length === 0} loading={busy} onClick={() => onSend(to)}>{what}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </div>
  )
}
