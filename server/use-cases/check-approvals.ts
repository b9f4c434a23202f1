/** Upkeep from the command line: does every running approval wait for something, and is every trail what was written? */
import { isLive } from '../../runtime/engine'
import { reasonText } from '../../schemas/errors'
import { faultsOf } from '../flows/faults'
import { toInstance } from '../flows/instances'
import { firstAltered } from '../flows/trail'
import { collections } from '../model/collections'
import type { Collection } from '../ports/store'
import { inPages } from '../records/batches'
import type { Context } from './context'

/** `faults`: why it does not go on by itself (flows.md, rule 21). `altered`: place of the first trail entry that is not what was sealed (rule 22). */
export interface ApprovalFinding { id: string; flow: string; title: string; faults: string[]; altered: number | undefined }

/** What an administrator should look at, as numbers: approvals that cannot go on (what waits for nothing becomes such within a day, `raiseDeadEnds`), deliveries and timers that were given up. */
export async function troubles({ store }: Pick<Context, 'store'>): Promise<{ stuckApprovals: number; deadDeliveries: number; failedTimers: number }> {
  const count = (collection: Collection, status: string) => store.count(collection, { where: { path: ['status'], op: 'eq', value: status } })
  return { stuckApprovals: await count(collections.instance, 'incident'), deadDeliveries: await count(collections.outbox, 'dead'), failedTimers: await count(collections.timer, 'failed') }
}

export async function checkApprovals(ctx: Context): Promise<ApprovalFinding[]> {
  const found: ApprovalFinding[] = []
  await inPages(ctx, { collection: collections.instance }, async (docs) => {
    const instances = docs.map(toInstance)
    const faults = await faultsOf(ctx, instances.filter(isLive))
    for (const { id, flow, title, trail } of instances) {
      const finding = { id, flow, title, faults: (faults.get(id) ?? []).map((fault) => reasonText(fault.reason, 'en')), altered: firstAltered(trail) }
      if (finding.faults.length > 0 || finding.altered !== undefined) found.push(finding)
    }
  })
  return found
}
