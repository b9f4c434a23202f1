/**
 * The flow interpreter: `advance(flow, state, event, context) → {state, effects}`. Pure: no clock, no randomness, no I/O. State is
 * plain JSON and can be resumed after every step; the use-case around it commits state, tasks, trail and record changes together.
 *
 * An instance is a set of tokens. A token stands at a node and carries the forks it came through; a join waits for those live
 * tokens of the innermost fork that can still come there. Work is a queue, never recursion, and bounded by settings.maxAutoSteps.
 */
import type { Flow } from '../../../schemas/generated/types'
import { happen, type FlowEvent } from './events'
import { reportDeadlock } from './joins'
import { Run } from './run'
import { enter } from './steps'
import { emptyState, type FlowContext, type FlowEffect, type FlowState, type Passage } from './types'

/** The state as it is then, what is to be done, and the nodes that were entered, in order. */
export interface Advanced { state: FlowState; effects: FlowEffect[]; route: Passage[] }

/** Applies one event. The caller has checked that the event is allowed (task open, instance live). */
export function advance(flow: Flow, state: FlowState | undefined, event: FlowEvent, context: FlowContext): Advanced {
  const run = new Run(flow, JSON.parse(JSON.stringify({ ...emptyState(), ...state })) as FlowState, context)
  happen(run, event)
  work(run)
  run.refreshStatus()
  return { state: run.state, effects: run.effects, route: run.route }
}

/** Moves tokens until every one rests. A token that cannot go on does not keep the others from it. */
function work(run: Run) {
  const limit = run.flow.settings?.maxAutoSteps ?? 1000
  for (let steps = 0; run.live; ) {
    const token = run.arrived.shift()
    if (!token) return reportDeadlock(run)
    if (!run.state.tokens.includes(token)) continue
    if (steps++ >= limit) run.incident(token, { code: 'tooManySteps', params: { limit } })
    else enter(run, token)
  }
}
