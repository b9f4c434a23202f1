import { AppError } from '../../schemas/errors'
import { refuseWhileLocked } from '../flows/lock'
import { moveRecord, type Moved } from '../flows/move-record'
import { namedAsSeen } from '../records/expand'
import { visibleRecord } from '../records/load'
import { mayUse } from '../records/visibility'
import type { WireRecord } from '../../runtime/engine'
import { inTransaction, type Context } from './context'
import { present, requireRev } from './update-record'

/** `stage` counts where the map of the new pipeline says nothing of the present one. */
export interface SwitchRequest { to: string; stage?: string; fields?: WireRecord; comment?: string | null }

/** Changes a record over to another pipeline: a move by the same command, checked like one. */
export async function switchPipeline(ctx: Context, entity: string, id: string, { to, stage, fields = {}, comment = null }: SwitchRequest, rev?: number): Promise<Moved> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    if (!(await mayUse(tx, table.entity, record, 'update'))) throw new AppError(403, 'forbidden')
    requireRev(tx, table, record, rev)
    await refuseWhileLocked(tx, record)
    const moved = await moveRecord(tx, table, record, { to: stage, pipeline: to, fields, comment, byPerson: true })
    return { ...moved, record: present(tx, table, moved.record), created: await namedAsSeen(tx, moved.created) }
  })
}
