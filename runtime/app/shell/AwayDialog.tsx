import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Modal } from 'antd'
import { useId, useState } from 'react'
import type { Field } from '../../../schemas/generated/types'
import type { Id } from '../api'
import { addAbsence, endAbsence, listAbsences } from '../api/flows'
import type { Absence } from '../api/types'
import { PeopleInput } from '../approvals/PeopleInput'
import { ErrorAlert } from '../components'
import { viewOf } from '../field-views'
import { useText } from '../i18n'
import { useMe } from '../session'
import { useTitle } from '../titles/titles'

const day: Field = { name: 'day', type: 'date', label: { en: 'Day', zh: '日期' } }
const key = ['tasks', 'out-of-office']

/** When I am out of office, and who decides meanwhile. */
export default function AwayDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const { today } = useMe()
  const client = useQueryClient()
  const absences = useQuery({ queryKey: key, queryFn: listAbsences })
  const [error, setError] = useState<unknown>()
  const run = async (change: () => Promise<unknown>) => {
    setError(undefined)
    try { await change(); await client.invalidateQueries({ queryKey: key }) } catch (problem) { setError(problem) }
  }
  const coming = (absences.data ?? []).filter(({ until }) => until >= today)
  return (
    <Modal open title={t('away.title')} onCancel={onClose} footer={null} width={440}>
      <p className="fw-muted">{t('away.hint')}</p>
      {absences.data && coming.length === 0 && <p>{t('away.none')}</p>}
      {coming.map((absence) => <Away key={absence.id} absence={absence} onEnd={() => void run(() => endAbsence(absence.id))} />)}
      <ErrorAlert error={error ?? absences.error} />
      <NewAbsence onAdd={(absence) => run(() => addAbsence(absence))} />
    </Modal>
  )
}

function Away({ absence: { from, until, deputy }, onEnd }: { absence: Absence; onEnd: () => void }) {
  const t = useText()
  const name = useTitle(deputy) ?? '—'
  return <Flex justify="space-between" align="center" className="fw-away"><span>{from} – {until} · {name}</span><Button size="small" onClick={onEnd}>{t('away.end')}</Button></Flex>
}

function NewAbsence({ onAdd }: { onAdd: (absence: Omit<Absence, 'id' | 'flows'>) => Promise<void> }) {
  const t = useText()
  const id = useId()
  const { today } = useMe()
  const [from, setFrom] = useState<string | null>(today)
  const [until, setUntil] = useState<string | null>(null)
  const [deputy, setDeputy] = useState<Id[]>([])
  const Day = viewOf(day).Input!
  const [person] = deputy
  const add = () => { if (from && until && person) void onAdd({ from, until, deputy: person }) }
  return (
    <Form layout="vertical" onFinish={add}>
      <Form.Item label={t('away.deputy')} htmlFor={`${id}-deputy`}><PeopleInput id={`${id}-deputy`} value={deputy} onChange={setDeputy} label={t('away.deputy')} /></Form.Item>
      <Form.Item label={t('away.from')} htmlFor={`${id}-from`}><Day id={`${id}-from`} field={day} value={from} onChange={(value) => setFrom(value as string | null)} label={t('away.from')} /></Form.Item>
      <Form.Item label={t('away.until')} htmlFor={`${id}-until`}><Day id={`${id}-until`} field={day} value={until} onChange={(value) => setUntil(value as string | null)} label={t('away.until')} /></Form.Item>
      <Button type="primary" htmlType="submit" disabled={!from || !until || !person}>{t('away.add')}</Button>
    </Form>
  )
}
