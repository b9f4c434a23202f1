import { standInFor } from '../../../schemas/people'
import { peopleNow } from '../people-now'
import type { DecisionKind } from './decision'
import { requirePeople } from './people'

export const transfer: DecisionKind = {
  happen: async (run) => {
    const { ctx, flow, instance, task } = run
    const [to] = requirePeople(run, { one: true })
    const { assignee, ...through } = standInFor(to!, { people: peopleNow(ctx), flow }, instance.initiator)
    return { event: { type: 'transfer', task: task.key, to: assignee === ctx.me.id ? to! : assignee, by: ctx.me.id, ...(assignee !== ctx.me.id && through) }, entry: { kind: 'transferred', people: [to!] } }
  },
}
