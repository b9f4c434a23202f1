import type { ErrorListProps } from '@rjsf/utils'
import { Alert } from 'antd'
import { useText } from '../../i18n'

/** What is wrong altogether, each thing once. */
export function ErrorListTemplate({ errors }: ErrorListProps) {
  const t = useText()
  const messages = [...new Set(errors.map((error) => error.message ?? error.stack))]
  const list = messages.length > 1 && <ul className="fw-problems">{messages.map((message) => <li key={message}>{message}</li>)}</ul>
  return (
    <Alert
      className="fw-error-list"
      type="error"
      showIcon
      role="alert"
      title={messages.length === 1 ? messages[0] : t('form.problems', { count: messages.length })}
      description={list || undefined}
    />
  )
}
