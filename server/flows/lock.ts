/** What a running approval means for changes of its record. */
import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { loadRecord } from '../records/load'
import { asSeen } from '../records/visibility'
import { anyTable, type Context, type WriteContext } from '../use-cases/context'
import { act } from './act'
import { correctionOf } from './faults'
import { activeInstances, flowOf, type Instance } from './instances'

/** Fails with 409 while an approval holds the whole record. What was sent back to the submitter may be corrected. */
export async function refuseWhileLocked(ctx: Context, record: WireRecord) {
  for (const instance of await activeInstances(ctx, record.id!)) {
    const flow = await flowOf(ctx, instance)
    const { lock = 'all', onEdit = 'reject' } = flow.recordPolicy ?? {}
    if (lock === 'all' && onEdit === 'reject' && !correctionOf(instance, flow)) throw held(ctx, instance, record)
  }
}

/** A change was made: where it touched what an approval holds it is refused, or the approval is void. An approval's own effects may. */
export async function guardChange(ctx: WriteContext, record: WireRecord, changed: string[]): Promise<boolean> {
  if (ctx.path.startsWith('flow:')) return false
  let acted = false
  for (const instance of await activeInstances(ctx, record.id!)) {
    const flow = await flowOf(ctx, instance)
    const fields = heldFields(flow, changed)
    if (fields.length === 0 || correctionOf(instance, flow)) continue
    const { lock = 'all', onEdit = 'reject' } = flow.recordPolicy ?? {}
    if (onEdit === 'reject' && lock === 'watched') throw held(ctx, instance, record)
    if (onEdit !== 'invalidate') continue
    await act(ctx, instance, { type: 'invalidate' }, { kind: 'invalidated', fields })
    acted = true
  }
  return acted
}

function heldFields({ recordPolicy, trigger }: Flow, changed: string[]): string[] {
  const { lock = 'all' } = recordPolicy ?? {}
  return lock === 'none' ? [] : changed.filter((name) => lock === 'all' || (trigger?.watchFields ?? changed).includes(name))
}

/** Whether its approvals allow that the record is deleted. */
export const deletable = async (ctx: Context, record: WireRecord) => (await keeper(ctx, await activeInstances(ctx, record.id!))) === undefined

async function keeper(ctx: Context, active: Instance[]): Promise<Instance | undefined> {
  for (const instance of active) if ((await flowOf(ctx, instance)).recordPolicy?.onDelete !== 'cancel') return instance
  return undefined
}

/** A record that goes into the bin, or into another, ends its approvals where all of them allow it; 409 otherwise. The record as it is then. */
export async function releaseForDeletion(ctx: WriteContext, record: WireRecord): Promise<WireRecord> {
  const active = await activeInstances(ctx, record.id!)
  const keeping = await keeper(ctx, active)
  if (keeping) throw held(ctx, keeping, record)
  // One that was called ends with its caller.
  for (const instance of active.filter((i) => i.parent === null)) await act(ctx, instance, { type: 'cancel' }, { kind: 'cancelled', reason: { code: 'recordDeleted' } })
  return active.length === 0 ? record : ((await loadRecord(ctx, anyTable(ctx, active[0]!.entity), record.id!)) ?? record)
}

const held = (ctx: Context, { entity }: Instance, record: WireRecord) => new AppError(409, 'inApproval', {}, [], asSeen(ctx, anyTable(ctx, entity).entity, record))
