import { App, Form, Modal } from 'antd'
import { useId, useState } from 'react'
import type { Id } from '../api'
import { handOver } from '../api/people'
import { useAfterWrite } from '../api/queries'
import { PeopleInput } from '../approvals/PeopleInput'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'

interface Props { person: Id; name: string; onClose: () => void }

/** Gives what waits for somebody who leaves or is away to another person. */
export default function HandOverDialog({ person, name, onClose }: Props) {
  const t = useText()
  const id = useId()
  const { message } = App.useApp()
  const refresh = useAfterWrite()
  const [to, setTo] = useState<Id[]>([])
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const give = async () => {
    setBusy(true)
    try {
      const { approvals } = await handOver(person, to[0]!)
      void message.success(t('handOver.done', { count: approvals }))
      void refresh()
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t('handOver.title')} onCancel={onClose} okText={t('handOver.do')} cancelText={t('common.cancel')} okButtonProps={{ disabled: to.length === 0, loading: busy }} onOk={() => void give()}>
      <p>{t('handOver.about', { name })}</p>
      <ErrorAlert error={error} />
      <Form layout="vertical"><Form.Item label={t('handOver.to')} htmlFor={id}><PeopleInput id={id} value={to} onChange={setTo} label={t('handOver.to')} /></Form.Item></Form>
    </Modal>
  )
}
