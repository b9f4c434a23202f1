import { isLive } from '../../runtime/engine'
import type { Reason } from '../../schemas/errors'
import type { TimerHandler } from '../timers/handlers'
import type { Timer } from '../timers/timers'
import type { WriteContext } from '../use-cases/context'
import { act } from './act'
import { loadInstance, type Instance } from './instances'

/** A timer of an instance: on what has ended, or gone on, it does nothing. */
export const fireFlowTimer: TimerHandler = async (ctx, timer) => {
  const instance = await waiting(ctx, timer)
  const { node, round, name } = placeOf(timer)
  if (instance) await act(ctx, instance, { type: 'timer', node, round, name }, { kind: 'timer', node, round, reason: name })
}

/** Given up: for an administrator to see, and to try again. */
export async function flowTimerFailed(ctx: WriteContext, timer: Timer, reason: Reason): Promise<void> {
  const instance = await waiting(ctx, timer)
  const { node, round, name } = placeOf(timer)
  if (instance) await act(ctx, instance, { type: 'timerFailed', node, round, name, reason }, { kind: 'timer', node, round, reason: name })
}

const placeOf = ({ params }: Timer) => params as { instance: string; node: string; round: number; name: string }

async function waiting(ctx: WriteContext, timer: Timer): Promise<Instance | undefined> {
  const { instance: id, node, round } = placeOf(timer)
  const instance = await loadInstance(ctx, id)
  return instance && isLive(instance) && instance.state.tokens.some((t) => t.node === node && t.round === round) ? instance : undefined
}
