import { cancelTimers, schedule as plan } from '../../timers/timers'
import { takeBack } from '../../outbox/outbox'
import { cancelCalls } from '../calls'
import { requestId } from '../services'
import type { Committer } from './committer'

export const flowTimer = 'flow'
const idOf = (instance: string, node: string, round: number, name: string) => `${instance}.${node}.${round}.${name}`

export const schedule: Committer<'schedule'> = async ({ node, round, name, at }, { ctx, instance: { id } }) => {
  await plan(ctx, { id: idOf(id, node, round, name), kind: flowTimer, at: at ?? ctx.clock.now(), params: { instance: id, node, round, name } })
}

/** A round is over: its timers and what it asks of others are taken back, and the flows it called end. */
export const release: Committer<'release'> = async ({ node, round }, { ctx, instance, later }) => {
  await cancelTimers(ctx, idOf(instance.id, node, round, ''))
  await takeBack(ctx, requestId({ instance: instance.id, node, round }))
  later.push(() => cancelCalls(ctx, instance, { node, round }))
}
