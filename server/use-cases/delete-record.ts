import type { CompiledField, WireRecord } from '../../runtime/engine'
import { both, type Where } from '../../schemas/filters'
import type { ReferenceField } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import { activeInstance } from '../flows/instances'
import type { Table } from '../model/tables'
import { addHistory } from '../records/history'
import { allColumns, visibleRecord } from '../records/load'
import { updateDerived } from '../records/derived'
import { guardUnique } from '../records/unique'
import { mayUse, notDeleted } from '../records/visibility'
import { changeRecord, noteDirectoryChange } from '../records/write'
import { anyTable, inTransaction, type Context, type WriteContext } from './context'
import { writableRecord, present } from './update-record'

/** Moves a record and what it owns to the recycle bin. 409 with what still refers to it. */
export async function deleteRecord(ctx: Context, entity: string, id: string, rev?: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'delete', rev)
    if (await activeInstance(tx, id)) throw new AppError(409, 'inApproval', {}, [], present(tx, table, record))
    await bin(tx, table, record, tx.clock.now())
  })
}

/** Takes a record and what went with it out of the bin again. */
export async function restoreRecord(ctx: Context, entity: string, id: string): Promise<WireRecord> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id, { deleted: true })
    if (!(await mayUse(tx, table.entity, record, 'delete'))) throw new AppError(403, 'forbidden')
    if (record.deletedAt === null) return present(tx, table, record)
    await unbin(tx, table, record, record.deletedAt as string)
    return present(tx, table, (await visibleRecord(tx, entity, id)).record)
  })
}

async function bin(ctx: WriteContext, table: Table, record: WireRecord, at: string) {
  for (const { follower, field, docs } of await referring(ctx, table, record.id!)) {
    if (follower.entity.definition.ownedBy === field.name) for (const doc of docs) await bin(ctx, follower, follower.decode(doc), at)
    else if ((field.definition as ReferenceField).onDelete === 'clear') for (const doc of docs) await changeRecord(ctx, follower, follower.decode(doc), { [field.name]: null }, { byPerson: false })
    else throw new AppError(409, 'inUse', { count: docs.length, entity: follower.entity.definition.plural ?? follower.entity.definition.label })
  }
  await setDeleted(ctx, table, record, at)
}

async function unbin(ctx: WriteContext, table: Table, record: WireRecord, at: string) {
  await setDeleted(ctx, table, record, null)
  for (const { follower, field, docs } of await referring(ctx, table, record.id!, at)) {
    if (follower.entity.definition.ownedBy === field.name) for (const doc of docs) await unbin(ctx, follower, follower.decode(doc), at)
  }
}

async function setDeleted(ctx: WriteContext, table: Table, record: WireRecord, at: string | null) {
  const after: WireRecord = { ...record, deletedAt: at }
  after.rev = await guardUnique(table, () => ctx.tx.update(table.collection, record.id!, record.rev, table.encode(after, ['deletedAt'])))
  await noteDirectoryChange(ctx, table.entity.name)
  await addHistory(ctx, table.entity.name, after, at === null ? 'restored' : 'deleted', [])
  await updateDerived(ctx, table, at === null ? undefined : record, at === null ? after : undefined)
}

interface Referring { follower: Table; field: CompiledField; docs: Awaited<ReturnType<WriteContext['tx']['find']>> }

/** Records that refer to this one: those in use, or those that went into the bin with it. */
async function referring(ctx: WriteContext, table: Table, id: string, deletedAt?: string): Promise<Referring[]> {
  const state: Where = deletedAt === undefined ? notDeleted : { path: ['deletedAt'], op: 'eq', value: deletedAt }
  const result: Referring[] = []
  for (const { entity, field } of ctx.model.catalog.referrers.get(table.entity.name) ?? []) {
    const follower = anyTable(ctx, entity)
    for (const condition of pointsAt(field, table.entity.name, id)) {
      const docs = await ctx.tx.find(follower.collection, { where: both(condition, state), columns: allColumns(follower) })
      if (docs.length > 0) result.push({ follower, field, docs })
    }
  }
  return result
}

/** Conditions that find a reference in a field: its value, one of its values, or a value in its rows. */
function pointsAt(field: CompiledField, entity: string, id: string): Where[] {
  if (field.rows) return field.rows.filter((c) => c.refersTo === entity && c.type.storage === 'text').map((c) => ({ path: [field.name, c.name], op: 'eq', value: id }))
  return [{ path: [field.name], op: field.type.storage === 'json' ? 'contains' : 'eq', value: id }]
}
