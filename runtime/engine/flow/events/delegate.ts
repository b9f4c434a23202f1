import type { Run } from '../run'
import { review } from '../steps'

export interface DelegateEvent { task: string; to: string }

/** Somebody else looks at it first; then it comes back to the principal, who decides. */
export function delegate(run: Run, { task: key, to }: DelegateEvent) {
  const task = run.task(key)
  run.add(task, { assignee: to, principal: task.assignee, via: 'delegate', by: task.assignee, before: key }, { task, after: false })
  run.close(task, 'pending')
  review(run, run.tokenOf(task))
}
