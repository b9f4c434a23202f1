import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { changePassword } from '../api/session'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'

interface Entry { current: string; password: string; repeat: string }

export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Entry>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const save = async ({ current, password }: Entry) => {
    setBusy(true)
    try {
      await changePassword(current, password)
      void message.success(t('password.changed'))
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const required = [{ required: true, message: t('password.missing') }]
  return (
    <Modal open title={t('password.title')} onCancel={onClose} onOk={form.submit} confirmLoading={busy} okText={t('common.save')} width={380}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(entry) => void save(entry)}>
        <ErrorAlert error={error} />
        <Form.Item name="current" label={t('password.current')} rules={required}><Input.Password autoComplete="current-password" autoFocus /></Form.Item>
        <Form.Item name="password" label={t('password.new')} rules={required}><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item name="repeat" label={t('password.repeat')} dependencies={['password']} rules={[...required, sameAs('password', t('password.differs'))]}><Input.Password autoComplete="new-password" /></Form.Item>
      </Form>
    </Modal>
  )
}

const sameAs = (other: keyof Entry, said: string) => ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
  validator: (_: unknown, value: unknown) => (value === getFieldValue(other) ? Promise.resolve() : Promise.reject(new Error(said))),
})
