/** A deletion that waits for an approval: asked for by who may delete, done when it is granted. */
import type { WireRecord } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { loadRecord } from '../records/load'
import { bin, requireUnused } from '../records/bin'
import type { WriteContext } from '../use-cases/context'
import { triggered } from './follow-change'
import type { PurposeRun } from './purposes'
import { applies, startFlow } from './start-flow'

/** A record that goes into the bin. */
export interface DeletionPurpose { kind: 'deletion' }

/** Starts the approval where a flow holds deletions of such a record; the answer is its id. What could not be deleted is refused at once. */
export async function holdDeletion(ctx: WriteContext, table: Table, record: WireRecord): Promise<string | undefined> {
  const flow = await holderOfDeletion(ctx, table, record)
  if (!flow) return undefined
  await requireUnused(ctx, table, record)
  return (await startFlow(ctx, table, record, flow.name, { comment: null, purpose: { kind: 'deletion' } })).id
}

/** The flow that has to approve that such a record is deleted. */
export async function holderOfDeletion(ctx: WriteContext, table: Table, record: WireRecord): Promise<Flow | undefined> {
  for (const flow of triggered(ctx, table, 'delete')) if (await applies(ctx, table, record, flow)) return flow
  return undefined
}

export async function deleteHeld(_purpose: DeletionPurpose, { ctx, table, record }: PurposeRun): Promise<WireRecord> {
  await bin(ctx, table, record, ctx.clock.now())
  return (await loadRecord(ctx, table, record.id!, true))!
}
