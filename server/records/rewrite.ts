import { equalValues, type WireRecord } from '../../runtime/engine'
import { followLeaver } from '../flows/leavers'
import type { Table } from '../model/tables'
import type { WriteContext } from '../use-cases/context'
import { updateDerived } from './derived'
import { addHistory, changesBetween, type HistoryKind } from './history'
import { guardUnique, refuseDuplicates } from './unique'
import { noteDirectoryChange } from './write'

/** Into the bin, out of it, or back to what a record was: its own rules are not asked, for they held. Uniqueness and derived values follow. */
export async function rewrite(ctx: WriteContext, table: Table, before: WireRecord, wanted: WireRecord, kind: HistoryKind, data: { [k: string]: unknown } = {}): Promise<WireRecord> {
  const after: WireRecord = { ...wanted, updatedAt: ctx.clock.now(), updatedBy: ctx.me.id }
  const rows = table.entity.own.filter((f) => f.rows).map((f) => f.name)
  const changed = table.flat.concat(rows).filter((name) => !equalValues(before[name], after[name]))
  await refuseDuplicates(ctx, table, after, before, { byPerson: false })
  const rev = await guardUnique(table, () => ctx.tx.update(table.collection, before.id!, before.rev, table.encode(after, changed)))
  const stored = { ...after, rev }
  await noteDirectoryChange(ctx, table.entity.name)
  await followLeaver(ctx, table.entity.name, before, stored)
  await addHistory(ctx, table.entity.name, stored, kind, changesBetween(table.entity, before, after), data)
  const live = (record: WireRecord) => (record.deletedAt === null ? record : undefined)
  await updateDerived(ctx, table, live(before), live(stored))
  return stored
}
