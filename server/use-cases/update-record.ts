import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { refuseWhileLocked } from '../flows/lock'
import type { Table } from '../model/tables'
import { visibleRecord, withVolatile } from '../records/load'
import { mayUse, asSeen } from '../records/visibility'
import { changeRecord, type WriteOptions } from '../records/write'
import { inTransaction, type Context, type WriteContext } from './context'

/** What a change is told as in the history, and whether records alike were seen. */
type UpdateOptions = Pick<WriteOptions, 'duplicatesSeen' | 'kind' | 'data'>

/**
 * Changes the given fields (JSON merge patch; null empties). `rev`: the revision the change is based on; 412 with the current record
 * when it is no longer that.
 */
export async function updateRecord(ctx: Context, entity: string, id: string, patch: WireRecord, rev?: number, options: UpdateOptions = {}): Promise<WireRecord> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'update', rev)
    const changed = await changeRecord(tx, table, record, patch, { byPerson: true, ...options })
    if (changed.owner !== record.owner && !(await mayUse(tx, table.entity, changed, 'update'))) throw new AppError(403, 'forbidden')
    return present(tx, table, changed)
  })
}

/** A record this person may see and use a verb on, at the expected revision, not held by an approval. */
export async function writableRecord(ctx: WriteContext, entity: string, id: string, verb: 'update' | 'delete', rev?: number): Promise<{ table: Table; record: WireRecord }> {
  const { table, record } = await visibleRecord(ctx, entity, id)
  if (!(await mayUse(ctx, table.entity, record, verb))) throw new AppError(403, 'forbidden')
  requireRev(ctx, table, record, rev)
  // Deleting has a policy of its own.
  if (verb === 'update') await refuseWhileLocked(ctx, record)
  return { table, record }
}

export function requireRev(ctx: Context, table: Table, record: WireRecord, rev: number | undefined) {
  if (rev !== undefined && rev !== record.rev) throw new AppError(412, 'staleRevision', {}, [], present(ctx, table, record))
}

export const present = (ctx: Context, table: Table, record: WireRecord) => asSeen(ctx, table.entity, withVolatile(ctx, table, record))
