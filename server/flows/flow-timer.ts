import { isLive } from '../../runtime/engine'
import type { TimerHandler } from '../timers/handlers'
import { act } from './act'
import { loadInstance } from './instances'

/** A timer of an instance: on what has ended, or gone on, it does nothing. */
export const fireFlowTimer: TimerHandler = async (ctx, { params }) => {
  const { instance: id, node, round, name } = params as { instance: string; node: string; round: number; name: string }
  const instance = await loadInstance(ctx, id)
  const waited = instance?.state.tokens.some((t) => t.node === node && t.round === round)
  if (instance && isLive(instance) && waited) await act(ctx, instance, { type: 'timer', node, round, name }, { kind: 'timer', node, round, reason: name })
}
