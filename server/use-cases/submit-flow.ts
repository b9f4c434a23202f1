import { AppError } from '../../schemas/errors'
import type { Instance } from '../flows/instances'
import { startFlow } from '../flows/start-flow'
import { visibleRecord } from '../records/load'
import { within } from '../records/visibility'
import { inTransaction, type Context } from './context'

/** Submits a record to an approval flow. */
export async function submitFlow(ctx: Context, entity: string, id: string, flow: string, comment: string | null): Promise<Instance> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    if (!(await within(tx, table.entity, 'update', tx.access.entity(entity)?.flows.get(flow), record))) throw new AppError(403, 'forbidden')
    return startFlow(tx, table, record, flow, { comment })
  })
}
