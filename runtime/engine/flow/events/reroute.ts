import type { ApprovalNode } from '../../../../schemas/generated/types'
import { findPeople } from '../../../../schemas/people'
import { managersAbove } from '../../../../schemas/people/walks'
import { peopleView } from '../people-view'
import type { Run } from '../run'
import { review } from '../steps'
import type { FlowTask } from '../types'
import { transfer } from './transfer'

export interface RerouteEvent {
  /** Who does not decide any more. */
  person: string
  /** Who takes over, where they may; else deputy, managers, administrators. */
  to?: string
  by: string
}

/** What waits for somebody goes to others (flows.md, rule 20); what was delegated to them comes back. */
export function reroute(run: Run, { person, to, by }: RerouteEvent) {
  for (const task of run.state.tasks.filter((t) => t.assignee === person && isWaiting(t))) {
    if (!isWaiting(task)) continue
    if (task.via === 'delegate') giveBack(run, task)
    else handOn(run, task, to, by)
  }
}

const isWaiting = ({ status }: FlowTask) => status === 'open' || status === 'pending'

function giveBack(run: Run, task: FlowTask) {
  run.close(task, 'cancelled')
  review(run, run.tokenOf(task))
}

function handOn(run: Run, task: FlowTask, to: string | undefined, by: string) {
  const next = successor(run, task, to)
  if (next === undefined) return run.tokenOf(task).incident === undefined ? run.incident(run.tokenOf(task), { code: 'noSuccessor' }) : undefined
  run.effects.push({ kind: 'rerouted', node: task.node, round: task.round, from: task.assignee, to: next })
  transfer(run, { task: task.key, to: next, by, via: 'reassign' })
}

/** The first who works here and may decide: the one named, the deputy, the managers upwards, the administrators. */
function successor(run: Run, task: FlowTask, to: string | undefined): string | undefined {
  const view = peopleView(run, task.node)
  const { people, flow, initiator } = view
  const { onSelf } = run.nodeOf(task) as Partial<ApprovalNode>
  const asked = new Set(run.tasksAt(task).filter(isWaiting).map((t) => t.assignee))
  const may = (id: string) => people.person(id)?.active && !asked.has(id) && (id !== initiator || onSelf === 'allow')
  const all = [to, people.deputyOf(task.assignee, flow.name)?.deputy, ...managersAbove(task.assignee, people), ...findPeople(flow.admins ?? [], view), ...people.admins()]
  return all.find((id) => id !== undefined && may(id))
}
