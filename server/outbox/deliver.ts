import type { Logger } from 'pino'
import { claimDue, nextTry, reasonOf } from '../jobs/due'
import { collections } from '../model/collections'
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
  // A listener that fails leaves the row as it was: it is delivered again, under the same id.
  return settle(run, row, (ctx) => succeed(ctx, row, answer))
}

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
  if (!dead || row.onError === 'deadLetter') return
  await notify(ctx, { id: `${row.id}.dead.${ctx.newId()}`, to: ctx.model.directory.admins(), kind: 'deliveryFailed', params: { kind: row.kind, reason: reasonOf(error) }, link: null })
  if (row.listener) await listeners[row.listener.kind]?.failed(ctx, row.listener.params, reasonOf(error), row)
}
