import type { Run } from '../run'
import { review } from '../steps'

export interface AddSignEvent { task: string; people: string[]; when: 'before' | 'after' }

/** More people decide: before the one who adds them, or once that one has approved. */
export function addSign(run: Run, { task: key, people, when }: AddSignEvent) {
  const task = run.task(key)
  const common = { via: 'addSign' as const, by: task.assignee, group: task.group ?? key, [when]: key }
  let beside = { task, after: when === 'after' }
  for (const assignee of people) {
    const added = run.add(task, { ...common, assignee }, beside)
    if (when === 'after') beside = { task: added, after: true }
  }
  if (when === 'before') run.close(task, 'pending')
  review(run, run.tokenOf(task))
}
