/** The registry of who waits for what the world outside answers: one line a kind. Called in the transaction that settles the delivery. */
import type { WriteContext } from '../use-cases/context'
import { service } from '../flows/services'
import type { OutboxRow } from './outbox'

export interface Listener {
  /** `params` as enqueued; `answer` as its kind gives it: a webhook's `{status, body}`. */
  done(ctx: WriteContext, params: { [name: string]: unknown }, answer: unknown, row: OutboxRow): Promise<void>
  failed(ctx: WriteContext, params: { [name: string]: unknown }, reason: string, row: OutboxRow): Promise<void>
}

export const listeners: Record<string, Listener> = { service }
