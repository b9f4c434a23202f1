import type { Run } from '../run'
import { review } from '../steps'

export interface DecideEvent {
  task: string
  decision: 'approve' | 'reject'
  /** Whom the person chose for nodes that leave it to those who decide before. */
  chosen?: { [node: string]: string[] }
  /** What was shown: a digest of each field. */
  shown?: { [field: string]: string }
}

/** A person decided a task. */
export function decide(run: Run, { task: key, decision, chosen, shown }: DecideEvent) {
  const task = run.task(key)
  run.choose(chosen)
  run.close(task, decision === 'approve' ? 'approved' : 'rejected')
  if (decision === 'approve' && shown) task.shown = shown
  review(run, run.tokenOf(task))
}
