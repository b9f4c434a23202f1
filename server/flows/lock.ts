import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { asSeen } from '../records/visibility'
import { anyTable, type Context } from '../use-cases/context'
import { activeInstance, flowOf } from './instances'

/** Fails with 409 while an approval holds the record. */
export async function refuseWhileLocked(ctx: Context, record: WireRecord) {
  const instance = await activeInstance(ctx, record.id!)
  if (instance && (await flowOf(ctx, instance)).recordPolicy?.lock !== 'none') throw new AppError(409, 'inApproval', {}, [], asSeen(ctx, anyTable(ctx, instance.entity).entity, record))
}
