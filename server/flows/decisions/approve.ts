import { AppError } from '../../../schemas/errors'
import { digestsOf } from '../reuse'
import type { DecisionKind, DecisionRun } from './decision'

export const approve: DecisionKind = {
  usual: () => true,
  ofDelegates: true,
  fills: true,
  happen: (run) => {
    const { task, input, flow, table, record, node } = run
    const chosen = chosenBy(run)
    return { event: { type: 'decide', task: task.key, decision: 'approve', shown: digestsOf(flow, table, record, node), ...(chosen && { chosen }) }, entry: { kind: 'approved', ...(Object.keys(input.fields).length > 0 && { fields: Object.keys(input.fields) }) }, history: 'decision' }
  },
}

/** Whom this person chose for nodes that leave it to those who decide before; 422 for others. */
function chosenBy({ ctx, flow, input: { people } }: DecisionRun): DecisionRun['input']['people'] | undefined {
  const open = new Set(flow.nodes.filter((n) => 'assignees' in n && n.assignees?.some((a) => a.kind === 'previousSelect')).map((n) => n.id))
  const wrong = Object.entries(people).filter(([node, ids]) => !open.has(node) || ids.some((id) => !ctx.model.directory.person(id)?.active))
  if (wrong.length > 0) throw new AppError(422, 'badChoice', {}, wrong.map(([node]) => ({ path: `/people/${node}`, code: 'badChoice' })))
  return Object.keys(people).length > 0 ? people : undefined
}
