import type { WireRecord } from '../../runtime/engine'
import type { ReferenceField } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import { releaseForDeletion } from '../flows/lock'
import type { Table } from '../model/tables'
import { rebuildRecords } from '../records/derived'
import { deletionOf } from '../records/history'
import { loadRecord, visibleRecord } from '../records/load'
import { referring } from '../records/referring'
import { rewrite } from '../records/rewrite'
import { mayUse } from '../records/visibility'
import { changeRecord } from '../records/write'
import { anyTable, inTransaction, type Context, type WriteContext } from './context'
import { writableRecord, present } from './update-record'

/** Moves a record and what it owns to the recycle bin. 409 with what still refers to it. */
export async function deleteRecord(ctx: Context, entity: string, id: string, rev?: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'delete', rev)
    await releaseForDeletion(tx, record)
    await bin(tx, table, (await loadRecord(tx, table, id)) ?? record, tx.clock.now())
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

async function bin(ctx: WriteContext, table: Table, record: WireRecord, at: string) {
  for (const { follower, field, docs } of await referring(ctx, table, record.id!)) {
    if (follower.entity.definition.ownedBy === field.name) for (const doc of docs) await bin(ctx, follower, follower.decode(doc), at)
    else if ((field.definition as ReferenceField).onDelete === 'clear') for (const doc of docs) await changeRecord(ctx, follower, follower.decode(doc), { [field.name]: null }, { byPerson: false })
    else throw new AppError(409, 'inUse', { count: docs.length, entity: follower.entity.definition.plural ?? follower.entity.definition.label })
  }
  await rewrite(ctx, table, record, { ...record, deletedAt: at }, 'deleted')
}

async function unbin(ctx: WriteContext, table: Table, record: WireRecord, at: string) {
  await rewrite(ctx, table, record, { ...record, deletedAt: null }, 'restored')
  // Definitions and what it refers to may have changed while it was in the bin.
  await rebuildRecords(ctx, table, [record.id!])
  for (const { follower, field, docs } of await referring(ctx, table, record.id!, at)) {
    if (follower.entity.definition.ownedBy === field.name) for (const doc of docs) await unbin(ctx, follower, follower.decode(doc), at)
  }
}
