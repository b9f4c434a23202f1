/** What the server sees to by itself: approvals that wait for nothing are raised; what is over leaves: definitions from the trash, records from the bin, files that nothing holds, traces of what was told. */
import type { ModelHolder } from '../model/model'
import { raiseDeadEnds } from '../flows/dead-ends'
import { purgeOldRecords } from '../use-cases/bin'
import { asEngine, contextFor, systemPerson, type Context, type Services } from '../use-cases/context'
import { purgeFiles } from '../use-cases/files'
import { purgeTraces } from './traces'
import { purgeDue } from '../use-cases/trash'

export interface Purged { definitions: number; records: number; files: number; /** Deliveries that arrived, old notices, used links. */ traces: number }

/** All that is due now. Records are transactions of their own, so that it can be broken off, and several processes may do it at a time. */
export async function purgeAll(ctx: Context): Promise<Purged> {
  return { definitions: await purgeDue(ctx), records: await purgeOldRecords(ctx), files: await purgeFiles(ctx), traces: await purgeTraces(ctx) }
}

/** Files whenever it is asked; the rest, which looks through all records, on each day's first time. A day that failed is tried again. */
export function upkeepOf(services: Services, holder: ModelHolder): () => Promise<number> {
  let done: string | undefined
  return async () => {
    const today = services.clock.today()
    if (done === today) return purgeFiles(services)
    const ctx = asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'system'), 'system')
    const { definitions, records, files, traces } = await purgeAll(ctx)
    const raised = await raiseDeadEnds(ctx)
    done = today
    return definitions + records + files + traces + raised
  }
}
