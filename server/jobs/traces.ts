/** What is kept for a while only: deliveries that arrived, notices, links to decide by, answers to idempotency keys. What was given up stays. */
import type { Where } from '../../schemas/filters'
import { collections } from '../model/collections'
import type { Collection } from '../ports/store'
import type { Services } from '../use-cases/context'
import { later } from './due'

const day = 86_400_000
const before = (column: string, moment: string): Where => ({ path: [column], op: 'lt', value: moment })

interface Kept { collection: Collection; days: number; over: (moment: string) => Where }

/** `days` after which it is over; for a link they count from when it ends by itself or was used. */
const kept: Kept[] = [
  { collection: collections.outbox, days: 30, over: (moment) => ({ and: [{ path: ['status'], op: 'eq', value: 'done' }, before('createdAt', moment)] }) },
  { collection: collections.notice, days: 180, over: (moment) => before('at', moment) },
  { collection: collections.decideLink, days: 1, over: (moment) => ({ or: [before('expiresAt', moment), before('usedAt', moment)] }) },
  { collection: collections.idempotency, days: 7, over: (moment) => before('at', moment) },
]

const batch = 500

/** Removes what is over, some hundred a transaction, so that other writers come in between. Returns how much it was. */
export async function purgeTraces({ store, clock }: Pick<Services, 'store' | 'clock'>): Promise<number> {
  let removed = 0
  for (const { collection, days, over } of kept) {
    const where = over(later(clock.now(), -days * day))
    for (let found = batch; found === batch; removed += found) {
      found = await store.transaction(async (tx) => {
        const docs = await tx.find(collection, { where, columns: [], limit: batch })
        await tx.remove(collection, docs.map((d) => d.id))
        return docs.length
      })
    }
  }
  return removed
}
