import type { Logger } from 'pino'
import { reasonIn } from '../../schemas/errors'
import { claimDue, nextTry, reasonOf } from '../jobs/due'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import type { StoredDoc } from '../ports/store'
import { asEngine, contextFor, inTransaction, systemPerson, type Services, type WriteContext } from '../use-cases/context'
import { withPresentModel } from '../use-cases/present-model'
import { timerFailures, timerHandlers } from './handlers'
import { toTimer, type Timer } from './timers'

const batch = 500
const lease = 60_000
/** Then it waits for an administrator. */
const mostAttempts = 10

/** Fires what is due, each timer once however many processes do this. Returns how many were due. */
export async function fireDueTimers(services: Services, holder: ModelHolder, log: Logger): Promise<number> {
  // One that a dead process had claimed is looked at later than others, but its moment was before theirs.
  const due = (await claimDue(services, collections.timer, batch, lease)).sort((a, b) => ((a.at as string) < (b.at as string) ? -1 : 1))
  await Promise.all(due.map((doc) => fire(services, holder, doc.id).catch((error: unknown) => putOff(services, holder, doc, error, log))))
  return due.length
}

/** Removal and handling are one transaction: who finds the timer gone has nothing to do. */
async function fire(services: Services, holder: ModelHolder, id: string): Promise<void> {
  await taking(services, holder, id, (ctx, timer) => {
    const handler = timerHandlers[timer.kind]
    if (!handler) throw new Error(`nothing handles timers of kind “${timer.kind}”`)
    return handler(ctx, timer)
  })
}

async function taking(services: Services, holder: ModelHolder, id: string, work: (ctx: WriteContext, timer: Timer) => Promise<void>): Promise<void> {
  await withPresentModel(holder, (model) => inTransaction(asEngine(contextFor(services, model, systemPerson, 'en', 'system'), 'system'), async (ctx) => {
    const doc = await ctx.tx.get(collections.timer, id)
    if (!doc) return
    await ctx.tx.remove(collections.timer, [id])
    await work(ctx, toTimer(doc))
  }))
}

async function putOff(services: Services, holder: ModelHolder, { id, kind, attempts: before }: StoredDoc, error: unknown, log: Logger): Promise<void> {
  const attempts = (before as number) + 1
  const failed = attempts >= mostAttempts
  const tell = failed ? timerFailures[kind as string] : undefined
  // Where an administrator is told, the log need not cry.
  log[failed && !tell ? 'error' : 'warn']({ err: error, timer: id, attempts }, failed ? 'timer given up' : 'timer failed')
  if (tell) return taking(services, holder, id, (ctx, timer) => tell(ctx, timer, reasonIn(error)))
  await services.store.transaction(async (tx) => {
    if (await tx.get(collections.timer, id, [])) await tx.update(collections.timer, id, undefined, { attempts, lastError: reasonOf(error), nextTry: nextTry(services.clock.now(), attempts), status: failed ? 'failed' : 'waiting' })
  })
}
