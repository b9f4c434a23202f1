import type { Run } from '../run'
import { review } from '../steps'

export interface RemoveSignEvent { /** Tasks of added signers who have not decided. */ tasks: string[] }

/** Signers who were added are not asked after all. */
export function removeSign(run: Run, { tasks }: RemoveSignEvent) {
  const removed = tasks.map((key) => run.task(key))
  for (const task of removed) run.close(task, 'cancelled')
  review(run, run.tokenOf(removed[0]!))
}
