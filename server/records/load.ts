/** Reading single records: whole, decoded, with what is computed on reading. */
import { computeVolatile, entityAt, referenceReads, type CompiledEntity, type RuleContext, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Table } from '../model/tables'
import { anyTable, readerOf, tableOf, type Context } from '../use-cases/context'
import { seeing } from './visibility'

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

/** A record this person may see, and the context to read it in; 404 otherwise, whatever the reason. */
export async function visibleRecord<C extends Context>(ctx: C, entity: string, id: string, options: { deleted?: boolean } = {}): Promise<{ table: Table; record: WireRecord; seen: C }> {
  const table = ctx.access.entity(entity) ? tableOf(ctx, entity) : anyTableOr404(ctx, entity)
  const record = await loadRecord(ctx, table, id, options.deleted)
  const seen = record && (await seeing(ctx, table.entity, record))
  if (!record || !seen) throw new AppError(ctx.access.entity(entity) ? 404 : 403, ctx.access.entity(entity) ? 'notFound' : 'forbidden')
  return { table, record, seen }
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

/** A rule context that knows the records which the given expressions read through references of the record. */
export async function ruleContextFor(ctx: Context, table: Table, record: WireRecord, sources: Iterable<string>): Promise<RuleContext> {
  const paths = [...sources].flatMap((source) => referenceReads(source, table.entity, ctx.model.catalog)).map(({ path }) => path.join('.'))
  return relatedContext(ctx, table, record, new Set(paths))
}

/** A rule context that knows the records at the ends of the given paths of references: project, project.primaryCustomer, lines.product. */
export async function relatedContext(ctx: Context, table: Table, record: WireRecord, paths: Iterable<string>): Promise<RuleContext> {
  const found = new Map<string, { entity: string; record: WireRecord }>()
  const ordered = [...paths].map((p) => p.split('.')).sort((a, b) => a.length - b.length)
  for (const path of ordered) await loadStep(ctx, table.entity, record, path, found)
  return ruleContext(ctx, found.size > 0 ? (id) => found.get(id) : undefined)
}

/** Reads the records of the last step; those of the steps before are there already. */
async function loadStep(ctx: Context, entity: CompiledEntity, record: WireRecord, path: string[], found: Map<string, { entity: string; record: WireRecord }>) {
  const target = entityAt(entity, path, ctx.model.catalog)
  if (!target) return
  let holders: WireRecord[] = [record]
  for (const name of path.slice(0, -1)) holders = holders.flatMap((h) => follow(h[name], found))
  const ids = [...new Set(holders.flatMap((h) => [h[path.at(-1)!] ?? []].flat() as string[]))].filter((id) => !found.has(id))
  if (ids.length === 0) return
  const table = anyTable(ctx, target.name)
  for (const doc of await readerOf(ctx).getMany(table.collection, ids, allColumns(table))) found.set(doc.id, { entity: target.name, record: table.decode(doc) })
}

/** The rows of a sub-table, or the records that ids stand for. */
function follow(value: unknown, found: Map<string, { record: WireRecord }>): WireRecord[] {
  return ([value ?? []].flat() as (string | WireRecord)[]).map((v) => (typeof v === 'string' ? found.get(v)?.record : v)).filter((v) => v !== undefined)
}
