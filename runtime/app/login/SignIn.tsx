import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { signIn } from '../api/session'
import { ErrorAlert } from '../components'
import { useText } from '../i18n'
import { useReloadMe } from '../session'
import { LanguageSwitch } from '../shell/LanguageSwitch'
import './sign-in.css'

interface Entry { username: string; password: string }

/** In place of the app while nobody is signed in; the address stays, so that one comes back to where one was. */
export default function SignIn() {
  const t = useText()
  const { submit, busy, error } = useSignIn()
  return (
    <main className="fw-sign-in">
      <div className="fw-sign-in-card fw-panel">
        <div className="fw-sign-in-head">
          <span className="fw-logo" aria-hidden>F</span>
          <h1>{t('app.name')}</h1>
          <LanguageSwitch local />
        </div>
        <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => void submit(entry)}>
          <Form.Item name="username" label={t('login.user')} rules={[{ required: true, message: t('login.userMissing') }]}>
            <Input autoComplete="username" autoFocus size="large" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
          <Form.Item name="password" label={t('login.password')} rules={[{ required: true, message: t('login.passwordMissing') }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <div className="fw-sign-in-error"><ErrorAlert error={error} /></div>
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>{t('login.submit')}</Button>
        </Form>
      </div>
    </main>
  )
}

function useSignIn() {
  const reload = useReloadMe()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async ({ username, password }: Entry) => {
    setBusy(true)
    setError(undefined)
    try {
      await signIn(username, password)
      await reload()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return { submit, busy, error }
}
