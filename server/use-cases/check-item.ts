import { pipelineOf, stageOf } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { checksOf, mark, type Check } from '../flows/checklist'
import { refuseWhileLocked } from '../flows/lock'
import { visibleRecord } from '../records/load'
import { mayUse } from '../records/visibility'
import { inTransaction, type Context } from './context'

/** Ticks an item of the present stage's checklist off, or opens it again. The answer is what is done of it now. */
export async function checkItem(ctx: Context, entity: string, id: string, item: string, done: boolean): Promise<{ items: Check[] }> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    if (!(await mayUse(tx, table.entity, record, 'update'))) throw new AppError(403, 'forbidden')
    await refuseWhileLocked(tx, record)
    const stage = stageOf(pipelineOf(tx.model.catalog, table.entity, record), record[table.entity.definition.pipeline?.stageField ?? ''])
    const found = stage?.checklist?.find((c) => c.id === item)
    if (!found) throw new AppError(404, 'notFound')
    await mark(tx, table, record, found, done)
    return { items: await checksOf(tx, table, record) }
  })
}
