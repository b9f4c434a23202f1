import { App, type GetRef, type Input } from 'antd'
import { useRef, useState } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import { isProblem, type Decision, type Id, type Task } from '../api'
import { decideTask } from '../api/flows'
import type { Values } from '../api/types'
import { useAfterWrite } from '../api/queries'
import { useText } from '../i18n'

type TextAreaRef = GetRef<typeof Input.TextArea>

export interface DecisionProps { task: Task; flow: Flow; rev: number | undefined; onDecided?: () => void }

/** What a decision carries beside its comment. */
export interface Carried { fields: Values; people: Record<string, Id[]>; signature: Id | null; attachments: Id[] }
const nothing: Carried = { fields: {}, people: {}, signature: null, attachments: [] }

/** What is typed for a decision, and sending it. */
export function useDecision({ task, flow, rev, onDecided }: DecisionProps) {
  const t = useText()
  const { message } = App.useApp()
  const refresh = useAfterWrite()
  const commentBox = useRef<TextAreaRef>(null)
  const [comment, setComment] = useState('')
  const [carried, setCarried] = useState(nothing)
  const [busy, setBusy] = useState<Decision>()
  const [error, setError] = useState<unknown>()
  const [missing, setMissing] = useState<Decision>()
  const run = async (decision: Decision, to: Id[]) => {
    setBusy(decision)
    setError(undefined)
    try {
      await decideTask(task.id, { decision, comment: comment.trim(), ...(rev !== undefined && { rev }), ...(to.length > 0 && { to }), ...sent(decision, carried) })
      void message.success(t(`approval.said.${decision}`))
      void refresh()
      onDecided?.()
    } catch (problem) {
      setError(problem)
      if (isProblem(problem, 409)) void refresh()
    } finally {
      setBusy(undefined)
    }
  }
  const decide = async (decision: Decision, to: Id[] = []) => {
    const lacks = comment.trim() === '' && needsComment(flow, decision)
    setMissing(lacks ? decision : undefined)
    if (lacks) commentBox.current?.focus()
    else await run(decision, to)
  }
  const carry = (part: Partial<Carried>) => setCarried((before) => ({ ...before, ...part }))
  return { comment, setComment, carried, carry, decide, busy, error, missing, commentBox }
}

export const commentsNeeded = (flow: Flow): readonly string[] => flow.settings?.commentRequired ?? ['reject', 'return']
const needsComment = (flow: Flow, decision: Decision) => commentsNeeded(flow).includes(decision)

/** Fields and choices go with an approval only. */
function sent(decision: Decision, { fields, people, signature, attachments }: Carried) {
  const approving = decision === 'approve'
  return {
    ...(approving && Object.keys(fields).length > 0 && { fields }), ...(approving && Object.keys(people).length > 0 && { people }),
    ...(signature !== null && { signature }), ...(attachments.length > 0 && { attachments }),
  }
}
