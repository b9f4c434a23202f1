import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { deletionOf } from '../records/history'
import { expandRecords, parsePaths, titlesFor } from '../records/expand'
import { withVolatile, visibleRecord } from '../records/load'
import { asSeen } from '../records/visibility'
import type { Context } from './context'

export interface GetOptions { expand?: string; titles?: boolean; deleted?: boolean }

/** 404, which tells who may see it that it is in the bin, and since when, or what it was merged into. */
async function gone(ctx: Context, record: WireRecord): Promise<AppError> {
  const mergedInto = (await deletionOf(ctx, record.id!))?.data.mergedInto
  return new AppError(404, mergedInto === undefined ? 'inBin' : 'mergedAway', {}, [], { deletedAt: record.deletedAt, ...(mergedInto !== undefined && { mergedInto }) })
}

/** One record as this person may see it. 404 when there is none, or none for this person. */
export async function getRecord(ctx: Context, entity: string, id: string, options: GetOptions = {}): Promise<WireRecord> {
  const { table, record, seen: inside } = await visibleRecord(ctx, entity, id, { deleted: true })
  if (record.deletedAt !== null && !options.deleted) throw await gone(inside, record)
  const seen = asSeen(inside, table.entity, withVolatile(inside, table, record))
  if (options.expand) await expandRecords(inside, table.entity, [seen], parsePaths(options.expand))
  return options.titles ? { ...seen, $titles: await titlesFor(inside, table.entity, [seen]) } : seen
}
