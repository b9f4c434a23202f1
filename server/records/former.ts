/** A record as it was: its history undone from the present back to a moment. */
import { computeRecord, type WireRecord } from '../../runtime/engine'
import type { Where } from '../../schemas/filters'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { readerOf, type Context } from '../use-cases/context'
import type { FieldChange } from './history'
import { ruleContextFor } from './load'

const page = 200

/**
 * The values before everything that happened after `at`, and at `at` by `path`: what a command itself caused bears its time. Formulas
 * are computed again; roll-ups are as they are now, because rows of others are not undone.
 */
export async function recordAsOf(ctx: Context, table: Table, record: WireRecord, at: string, path: string): Promise<WireRecord> {
  const former = { ...record }
  const where: Where = { and: [{ path: ['record'], op: 'eq', value: record.id! }, { path: ['at'], op: 'gte', value: at }] }
  for (let offset = 0; ; offset += page) {
    const docs = await readerOf(ctx).find(collections.history, { where, sort: [{ column: 'at', descending: true }], limit: page, offset, columns: ['at', 'path', 'changes'] })
    for (const doc of docs) if (doc.at !== at || doc.path === path) undo(table, former, (doc.changes as FieldChange[] | null) ?? [])
    if (docs.length < page) break
  }
  return computeRecord(table.entity, former, await ruleContextFor(ctx, table, former, table.entity.rulesRead), ctx.model.catalog).record
}

function undo({ entity }: Table, record: WireRecord, changes: FieldChange[]) {
  for (const { field, from } of changes) {
    const name = entity.aliases.get(field) ?? field
    if (entity.fields.has(name)) record[name] = from
  }
}
