import type { Run } from '../run'
import { review } from '../steps'

export interface DecideEvent {
  task: string
  decision: 'approve' | 'reject'
  /** Whom the person chose for nodes that leave it to those who decide before. */
  chosen?: { [node: string]: string[] }
}

/** A person decided a task. */
export function decide(run: Run, { task: key, decision, chosen }: DecideEvent) {
  const task = run.task(key)
  run.choose(chosen)
  run.close(task, decision === 'approve' ? 'approved' : 'rejected')
  review(run, run.tokenOf(task))
}
