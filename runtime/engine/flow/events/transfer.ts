import type { Run } from '../run'
import { review } from '../steps'

export interface TransferEvent {
  task: string
  to: string
  /** Whose doing it is, and whether the assignee gave it away or it was taken from them. */
  by: string
  via?: 'transfer' | 'reassign'
  /** The new assignee stands in for somebody. */
  principal?: string
  proxy?: string
}

/** A task goes to somebody else for good, with its place among those who decide. */
export function transfer(run: Run, { task: key, to, by, via = 'transfer', principal, proxy }: TransferEvent) {
  const task = run.task(key)
  const { group = key, before, after } = task
  const next = run.add(task, { assignee: to, via, by, group, ...(before && { before }), ...(after && { after }), ...(principal && { principal }), ...(proxy && { proxy }) }, { task, after: true })
  for (const other of run.tasksAt(task)) {
    if (other.before === key) other.before = next.key
    if (other.after === key) other.after = next.key
  }
  run.close(task, 'transferred')
  review(run, run.tokenOf(task))
}
