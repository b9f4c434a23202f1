import type { DecisionKind } from './decision'

export const reject: DecisionKind = {
  usual: () => true,
  ofDelegates: true,
  happen: ({ task }) => ({ event: { type: 'decide', task: task.key, decision: 'reject' }, entry: { kind: 'rejected' }, history: 'decision' }),
}
