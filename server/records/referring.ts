/** Who refers to a record. */
import type { CompiledField } from '../../runtime/engine'
import { both, type Where } from '../../schemas/filters'
import type { Table } from '../model/tables'
import { anyTable, type WriteContext } from '../use-cases/context'
import { allColumns } from './load'
import { notDeleted } from './visibility'

export interface Referring { follower: Table; field: CompiledField; docs: Awaited<ReturnType<WriteContext['tx']['find']>> }

/** Records that refer to this one: those in use, or those that went into the bin with it. */
export async function referring(ctx: WriteContext, table: Table, id: string, deletedAt?: string): Promise<Referring[]> {
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
export function pointsAt(field: CompiledField, entity: string, id: string): Where[] {
  if (field.rows) return field.rows.filter((c) => c.refersTo === entity && c.type.storage === 'text').map((c) => ({ path: [field.name, c.name], op: 'eq', value: id }))
  return [{ path: [field.name], op: field.type.storage === 'json' ? 'contains' : 'eq', value: id }]
}
