/** Who owns a record, and which department it counts for. Those that follow it get its owner in `derived.ts`. */
import type { WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { anyTable, type WriteContext } from '../use-cases/context'

/** Sets owner and department: the given owner, the owner of the record it follows, or the creator. */
export async function applyOwnership(ctx: WriteContext, { entity }: Table, record: WireRecord, stored: WireRecord | undefined) {
  const { ownership = 'user' } = entity.definition
  if (ownership === 'none') { record.owner = null; record.ownerDept = null; return }
  if (typeof ownership === 'object') await follow(ctx, entity.fields.get(ownership.from)?.refersTo, record[ownership.from] as string | null, record)
  if (record.owner === undefined || record.owner === null) record.owner = ctx.model.directory.person(ctx.me.id) ? ctx.me.id : null
  const person = ctx.model.directory.person(record.owner as string)
  if (record.owner !== stored?.owner || record.ownerDept === undefined) record.ownerDept = person?.department ?? null
}

async function follow(ctx: WriteContext, entity: string | undefined, id: string | null, record: WireRecord) {
  const leader = entity !== undefined && id ? await ctx.tx.get(anyTable(ctx, entity).collection, id, ['owner']) : undefined
  if (leader) record.owner = leader.owner
}
