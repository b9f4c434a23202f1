/** The facts a decision rests on: what those asked see of the record at a node, and whether it is still as they saw it (flows.md, rule 15). */
import { fieldAccess, type CompiledEntity } from '../../../runtime/engine'
import { AppError } from '../../../schemas/errors'
import { collections } from '../../model/collections'
import { readerOf, type Context } from '../../use-cases/context'
import type { FieldChange } from '../../records/history'
import type { Deciding, DecisionRun } from './decision'

/** Names of the fields that are shown. */
export function shownFields(entity: CompiledEntity, { fields }: Pick<Deciding, 'fields'>): string[] {
  const hidden = new Set(fields?.filter((f) => f.access === 'hidden').map((f) => f.field))
  return [...entity.own.map((f) => f.name), 'owner'].filter((name) => !hidden.has(name))
}

/** 409 when a field that is shown has changed since the revision that was seen. */
export async function requireSameFacts({ ctx, instance, table, record, node, input: { rev } }: DecisionRun): Promise<void> {
  if (rev === undefined || rev === record.rev) return
  const seen = new Set(shownFields(table.entity, node).filter((name) => ctx.access.entity(table.entity.name) === undefined || fieldAccess(ctx.access.entity(table.entity.name), table.entity, name) !== 'hidden'))
  const changed = (await changedSince(ctx, instance.record, rev)).filter((name) => seen.has(name))
  if (changed.length > 0) throw new AppError(409, 'staleRevision', {}, [], { rev: record.rev, fields: changed })
}

/** Fields that were written since; what is computed from them is not told apart. */
async function changedSince(ctx: Context, record: string, rev: number): Promise<string[]> {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record }, { path: ['recordRev'], op: 'gt' as const, value: rev }] }
  const entries = await readerOf(ctx).find(collections.history, { where, columns: ['changes'] })
  return [...new Set(entries.flatMap((entry) => ((entry.changes ?? []) as unknown as FieldChange[]).map((c) => c.field)))]
}
