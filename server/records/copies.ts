/** `copy` of a reference: where a record or row is chosen, empty fields take what the chosen one says. */
import { isEmpty, type CompiledField, type WireRecord } from '../../runtime/engine'
import type { ReferenceField } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { anyTable, type WriteContext } from '../use-cases/context'

export async function copyFromReferences(ctx: WriteContext, { entity }: Table, record: WireRecord, stored: WireRecord | undefined) {
  for (const field of entity.own) {
    if (field.rows) await copyIntoRows(ctx, field.rows, record[field.name] as WireRecord[] | null | undefined)
    else if (record[field.name] !== stored?.[field.name]) await copyInto(ctx, field, record)
  }
}

async function copyIntoRows(ctx: WriteContext, columns: CompiledField[], rows: WireRecord[] | null | undefined) {
  const copying = columns.filter((c) => copyOf(c))
  for (const row of rows ?? []) for (const column of copying) await copyInto(ctx, column, row)
}

const copyOf = (field: CompiledField) => (field.definition as ReferenceField).copy

async function copyInto(ctx: WriteContext, field: CompiledField, target: WireRecord) {
  const wanted = Object.entries(copyOf(field) ?? {}).filter(([here]) => isEmpty(target[here]))
  const id = target[field.name]
  if (wanted.length === 0 || typeof id !== 'string') return
  const source = anyTable(ctx, field.refersTo!)
  const doc = await ctx.tx.get(source.collection, id, wanted.map(([, there]) => there))
  if (doc) { const chosen = source.decode(doc); for (const [here, there] of wanted) target[here] = chosen[there] ?? null }
}
