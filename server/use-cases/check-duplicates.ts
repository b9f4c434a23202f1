import type { WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import { AppError } from '../../schemas/errors'
import { visibleRecord } from '../records/load'
import { duplicatesOf } from '../records/unique'
import { draftOf } from '../records/write'
import { tableOf, type Context } from './context'

/** What is typed: a new record, or changes of the one with the id. */
export interface Typed { id?: string | undefined; values: WireRecord }

/**
 * What saving would say of records alike, asked before: by the same rules and the same look-up. Only records the person may see count,
 * so that asking tells nothing of the others; that a value of theirs is taken shows when it is saved. 403 without the right to save.
 */
export async function checkDuplicates(ctx: Context, entity: string, { id, values }: Typed): Promise<Problem[]> {
  const table = tableOf(ctx, entity)
  if (!table.access.verbs[id === undefined ? 'create' : 'update']) throw new AppError(403, 'forbidden')
  const stored = id === undefined ? undefined : (await visibleRecord(ctx, entity, id)).record
  return duplicatesOf(ctx, table, await draftOf(ctx, table, values, stored), stored)
}
