/**
 * The outbox: what the world outside is told. A row is written by the commit that causes it and delivered after it, at least once, under an
 * id that stays the same whatever is tried again; who receives it can tell a repetition by that id.
 */
import { collections } from '../model/collections'
import type { Stored, StoredDoc } from '../ports/store'
import type { WriteContext } from '../use-cases/context'

/** What becomes of a delivery that fails: given up and told at once; tried again with growing pauses, then given up and told; given up quietly, for a replay by hand. */
export type OnError = 'fail' | 'retry' | 'deadLetter'

export interface Delivery {
  /** Stable: `<instance>.<node>.<round>.<effect>`. */
  id: string
  /** How it is delivered, see `kinds.ts`. */
  kind: string
  params: { [name: string]: unknown }
  onError?: OnError
  /** Who is told what became of it, see `listeners.ts`. */
  listener?: { kind: string; params: { [name: string]: unknown } }
  /** One of this id that was given up is sent again. */
  again?: true
}

/** Notes a delivery with the commit at hand. Nothing happens when there is one of this id, delivered or not. */
export async function enqueue({ tx, clock }: WriteContext, { id, kind, params, onError = 'retry', listener, again }: Delivery): Promise<void> {
  const now = clock.now()
  const known = await tx.get(collections.outbox, id, ['status'])
  if (known && again && known.status === 'dead') await tx.update(collections.outbox, id, undefined, { status: 'waiting', attempts: 0, nextTry: now, doneAt: null, params: params as Stored })
  if (known) return
  await tx.insert(collections.outbox, [{
    id, rev: 1, kind, status: 'waiting', onError, createdAt: now, nextTry: now, doneAt: null, lastError: null, attempts: 0, params: params as Stored, listener: (listener ?? null) as Stored, answer: null,
  }])
}

/** What nobody waits for any more is not sent, as far as it was not yet. */
export async function takeBack({ tx }: WriteContext, id: string): Promise<void> {
  const known = await tx.get(collections.outbox, id, ['status'])
  if (known?.status === 'waiting') await tx.remove(collections.outbox, [id])
}

export interface OutboxRow extends Required<Omit<Delivery, 'listener' | 'again'>> {
  status: 'waiting' | 'done' | 'dead'
  attempts: number
  createdAt: string; nextTry: string; doneAt: string | null; lastError: string | null
  listener: Delivery['listener'] | null
  answer: unknown
}

export const toRow = (doc: StoredDoc) => doc as unknown as OutboxRow
