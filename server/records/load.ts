/** Reading single records: whole, decoded, with what is computed on reading. */
import { computeVolatile, type RuleContext, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { reads } from '../../schemas/expressions'
import type { Table } from '../model/tables'
import { anyTable, readerOf, tableOf, type Context } from '../use-cases/context'
import { maySee } from './visibility'

/** A stored record with its rows, as the engine sees it; undefined when there is none or it is in the bin. */
export async function loadRecord(ctx: Context, table: Table, id: string, deleted = false): Promise<WireRecord | undefined> {
  const doc = await readerOf(ctx).get(table.collection, id, allColumns(table))
  return doc && (deleted || doc.deletedAt === null) ? table.decode(doc) : undefined
}

const columnsMemo = new WeakMap<Table['collection'], string[]>()
export function allColumns({ collection }: Table): string[] {
  let columns = columnsMemo.get(collection)
  if (!columns) columnsMemo.set(collection, (columns = collection.columns.map((c) => c.name)))
  return columns
}

/** A record this person may see; 404 otherwise, whatever the reason. */
export async function visibleRecord(ctx: Context, entity: string, id: string, options: { deleted?: boolean } = {}): Promise<{ table: Table; record: WireRecord }> {
  const table = ctx.access.entity(entity) ? tableOf(ctx, entity) : anyTableOr404(ctx, entity)
  const record = await loadRecord(ctx, table, id, options.deleted)
  if (!record || !(await maySee(ctx, table.entity, record))) throw new AppError(ctx.access.entity(entity) ? 404 : 403, ctx.access.entity(entity) ? 'notFound' : 'forbidden')
  return { table, record }
}

/** Somebody without any right on an entity may still be asked to approve one of its records. */
function anyTableOr404(ctx: Context, entity: string): Table {
  const table = ctx.model.tables.get(entity)
  if (!table) throw new AppError(404, 'noSuchEntity', { name: entity })
  return table
}

export const withVolatile = (ctx: Context, table: Table, record: WireRecord) => computeVolatile(table.entity, record, ruleContext(ctx))

export function ruleContext(ctx: Context, related?: RuleContext['related']): RuleContext {
  return { me: ctx.me, today: ctx.clock.today(), related }
}

/**
 * A rule context that knows the records which the given expressions read through references of the record: `project.customers`
 * needs the record behind `project`.
 */
export async function ruleContextFor(ctx: Context, table: Table, record: WireRecord, sources: Iterable<string>): Promise<RuleContext> {
  const names = new Set<string>()
  for (const source of sources) for (const read of reads(source)) if (read.includes('.')) names.add(read.split('.')[0]!)
  return relatedContext(ctx, table, record, names)
}

export async function relatedContext(ctx: Context, table: Table, record: WireRecord, names: Iterable<string>): Promise<RuleContext> {
  const found = new Map<string, { entity: string; record: WireRecord }>()
  for (const name of names) {
    const field = table.entity.fields.get(name)
    const value = record[name]
    if (!field?.refersTo || value === null || value === undefined) continue
    const target = anyTable(ctx, field.refersTo)
    const docs = await readerOf(ctx).getMany(target.collection, Array.isArray(value) ? (value as string[]) : [value as string], allColumns(target))
    for (const doc of docs) found.set(doc.id, { entity: field.refersTo, record: target.decode(doc) })
  }
  return ruleContext(ctx, found.size > 0 ? (id) => found.get(id) : undefined)
}
