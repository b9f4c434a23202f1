import type { DecisionKind } from './decision'

/** Where one of many decides: whoever takes it. */
export const claim: DecisionKind = {
  usual: ({ multi }) => multi?.mode === 'claim',
  happen: ({ task }) => ({ event: { type: 'claim', task: task.key }, entry: { kind: 'claimed' } }),
}
