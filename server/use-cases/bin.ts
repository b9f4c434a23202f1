/** The recycle bin of an entity: what is in it, and how records leave it for good. */
import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { both, type Where } from '../../schemas/filters'
import { systemEntities } from '../../schemas/system'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { addTitles } from '../records/expand'
import { releaseFiles } from '../records/files'
import { addHistory, deletionOf } from '../records/history'
import { allColumns, loadRecord, visibleRecord } from '../records/load'
import { dropPointers } from '../records/pointers'
import { referring } from '../records/referring'
import { asSeen, mayUse, whereFor } from '../records/visibility'
import { inTransaction, tableOf, type Context, type WriteContext } from './context'

export interface BinItem {
  id: string
  title: string
  deletedAt: string
  deletedBy: string | null
  /** Removed for good after this moment. */
  until: string
  /** The record it was merged into. */
  mergedInto?: string
  /** Records that went with it and come back with it. */
  with: { entity: string; count: number }[]
  /** The record that it went with. */
  parent?: { entity: string; id: string }
}

const most = 200
/** As a comparison, which the index of the bin serves. */
const inBin: Where = { path: ['deletedAt'], op: 'gt', value: '' }

/** Deleted records that this person may read and bring back, newest first. */
export async function listBin(ctx: Context, entity: string, { limit = 50, cursor = 0 } = {}): Promise<{ items: BinItem[]; count: number; nextCursor: string | null; titles: Record<string, string> }> {
  return inTransaction(ctx, async (tx) => {
    const table = tableOf(tx, entity)
    const where = both(inBin, whereFor(tx, table, 'read'), whereFor(tx, table, 'delete'))!
    const docs = await tx.tx.find(table.collection, { where, sort: [{ column: 'deletedAt', descending: true }], limit: Math.min(limit, most) + 1, offset: cursor, columns: table.flat })
    const page = docs.slice(0, Math.min(limit, most)).map(table.decode)
    const items = await Promise.all(page.map((record) => itemOf(tx, table, record)))
    const titles: Record<string, string> = {}
    await addTitles(tx, systemEntities.user, items.flatMap((i) => i.deletedBy ?? []), titles)
    await addTitles(tx, entity, items.flatMap((i) => i.mergedInto ?? []), titles)
    return { items, count: await tx.tx.count(table.collection, { where }), nextCursor: docs.length > page.length ? String(cursor + page.length) : null, titles }
  })
}

async function itemOf(ctx: WriteContext, table: Table, record: WireRecord): Promise<BinItem> {
  const deletedAt = record.deletedAt as string
  const deletion = await deletionOf(ctx, record.id!)
  const { titleField, ownedBy } = table.entity.definition
  const owner = ownedBy === undefined ? undefined : { entity: table.entity.fields.get(ownedBy)!.refersTo!, id: record[ownedBy] as string }
  const withParent = owner && (await loadRecord(ctx, ctx.model.tables.get(owner.entity)!, owner.id, true))?.deletedAt === deletedAt
  const owned = (await referring(ctx, table, record.id!, deletedAt)).filter(({ follower, field }) => follower.entity.definition.ownedBy === field.name && ctx.access.entity(follower.entity.name))
  return {
    id: record.id!, title: String(asSeen(ctx, table.entity, record)[titleField] ?? ''), deletedAt, deletedBy: deletion?.by ?? null,
    until: new Date(Date.parse(deletedAt) + daysOf(ctx, table) * day).toISOString(), with: owned.map(({ follower, docs }) => ({ entity: follower.entity.name, count: docs.length })),
    ...(deletion?.data.mergedInto !== undefined && { mergedInto: deletion.data.mergedInto }), ...(withParent && { parent: owner }),
  }
}

const day = 86_400_000
const defaultDays = 30
const daysOf = (ctx: Context, { entity }: Table): number => entity.definition.binDays ?? ctx.model.catalog.template?.binDays ?? defaultDays

/** Removes a record in the bin for good, with what went with it. Of its history stays that it was deleted, and that it was removed. */
export async function purgeRecord(ctx: Context, entity: string, id: string): Promise<void> {
  if (!ctx.access.capabilities.has('purge')) throw new AppError(403, 'forbidden')
  await inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id, { deleted: true })
    if (record.deletedAt === null) throw new AppError(404, 'notFound')
    if (!(await mayUse(tx, table.entity, record, 'delete'))) throw new AppError(403, 'forbidden')
    await forget(tx, table, record)
  })
}

async function forget(ctx: WriteContext, table: Table, record: WireRecord) {
  for (const { follower, field, docs } of await referring(ctx, table, record.id!, record.deletedAt as string)) {
    if (follower.entity.definition.ownedBy === field.name) for (const doc of docs) await forget(ctx, follower, follower.decode(doc))
  }
  await ctx.tx.remove(table.collection, [record.id!])
  await dropPointers(ctx, record.id!)
  await releaseFiles(ctx, { record: record.id! })
  const told: Where = { and: [{ path: ['record'], op: 'eq', value: record.id! }, { path: ['kind'], op: 'ne', value: 'deleted' }] }
  await ctx.tx.remove(collections.history, (await ctx.tx.find(collections.history, { where: told, columns: [] })).map((d) => d.id))
  await addHistory(ctx, table.entity.name, record, 'purged', [])
}

/** Removes what has been in the bin for longer than its days, a record a transaction. Returns how many. */
export async function purgeOldRecords(ctx: Context): Promise<number> {
  let count = 0
  for (const table of ctx.model.tables.values()) {
    const before = new Date(Date.parse(ctx.clock.now()) - daysOf(ctx, table) * day).toISOString()
    const due = await ctx.store.find(table.collection, { where: both(inBin, { path: ['deletedAt'], op: 'lt', value: before })!, columns: [] })
    for (const { id } of due) count += await ctx.store.transaction((tx) => forgetOne({ ...ctx, tx }, table, id))
  }
  return count
}

/** It may have gone with its parent already, or have been brought back. */
async function forgetOne(ctx: WriteContext, table: Table, id: string): Promise<number> {
  const doc = await ctx.tx.get(table.collection, id, allColumns(table))
  if (!doc || doc.deletedAt === null) return 0
  await forget(ctx, table, table.decode(doc))
  return 1
}
