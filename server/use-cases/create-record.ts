import { runEffects } from '../effects'
import { pipelineOf, type EntityAccess, type Extent, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { withVolatile } from '../records/load'
import { within, asSeen } from '../records/visibility'
import type { Table } from '../model/tables'
import { insertRecord } from '../records/write'
import { asEngine, inTransaction, tableOf, type Context } from './context'

/** Creates a record from a person's input. 403 without the right, or when the record would lie outside the person's scope. */
export async function createRecord(ctx: Context, entity: string, input: WireRecord, { duplicatesSeen = false } = {}): Promise<WireRecord> {
  const table = tableOf(ctx, entity)
  const extents = creatable(table)
  if (!extents) throw new AppError(403, 'forbidden')
  const record = await inTransaction(ctx, async (tx) => {
    const created = await insertRecord(tx, table, input, { byPerson: true, duplicatesSeen })
    if (!(await within(tx, table.entity, 'create', extents, created))) throw new AppError(403, 'forbidden')
    const first = pipelineOf(tx.model.catalog, table.entity, created)?.stages[0]
    if (!first?.onEnter?.length) return created
    return (await runEffects(first.onEnter, { ctx: asEngine(tx, `stage:${first.id}`), table, record: created, extra: {}, created: [] })).record
  })
  return asSeen(ctx, table.entity, withVolatile(ctx, table, record))
}

/** What nobody owns lies in no scope; only the conditions then say where a record may be made. */
function creatable({ entity, access }: Table & { access: EntityAccess }): Extent[] | undefined {
  return entity.definition.ownership === 'none' ? access.verbs.create?.map((extent) => ({ ...extent, scope: 'all' })) : access.verbs.create
}
