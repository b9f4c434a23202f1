/** Timers: what is to happen at a moment, kept in the store so that no restart forgets it. */
import { collections } from '../model/collections'
import type { Stored, StoredDoc } from '../ports/store'
import type { WriteContext } from '../use-cases/context'

export interface Timer {
  /** Stable and telling: `<instance>.<node>.<round>.<name>`. */
  id: string
  /** Its handler, see `handlers.ts`. */
  kind: string
  /** ISO 8601 in UTC. */
  at: string
  params: { [name: string]: unknown }
}

/** Plans a timer with the commit at hand. Nothing happens when there is one of this id. */
export async function schedule({ tx }: WriteContext, { id, kind, at, params }: Timer): Promise<void> {
  if (await tx.get(collections.timer, id, [])) return
  await tx.insert(collections.timer, [{ id, rev: 1, kind, at, nextTry: at, status: 'waiting', attempts: 0, lastError: null, params: params as Stored }])
}

/** Takes back every timer whose id begins so. */
export async function cancelTimers({ tx }: WriteContext, prefix: string): Promise<void> {
  const found = await tx.find(collections.timer, { where: { and: [{ path: ['id'], op: 'gte', value: prefix }, { path: ['id'], op: 'lt', value: `${prefix}\uffff` }] }, columns: [] })
  await tx.remove(collections.timer, found.map((t) => t.id))
}

export const toTimer = ({ id, kind, at, params }: StoredDoc): Timer => ({ id, kind, at, params }) as Timer
