/** Rows of a sub-table as they stood before columns were taken away, from the table that the trash keeps. */
import { columnNamed, columnOf, compileField, isEmpty, uidOf, type CompiledField, type WireRecord } from '../../runtime/engine'
import type { Field } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import type { Collection, StoredRow } from '../ports/store'
import type { WriteContext } from '../use-cases/context'
import { inputOf } from './as-input'

/** The rows of a record with the former values in columns that are empty; rows are known by their ids. `from`: the sub-table as it was; `columns`: uids. */
export async function withFormerCells(ctx: WriteContext, { entity }: Table, record: WireRecord, { field, from, columns }: { [name: string]: unknown }): Promise<WireRecord> {
  const name = field as string
  const table = compileField(from as Field)
  const cells = table.rows!.filter((c) => (columns as string[]).includes(uidOf(c.definition)) && !c.computed)
  const former = await formerRows(ctx, entity.name, record.id!, table, cells)
  const present = entity.fields.get(name)!
  const filled = (row: WireRecord) => ({ ...row, ...formerCells(row, former.get(row.id!), cells, present) })
  return { [name]: (inputOf(entity, name, record[name]) as WireRecord[]).map(filled) }
}

function formerCells(row: WireRecord, former: StoredRow | undefined, cells: CompiledField[], table: CompiledField): WireRecord {
  return Object.fromEntries(cells.flatMap((cell) => {
    const { name } = columnNamed(table, cell.name)!
    return former && isEmpty(row[name]) ? [[name, cell.effectiveType.fromStored(former[cell.name] ?? null, cell.effective)]] : []
  }))
}

async function formerRows({ tx }: WriteContext, entity: string, id: string, { definition }: CompiledField, cells: CompiledField[]): Promise<Map<string, StoredRow>> {
  const rows = cells.map((c) => ({ name: c.name, column: columnOf(c.definition), kind: c.effectiveType.storage }))
  const collection: Collection = { name: `r_${entity}`, columns: [{ name: 'former', column: columnOf(definition), kind: 'rows', rows }], indexes: [] }
  const doc = await tx.get(collection, id, ['former'])
  return new Map(((doc?.former ?? []) as StoredRow[]).map((row) => [row.id, row]))
}
