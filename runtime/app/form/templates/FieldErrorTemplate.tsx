import type { FieldErrorProps } from '@rjsf/utils'

/** What is wrong with a field, each thing once: found here and by the server it may come twice. */
export function FieldErrorTemplate({ errors = [], fieldPathId }: FieldErrorProps) {
  const messages = [...new Set(errors.map(String))]
  if (messages.length === 0) return null
  return (
    <div className="fw-field-problem" id={`${fieldPathId.$id}-problem`} role="alert">
      {messages.map((message) => <div key={message}>{message}</div>)}
    </div>
  )
}
