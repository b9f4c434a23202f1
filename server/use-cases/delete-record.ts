import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { holdDeletion } from '../flows/hold-deletion'
import type { Table } from '../model/tables'
import { bin, unbin } from '../records/bin'
import { deletionOf } from '../records/history'
import { loadRecord, visibleRecord } from '../records/load'
import { mayUse } from '../records/visibility'
import { anyTable, inTransaction, type Context, type WriteContext } from './context'
import { writableRecord, present } from './update-record'

/** Moves a record and what it owns to the recycle bin; where a flow holds deletions of it, the approval it waits for. 409 with what still refers to it. */
export async function deleteRecord(ctx: Context, entity: string, id: string, rev?: number): Promise<{ pending?: string }> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'delete', rev)
    const pending = await holdDeletion(tx, table, record)
    if (pending !== undefined) return { pending }
    await bin(tx, table, record, tx.clock.now())
    return {}
  })
}

/** Takes a record and what went with it out of the bin again. */
export async function restoreRecord(ctx: Context, entity: string, id: string): Promise<WireRecord> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id, { deleted: true })
    if (!(await mayUse(tx, table.entity, record, 'delete'))) throw new AppError(403, 'forbidden')
    if (record.deletedAt === null) return present(tx, table, record)
    await refuseAlone(tx, table, record)
    await unbin(tx, table, record, record.deletedAt as string)
    return present(tx, table, (await visibleRecord(tx, entity, id)).record)
  })
}

/** What was merged comes back by undoing the merge; what went with its parent comes back with it. */
async function refuseAlone(ctx: WriteContext, { entity }: Table, record: WireRecord) {
  const mergedInto = (await deletionOf(ctx, record.id!))?.data.mergedInto
  if (mergedInto !== undefined) throw new AppError(409, 'mergedAway', {}, [], { mergedInto })
  const { ownedBy } = entity.definition
  const parent = ownedBy === undefined ? undefined : anyTable(ctx, entity.fields.get(ownedBy)!.refersTo!)
  const owner = parent && typeof record[ownedBy!] === 'string' ? await loadRecord(ctx, parent, record[ownedBy!] as string, true) : undefined
  if (owner && owner.deletedAt !== null) throw new AppError(409, 'parentInBin', { entity: parent!.entity.definition.label }, [], { entity: parent!.entity.name, id: owner.id })
}
