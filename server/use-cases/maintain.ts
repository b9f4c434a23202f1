/** Upkeep from the command line: is everything that is derived what it should be? */
import { inBatches } from '../records/batches'
import { deviations, rebuildRecords, type Deviation } from '../records/derived'
import type { Context } from './context'

/** Derived values (formulas, roll-ups) of all records that are not what computing them anew gives. */
export async function verifyDerived(ctx: Context): Promise<Deviation[]> {
  const found: Deviation[] = []
  for (const table of ctx.model.tables.values()) found.push(...(await inBatches(ctx, table, deviations)).flat())
  return found
}

/** Computes the derived values of all records anew. Returns how many records changed. */
export async function rebuildDerived(ctx: Context): Promise<number> {
  let changed = 0
  for (const table of ctx.model.tables.values()) for (const count of await inBatches(ctx, table, rebuildRecords)) changed += count
  return changed
}
