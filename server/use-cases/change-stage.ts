import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { refuseWhileLocked } from '../flows/lock'
import { moveRecord, type Moved } from '../flows/move-record'
import { namedAsSeen } from '../records/expand'
import { visibleRecord } from '../records/load'
import { mayUse } from '../records/visibility'
import { inTransaction, type Context } from './context'
import { present, requireRev } from './update-record'

export interface StageRequest { to: string; fields?: WireRecord; comment?: string | null }

/** Moves a record to another stage, or asks for the approval that its gate demands. */
export async function changeStage(ctx: Context, entity: string, id: string, request: StageRequest, rev?: number): Promise<Moved> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    if (!(await mayUse(tx, table.entity, record, 'update'))) throw new AppError(403, 'forbidden')
    requireRev(tx, table, record, rev)
    await refuseWhileLocked(tx, record)
    const moved = await moveRecord(tx, table, record, { to: request.to, fields: request.fields ?? {}, comment: request.comment ?? null, byPerson: true })
    return { ...moved, record: present(tx, table, moved.record), created: await namedAsSeen(tx, moved.created) }
  })
}
