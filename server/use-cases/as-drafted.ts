/** Records as a new version of their entity has them, before it is published. */
import { retypedFields, uidOf, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { converterOf, type Converting } from '../records/convert-value'
import { notDeleted } from '../records/visibility'
import type { Context } from './context'

const page = 500

/** Those in the bin are left out. `columns`: those that are not rows when left out. */
export async function eachRecord(ctx: Context, table: Table, visit: (record: WireRecord) => Promise<void> | void, columns?: string[]) {
  for (let last = ''; ; ) {
    const docs = await ctx.store.find(table.collection, { where: notDeleted, limit: page, ...(columns && { columns }), ...(last && { after: { values: [], id: last } }) })
    if (docs.length === 0) return
    for (const doc of docs) await visit(table.decode(doc))
    last = docs.at(-1)!.id
  }
}

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
