import type { WireRecord } from '../../runtime/engine'
import { expandRecords, parsePaths, titlesFor } from '../records/expand'
import { withVolatile, visibleRecord } from '../records/load'
import { asSeen } from '../records/visibility'
import type { Context } from './context'

export interface GetOptions { expand?: string; titles?: boolean; deleted?: boolean }

/** One record as this person may see it. 404 when there is none, or none for this person. */
export async function getRecord(ctx: Context, entity: string, id: string, options: GetOptions = {}): Promise<WireRecord> {
  const { table, record } = await visibleRecord(ctx, entity, id, { deleted: options.deleted })
  const seen = asSeen(ctx, table.entity, withVolatile(ctx, table, record))
  if (options.expand) await expandRecords(ctx, table.entity, [seen], parsePaths(options.expand))
  return options.titles ? { ...seen, $titles: await titlesFor(ctx, table.entity, [seen]) } : seen
}
