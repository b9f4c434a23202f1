import type { DecisionKind } from './decision'
import { requirePeople } from './people'

const adding = (when: 'before' | 'after'): DecisionKind => ({
  happen: (run) => {
    const people = requirePeople(run)
    return { event: { type: 'addSign', task: run.task.key, people, when }, entry: { kind: 'signersAdded', people, decision: when } }
  },
})

export const addSignBefore = adding('before')
export const addSignAfter = adding('after')
