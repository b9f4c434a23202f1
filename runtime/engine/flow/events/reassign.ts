import type { Run } from '../run'

export interface ReassignEvent { task: string; assignee: string; by: string }

/** What stood still for want of people goes on with them. */
const wantOfPeople = new Set<string>(['noSuccessor', 'askedLeft', 'nobodyAsked'])

/** An administrator gives an open task to somebody else. */
export function reassign(run: Run, { task, assignee, by }: ReassignEvent) {
  run.reassign(run.task(task), assignee, 'reassign', by)
  const token = run.tokenOf(run.task(task))
  if (typeof token.incident === 'object' && wantOfPeople.has(token.incident.code)) delete token.incident
}
