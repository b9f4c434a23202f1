/** The outbox as administrators see it: what is waiting, what was given up, and sending that again. */
import { AppError } from '../../schemas/errors'
import type { Where } from '../../schemas/filters'
import { toRow, type OutboxRow } from '../outbox/outbox'
import { collections } from '../model/collections'
import { inTransaction, type Context } from './context'
import { requireStudio } from './definitions'

export type OutboxItem = Pick<OutboxRow, 'id' | 'kind' | 'status' | 'attempts' | 'createdAt' | 'nextTry' | 'doneAt' | 'lastError'> & { /** Where it goes. */ to: string | null }

/** Newest first. */
export async function listOutbox(ctx: Context, status: OutboxRow['status'], limit = 100): Promise<{ items: OutboxItem[]; count: number }> {
  requireStudio(ctx)
  const where: Where = { path: ['status'], op: 'eq', value: status }
  const docs = await ctx.store.find(collections.outbox, { where, sort: [{ column: 'createdAt', descending: true }], limit })
  return { items: docs.map((doc) => present(toRow(doc))), count: await ctx.store.count(collections.outbox, { where }) }
}

const present = ({ id, kind, status, attempts, createdAt, nextTry, doneAt, lastError, params }: OutboxRow): OutboxItem =>
  ({ id, kind, status, attempts, createdAt, nextTry, doneAt, lastError, to: (params.url as string | undefined) ?? null })

/** Sends what was given up again, under the same id. 409 when it was not given up. */
export async function replayDelivery(ctx: Context, id: string): Promise<void> {
  requireStudio(ctx)
  await inTransaction(ctx, async ({ tx, clock }) => {
    const doc = await tx.get(collections.outbox, id, ['status'])
    if (!doc) throw new AppError(404, 'notFound')
    if (doc.status !== 'dead') throw new AppError(409, 'notDead')
    await tx.update(collections.outbox, id, undefined, { status: 'waiting', attempts: 0, nextTry: clock.now(), doneAt: null })
  })
}
