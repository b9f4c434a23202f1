import type { Run } from '../run'

export interface ClaimEvent { task: string }

/** One of those asked takes the task; it is the others' no longer. */
export function claim(run: Run, { task: key }: ClaimEvent) {
  const task = run.task(key)
  task.claimed = true
  for (const other of run.tasksAt(task)) if (other !== task) run.close(other, 'cancelled')
}
