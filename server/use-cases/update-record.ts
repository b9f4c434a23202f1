import { holdingFlow, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { holdChange } from '../flows/hold-change'
import { refuseWhileLocked } from '../flows/lock'
import type { Table } from '../model/tables'
import { ruleContext, visibleRecord, withVolatile } from '../records/load'
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
    const { record, pending } = await submitChange(tx, entity, id, patch, rev, options)
    if (pending !== undefined) throw new AppError(409, 'changeHeld')
    return record
  })
}

export interface Submitted { record: WireRecord; /** The approval that holds the change; the record is as before. */ pending?: string }

/** The same; where a flow holds changes of the record, the change is submitted to it instead. */
export async function submitChange(ctx: Context, entity: string, id: string, patch: WireRecord, rev?: number, options: UpdateOptions = {}): Promise<Submitted> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'update', rev)
    const flow = holderOfChanges(tx, table, record)
    const pending = flow && (await holdChange(tx, table, record, patch, flow, options.duplicatesSeen === true))
    if (pending !== undefined) return { record: present(tx, table, record), pending }
    const changed = await changeRecord(tx, table, record, patch, { byPerson: true, ...options })
    if (changed.owner !== record.owner && !(await mayUse(tx, table.entity, changed, 'update'))) throw new AppError(403, 'forbidden')
    return { record: present(tx, table, changed) }
  })
}

/** The flow that has to approve changes of such a record. */
export const holderOfChanges = (ctx: Context, { entity }: Table, record: WireRecord): Flow | undefined => holdingFlow(entity, record, ruleContext(ctx), ctx.model.catalog)

/** A record this person may see and use a verb on, at the expected revision, that no approval holds as a whole. */
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
