/** Other systems that nodes ask: what they answered comes back through the outbox. */
import { isLive } from '../../runtime/engine'
import type { Answer } from '../../schemas/node-types/node-type'
import type { Listener } from '../outbox/listeners'
import type { WriteContext } from '../use-cases/context'
import { act } from './act'
import { loadInstance } from './instances'

/** The round of a node that waits. */
export interface Place { instance: string; node: string; round: number }

/** The same however often the round is tried: who is asked can tell a repetition. */
export const requestId = ({ instance, node, round }: Place) => `${instance}.${node}.${round}.request`

/** Where nobody waits for it any more it does nothing. */
export async function answer(ctx: WriteContext, { instance: id, node, round }: Place, said: Answer): Promise<void> {
  const instance = await loadInstance(ctx, id)
  const waits = instance?.state.tokens.some((t) => t.node === node && t.round === round && t.waits?.for === 'answer')
  if (!instance || !isLive(instance) || !waits) return
  await act(ctx, instance, { type: 'answered', node, round, answer: said }, { kind: said.ok ? 'serviceDone' : 'serviceFailed', node, round, ...(said.error !== null && { reason: said.error }) })
}

export const service: Listener = {
  done: (ctx, params, said) => answer(ctx, params as unknown as Place, { ok: true, error: null, ...(said as Pick<Answer, 'status' | 'body'>) }),
  failed: (ctx, params, reason) => answer(ctx, params as unknown as Place, { ok: false, status: null, body: null, error: reason }),
}
