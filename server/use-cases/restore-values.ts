/** Puts former values of a record back, from its history: an ordinary change, with everything that is asked of one. */
import { equalValues, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import { AppError, invalid } from '../../schemas/errors'
import { collections } from '../model/collections'
import { inputOf } from '../records/as-input'
import { visibleRecord } from '../records/load'
import { inTransaction, type Context } from './context'
import { itemAsSeen, type HistoryItem } from './record-history'
import { present, requireRev, submitChange, type Submitted } from './update-record'

/**
 * The values that the fields had before an entry of the history; all fields of the entry unless some are named. 422 for a field it did not
 * change. Where a flow holds changes it is submitted like any edit.
 */
export async function restoreValues(ctx: Context, entity: string, id: string, entry: string, { fields, rev }: { fields?: string[]; rev?: number } = {}): Promise<Submitted> {
  return inTransaction({ ...ctx, path: 'restore' }, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    requireRev(tx, table, record, rev)
    const item = await entryOf(tx, table.entity, id, entry)
    const patch = formerValues(table.entity, item, fields)
    if (Object.entries(patch).every(([name, value]) => equalValues(value, inputOf(table.entity, name, record[name])))) return { record: present(tx, table, record) }
    return submitChange(tx, entity, id, patch, rev, { duplicatesSeen: true, kind: 'reverted', data: { entry, entryAt: item.at } })
  })
}

async function entryOf(ctx: Context, entity: CompiledEntity, record: string, id: string): Promise<HistoryItem> {
  const doc = await ctx.tx!.get(collections.history, id, collections.history.columns.map((c) => c.name))
  const [item] = doc?.record === record ? itemAsSeen(ctx, entity, doc) : []
  if (!item) throw new AppError(404, 'notFound')
  if (item.kind === 'created' || item.changes.length === 0) throw new AppError(409, 'nothingToPutBack')
  return item
}

function formerValues(entity: CompiledEntity, { changes }: HistoryItem, fields?: string[]): WireRecord {
  const wanted = fields?.map((name) => entity.aliases.get(name) ?? name)
  const unknown = wanted?.filter((name) => !changes.some((c) => c.field === name)) ?? []
  if (unknown.length > 0) throw invalid(unknown.map((name) => ({ path: `/fields/${wanted!.indexOf(name)}`, code: 'unknownField', params: { name } })))
  return Object.fromEntries(changes.filter((c) => !wanted || wanted.includes(c.field)).map((c) => [c.field, inputOf(entity, c.field, c.from)]))
}
