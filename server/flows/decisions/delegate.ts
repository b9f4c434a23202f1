import type { DecisionKind } from './decision'
import { requirePeople } from './people'

export const delegate: DecisionKind = {
  happen: (run) => {
    const [to] = requirePeople(run, { advising: true, one: true })
    return { event: { type: 'delegate', task: run.task.key, to: to! }, entry: { kind: 'delegated', people: [to!] } }
  },
}
