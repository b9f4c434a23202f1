/** What finding people at a node may look at. */
import { counts } from '../../../schemas/people/modes'
import type { EarlierApproval, PeopleView } from '../../../schemas/people'
import type { FlowTask } from './types'
import type { Run } from './run'

export function peopleView({ flow, state, context }: Run, node: string): PeopleView {
  return {
    flow,
    people: context.people,
    initiator: context.initiator,
    value: (field) => context.value(field),
    evaluate: (expression) => context.evaluate(expression),
    chosen: state.chosen?.[node] ?? [],
    earlier: approvals(state.tasks),
    reusable: (person) => context.reusable(node, person),
  }
}

/** Approvals that count, in the order they were given. */
export function approvals(tasks: FlowTask[]): EarlierApproval[] {
  const given = tasks.filter((t) => t.status === 'approved' && counts(t))
  return given.sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0)).map(({ key, node, round, assignee }) => ({ key, node, round, person: assignee }))
}
