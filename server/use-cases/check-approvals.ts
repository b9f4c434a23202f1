/** Upkeep from the command line: does every running approval wait for something, and is every trail what was written? */
import { isLive } from '../../runtime/engine'
import { faultsOf } from '../flows/faults'
import { toInstance } from '../flows/instances'
import { firstAltered } from '../flows/trail'
import { collections } from '../model/collections'
import { inPages } from '../records/batches'
import type { Context } from './context'

/** `faults`: why it does not go on by itself (flows.md, rule 21). `altered`: place of the first trail entry that is not what was sealed (rule 22). */
export interface ApprovalFinding { id: string; flow: string; title: string; faults: string[]; altered: number | undefined }

export async function checkApprovals(ctx: Context): Promise<ApprovalFinding[]> {
  const found: ApprovalFinding[] = []
  await inPages(ctx, { collection: collections.instance }, (docs) => {
    for (const instance of docs.map(toInstance)) {
      const { id, flow, title, state, trail } = instance
      const finding = { id, flow, title, faults: isLive(instance) ? faultsOf(state) : [], altered: firstAltered(trail) }
      if (finding.faults.length > 0 || finding.altered !== undefined) found.push(finding)
    }
  })
  return found
}
