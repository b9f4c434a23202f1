/** Records that share what a warning rule of uniqueness compares: those somebody saved all the same, or that were there before the rule. */
import { uniqueKeysOf } from '../../runtime/engine'
import { both } from '../../schemas/filters'
import type { Label } from '../../schemas/generated/types'
import { systemEntities } from '../../schemas/system'
import { addTitles } from '../records/expand'
import { mayCompare } from '../records/unique'
import { asSeen, notDeleted, whereFor } from '../records/visibility'
import { readerOf, tableOf, type Context } from './context'

export interface DuplicateGroup { fields: { name: string; label: Label }[]; records: { id: string; title: string; createdAt: unknown; owner: unknown }[] }

const mostGroups = 100
const mostRecords = 20

/** Groups of records that this person may see, by rule; rules over fields they may not read are left out. */
export async function listDuplicates(ctx: Context, entity: string): Promise<{ items: DuplicateGroup[]; titles: Record<string, string> }> {
  const table = tableOf(ctx, entity)
  const visible = both(notDeleted, whereFor(ctx, table, 'read'))!
  const items: DuplicateGroup[] = []
  const keys = uniqueKeysOf(table.entity).filter((key) => key.rule.mode === 'warn' && mayCompare(ctx, table, key))
  for (const { column, fields } of keys) {
    const rows = await readerOf(ctx).aggregate(table.collection, { where: both({ not: { path: [column], op: 'empty' } }, visible)!, groupBy: [column], measures: [{ op: 'count' }] })
    for (const { keys: [value] } of rows.filter((r) => Number(r.values[0]) > 1).slice(0, mostGroups)) {
      const docs = await readerOf(ctx).find(table.collection, { where: both({ path: [column], op: 'eq', value: value! }, visible)!, limit: mostRecords, columns: table.flat })
      const records = docs.map((doc) => asSeen(ctx, table.entity, table.decode(doc)))
      items.push({ fields: fields.map((f) => ({ name: f.name, label: f.definition.label })), records: records.map((r) => ({ id: r.id!, title: String(r[table.entity.definition.titleField] ?? ''), createdAt: r.createdAt, owner: r.owner })) })
    }
  }
  const titles: Record<string, string> = {}
  await addTitles(ctx, systemEntities.user, items.flatMap((i) => i.records.map((r) => r.owner)).filter((id) => typeof id === 'string'), titles)
  return { items, titles }
}
