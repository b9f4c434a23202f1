import { runEffects } from '../effects'
import { pipelineOf, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { withVolatile } from '../records/load'
import { mayUse, withoutHidden } from '../records/visibility'
import { insertRecord } from '../records/write'
import { asEngine, inTransaction, tableOf, type Context } from './context'

/** Creates a record from a person's input. 403 without the right, or when the record would lie outside the person's scope. */
export async function createRecord(ctx: Context, entity: string, input: WireRecord): Promise<WireRecord> {
  const table = tableOf(ctx, entity)
  if (!table.access.verbs.create) throw new AppError(403, 'forbidden')
  const record = await inTransaction(ctx, async (tx) => {
    const created = await insertRecord(tx, table, input, { byPerson: true })
    if (table.entity.definition.ownership !== 'none' && !mayUse(tx, table.entity, created, 'create')) throw new AppError(403, 'forbidden')
    const first = pipelineOf(tx.model.catalog, table.entity, created)?.stages[0]
    if (!first?.onEnter?.length) return created
    return (await runEffects(first.onEnter, { ctx: asEngine(tx, `stage:${first.id}`), table, record: created, extra: {}, created: [] })).record
  })
  return withoutHidden(ctx, table.entity, withVolatile(ctx, table, record))
}
