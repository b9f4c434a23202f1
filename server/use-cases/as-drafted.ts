/** Records as a new version of their entity has them, before it is published. */
import { retypedFields, uidOf, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { inPages } from '../records/batches'
import { converterOf, type Converting } from '../records/convert-value'
import { notDeleted } from '../records/visibility'
import type { Context } from './context'

/** Those in the bin are left out. */
export const eachRecord = (ctx: Context, { collection, decode }: Table, visit: (record: WireRecord) => Promise<void> | void, columns: string[]) =>
  inPages(ctx, { collection, where: notDeleted }, async (docs) => { for (const doc of docs) await visit(decode(doc)) }, columns)

/** Under the names of the new version. */
export function namer({ entity: before }: Table, after: CompiledEntity): (record: WireRecord) => WireRecord {
  const renamed = before.own.flatMap((f) => { const now = after.own.find((g) => uidOf(g.definition) === uidOf(f.definition)); return now && now.name !== f.name ? [[f.name, now.name] as const] : [] })
  return (record) => ({ ...record, ...Object.fromEntries(renamed.map(([from, to]) => [to, record[from]])) })
}

/** With values in the types of the new version, as far as they fit. */
export function converter({ entity: before }: Table, after: CompiledEntity, how: Converting): (record: WireRecord) => WireRecord {
  const converters = retypedFields(before, after).map((field) => ({ name: field.to.name, convert: converterOf(field, how) }))
  return (record) => ({ ...record, ...Object.fromEntries(converters.map(({ name, convert }) => [name, convert(record[name]).value])) })
}
