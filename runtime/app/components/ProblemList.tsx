import { Alert } from 'antd'
import type { Problem } from '../../../schemas/errors'
import { isProblem } from '../api'
import { useMessage, useText } from '../i18n'

/** What went wrong, each thing once, in the reader's words. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const messages = useDistinctMessages(problems)
  if (messages.length === 1) return <>{messages[0]}</>
  return (
    <ul className="fw-problems">
      {messages.map((message) => <li key={message}>{message}</li>)}
    </ul>
  )
}

export function useDistinctMessages(problems: readonly Problem[]): string[] {
  const message = useMessage()
  return [...new Set(problems.map(message))]
}

/** An error of a call as an alert: its problems if it names some, else what it says. */
export function ErrorAlert({ error, onClose }: { error: unknown; onClose?: () => void }) {
  const describe = useDescribe()
  if (!error) return null
  const problems = isProblem(error) ? error.problems : []
  const title = problems.length > 0 ? <ProblemList problems={problems} /> : describe(error)
  return <Alert type="error" showIcon title={title} closable={onClose ? { onClose } : false} role="alert" />
}

/** One sentence about an error, for a toast. */
export function useDescribe(): (error: unknown) => string {
  const message = useMessage()
  const t = useText()
  return (error) => {
    if (!isProblem(error)) return error instanceof Error ? error.message : String(error)
    if (error.code === 'network') return t('problem.network')
    const said = [...new Set(error.problems.map(message))].join(' ')
    return said || error.message
  }
}
