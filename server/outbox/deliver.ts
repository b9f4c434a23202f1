import type { Logger } from 'pino'
import { claimDue, nextTry, reasonOf } from '../jobs/due'
import { collections } from '../model/collections'
import { AppError } from '../../schemas/errors'
import { Refused } from '../ports/outside'
import type { Stored } from '../ports/store'
import { notify } from '../notices/notify'
import { asEngine, contextFor, inTransaction, systemPerson, type WriteContext } from '../use-cases/context'
import { withPresentModel } from '../use-cases/present-model'
import { deliveryKinds, type DeliveryRun } from './kinds'
import { listeners } from './listeners'
import { toRow, type OutboxRow } from './outbox'

const batch = 16
/** Longer than any delivery may take. */
const lease = 60_000
export const mostAttempts = 8

/** Delivers what is due and settles each. Returns how many were due. */
export async function deliverDue(run: DeliveryRun, log: Logger): Promise<number> {
  const due = await claimDue(run.services, collections.outbox, batch, lease)
  await Promise.all(due.map((doc) => deliver(run, toRow(doc), log)))
  return due.length
}

async function deliver(run: DeliveryRun, row: OutboxRow, log: Logger): Promise<void> {
  let answer: unknown
  try {
    const kind = deliveryKinds[row.kind]
    if (!kind) throw new Refused(`nothing delivers “${row.kind}”`)
    answer = await kind(row, run)
  } catch (error) {
    log.warn({ delivery: row.id, attempts: row.attempts + 1, reason: reasonOf(error) }, 'delivery failed')
    return settle(run, row, (ctx) => fail(ctx, row, error))
  }
  return settle(run, row, (ctx) => succeed(ctx, row, answer)).catch((error: unknown) => {
    // Otherwise the row stays as it was: it is delivered again, under the same id.
    if (!(error instanceof AppError) || passing.has(error.code)) throw error
    return settle(run, row, (ctx) => fail(ctx, row, new Refused(error.message)))
  })
}

/** Another commit came between. What else keeps a listener from taking an answer keeps it from taking it again. */
const passing = new Set<string>(['staleRevision', 'definitionsChanged'])

/** In one transaction with what it means to others; nothing if somebody else was faster. */
async function settle({ services, holder }: DeliveryRun, { id }: OutboxRow, work: (ctx: WriteContext) => Promise<void>): Promise<void> {
  await withPresentModel(holder, (model) => inTransaction(asEngine(contextFor(services, model, systemPerson, 'en', 'system'), 'system'), async (ctx) => {
    const now = await ctx.tx.get(collections.outbox, id, ['status'])
    if (now?.status === 'waiting') await work(ctx)
  }))
}

async function succeed(ctx: WriteContext, row: OutboxRow, answer: unknown): Promise<void> {
  await ctx.tx.update(collections.outbox, row.id, undefined, { status: 'done', doneAt: ctx.clock.now(), attempts: row.attempts + 1, lastError: null, answer: (answer ?? null) as Stored })
  if (row.listener) await listeners[row.listener.kind]?.done(ctx, row.listener.params, answer, row)
}

async function fail(ctx: WriteContext, row: OutboxRow, error: unknown): Promise<void> {
  const attempts = row.attempts + 1
  const dead = row.onError !== 'retry' || attempts >= mostAttempts || error instanceof Refused
  await ctx.tx.update(collections.outbox, row.id, undefined, { attempts, lastError: reasonOf(error), ...(dead ? { status: 'dead', doneAt: ctx.clock.now() } : { nextTry: nextTry(ctx.clock.now(), attempts) }) })
  if (!dead) return
  // Who waits for it says what becomes of it.
  if (row.listener) return listeners[row.listener.kind]?.failed(ctx, row.listener.params, reasonOf(error), row)
  if (row.onError === 'deadLetter') return
  await notify(ctx, { id: `${row.id}.dead.${ctx.newId()}`, to: ctx.model.directory.admins(), kind: 'deliveryFailed', params: { kind: row.kind, reason: reasonOf(error) }, link: null })
}
