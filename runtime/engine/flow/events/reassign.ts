import type { Run } from '../run'

export interface ReassignEvent { task: string; assignee: string; by: string }

/** An administrator gives an open task to somebody else. */
export function reassign(run: Run, { task, assignee, by }: ReassignEvent) {
  run.reassign(run.task(task), assignee, 'reassign', by)
}
