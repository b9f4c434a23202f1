import type { Logger } from 'pino'
import { claimDue, nextTry, reasonOf } from '../jobs/due'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import { asEngine, contextFor, inTransaction, systemPerson, type Services } from '../use-cases/context'
import { withPresentModel } from '../use-cases/present-model'
import { timerHandlers } from './handlers'
import { toTimer } from './timers'

const batch = 500
const lease = 60_000
/** Then it waits for an administrator. */
const mostAttempts = 10

/** Fires what is due, each timer once however many processes do this. Returns how many were due. */
export async function fireDueTimers(services: Services, holder: ModelHolder, log: Logger): Promise<number> {
  const due = await claimDue(services, collections.timer, batch, lease)
  await Promise.all(due.map(({ id, attempts }) => fire(services, holder, id).catch((error: unknown) => putOff(services, id, (attempts as number) + 1, error, log))))
  return due.length
}

/** Removal and handling are one transaction: who finds the timer gone has nothing to do. */
async function fire(services: Services, holder: ModelHolder, id: string): Promise<void> {
  await withPresentModel(holder, (model) => inTransaction(asEngine(contextFor(services, model, systemPerson, 'en', 'system'), 'system'), async (ctx) => {
    const doc = await ctx.tx.get(collections.timer, id)
    if (!doc) return
    const timer = toTimer(doc)
    const handler = timerHandlers[timer.kind]
    if (!handler) throw new Error(`nothing handles timers of kind “${timer.kind}”`)
    await ctx.tx.remove(collections.timer, [id])
    await handler(ctx, timer)
  }))
}

async function putOff({ store, clock }: Services, id: string, attempts: number, error: unknown, log: Logger): Promise<void> {
  const failed = attempts >= mostAttempts
  log[failed ? 'error' : 'warn']({ err: error, timer: id, attempts }, failed ? 'timer given up' : 'timer failed')
  await store.transaction(async (tx) => {
    if (await tx.get(collections.timer, id, [])) await tx.update(collections.timer, id, undefined, { attempts, lastError: reasonOf(error), nextTry: nextTry(clock.now(), attempts), status: failed ? 'failed' : 'waiting' })
  })
}
