import { AppError } from '../../../schemas/errors'
import type { DecisionKind } from './decision'

/** Signers this person added, who have not decided yet: those named, or all of them. */
export const removeSign: DecisionKind = {
  meanwhile: true,
  happen: ({ instance, task, input: { to } }) => {
    const added = instance.state.tasks.filter((t) => t.via === 'addSign' && t.by === task.assignee && t.node === task.node && t.round === task.round && (t.status === 'open' || t.status === 'pending'))
    const removed = added.filter((t) => to.length === 0 || to.includes(t.assignee))
    if (removed.length === 0) throw new AppError(409, 'noSigners')
    return { event: { type: 'removeSign', tasks: removed.map((t) => t.key) }, entry: { kind: 'signersRemoved', people: removed.map((t) => t.assignee) } }
  },
}
