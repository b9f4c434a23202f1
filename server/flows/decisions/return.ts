import { returnTargets } from '../../../runtime/engine'
import { AppError } from '../../../schemas/errors'
import type { DecisionKind } from './decision'

/** Sends it back to a node that every way to here has passed, or to who submitted; unless said otherwise where the node says how. */
export const giveBack: DecisionKind = {
  usual: (node) => node.onReturn !== undefined,
  happen: ({ flow, instance, task, input }) => {
    const targets = returnTargets(flow, instance.state, task.node)
    const [to = targets[0]] = input.to
    if (to === undefined || !targets.includes(to)) throw new AppError(422, 'badChoice', {}, [{ path: '/to', code: 'badChoice' }])
    return { event: { type: 'sendBack', task: task.key, to }, entry: { kind: 'returned', to }, history: 'decision' }
  },
}
