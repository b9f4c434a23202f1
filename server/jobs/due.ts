/** Work that waits in a collection until its time: claimed by lease, tried again after failures. Shared by timers and the outbox. */
import type { Where } from '../../schemas/filters'
import type { Collection, StoredDoc } from '../ports/store'
import type { Services } from '../use-cases/context'

const eq = (column: string, value: string): Where => ({ path: [column], op: 'eq', value })

/**
 * Documents whose `nextTry` has come, the longest due first. No other process gets them within `lease` milliseconds: by then they are done
 * or this process is dead.
 */
export async function claimDue({ store, clock }: Services, collection: Collection, limit: number, lease: number): Promise<StoredDoc[]> {
  const now = clock.now()
  const query = { where: { and: [eq('status', 'waiting'), { path: ['nextTry'], op: 'lte', value: now }] } satisfies Where, sort: [{ column: 'nextTry' }], limit }
  // An idle worker never asks for the writers' turn.
  if ((await store.find(collection, { ...query, limit: 1, columns: [] })).length === 0) return []
  return store.transaction(async (tx) => {
    const docs = await tx.find(collection, query)
    await tx.updateWhere(collection, { path: ['id'], op: 'in', value: docs.map((d) => d.id) }, { nextTry: later(now, lease) })
    return docs
  })
}

const first = 5_000
const longest = 3_600_000

/** When a failed attempt is followed by the next: twice as late each time, up to an hour, and not all at one moment. */
export function nextTry(now: string, attempts: number): string {
  const pause = Math.min(first * 2 ** (attempts - 1), longest)
  return later(now, pause / 2 + Math.random() * (pause / 2))
}

export const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString()

/** What a failure says in a list. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 1000)
