import type { Run } from '../run'

export interface ReassignEvent { task: string; assignee: string }

/** An administrator gives an open task to somebody else. */
export function reassign(run: Run, { task, assignee }: ReassignEvent) {
  run.reassign(run.task(task), assignee)
}
