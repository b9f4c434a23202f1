/** Which records and fields a person may see: the conditions that go into every query, and the same question for one record. */
import { extentsWhere, fieldAccess, hiding, idTarget, recordMatcher, type CompiledEntity, type Extent, type MayName, type Verb, type Viewer, type WireRecord } from '../../runtime/engine'
import { both, columnsOf, either, nothing, resolveFilter, type Where } from '../../schemas/filters'
import type { Filter } from '../../schemas/generated/types'
import { masked } from '../../schemas/field-types/masked'
import { AppError } from '../../schemas/errors'
import { hiddenFromApprover } from '../flows/approver-sight'
import { shares, type Table } from '../model/tables'
import { departmentsOf, granteesOf, readerOf, type Context } from '../use-cases/context'

export const notDeleted: Where = { path: ['deletedAt'], op: 'empty' }

/** The person as rights speak of them. */
const viewer = (ctx: Context): Viewer => ({ me: ctx.me, departments: departmentsOf(ctx), today: ctx.clock.today() })

/** A right as a condition, and how to judge records by it: by what they hold, then by whether they are shared. */
class Reach {
  readonly where: Where | undefined
  private matcher: ((record: WireRecord) => boolean) | undefined
  constructor(private readonly own: Where | undefined, readonly shared: Where | undefined, private readonly entity: CompiledEntity) {
    this.where = own && shared ? either(own, shared) : own
  }
  /** What a record must hold to be judged. */
  get reads(): string[] { return this.own ? columnsOf(this.own) : [] }
  /** Without regard to what is shared. */
  covers(record: WireRecord): boolean {
    return this.own === undefined || (this.matcher ??= recordMatcher(this.own, this.entity.fields.values()))(record)
  }
}

/** Rights are put together anew whenever people, definitions or the day change (use-cases/context.ts), and so is this. */
const reaches = new WeakMap<Extent[], Reach>()

function reachOf(ctx: Context, entity: CompiledEntity, verb: Verb, extents: Extent[]): Reach {
  let reach = reaches.get(extents)
  if (!reach) {
    const own = extentsWhere(extents, entity, verb, viewer(ctx))
    reaches.set(extents, (reach = new Reach(own, own && sharedWhere(ctx, entity.name, verb), entity)))
  }
  return reach
}

/** Records that somebody shared with the person, and that are still shared today. Sharing opens records, roles say what may be done. */
function sharedWhere(ctx: Context, entity: string, verb: Verb): Where | undefined {
  const grantees = granteesOf(ctx)
  if ((verb !== 'read' && verb !== 'update') || !ctx.model.directory.wasSharedWith(grantees, entity)) return undefined
  const right: Where | undefined = verb === 'update' ? { path: ['right'], op: 'eq', value: 'write' } : undefined
  return { some: shares, where: both({ path: ['grantee'], op: 'in', value: grantees }, { path: ['entity'], op: 'eq', value: entity }, right, stillShared(ctx))! }
}

/** The last day counts. */
export const stillShared = (ctx: Context): Where => ({ or: [{ path: ['until'], op: 'empty' }, { path: ['until'], op: 'gte', value: ctx.clock.today() }] })

/** Records the person may read, or use another verb on; undefined: all. */
export function whereFor(ctx: Context, table: Table, verb: Verb): Where | undefined {
  const extents = ctx.access.entity(table.entity.name)?.verbs[verb]
  return extents ? reachOf(ctx, table.entity, verb, extents).where : nothing
}

/** The given columns of those of the given records that the person may read. */
export async function readable(ctx: Context, table: Table, ids: string[], columns: string[]): Promise<WireRecord[]> {
  const extents = ctx.access.entity(table.entity.name)?.verbs.read
  if (!extents) return []
  const reach = reachOf(ctx, table.entity, 'read', extents)
  const records = (await readerOf(ctx).getMany(table.collection, ids, [...new Set([...columns, ...reach.reads])])).map(table.decode)
  const rest = records.filter((record) => !reach.covers(record))
  const shared = await sharedAmong(ctx, table, rest.map((r) => r.id!), reach)
  return records.filter((record) => shared.has(record.id!) || !rest.includes(record))
}

async function sharedAmong(ctx: Context, { collection }: Table, ids: string[], { shared }: Reach): Promise<Set<string>> {
  if (!shared || ids.length === 0) return new Set()
  return new Set((await readerOf(ctx).find(collection, { where: { and: [{ path: ['id'], op: 'in', value: ids }, shared] }, columns: [] })).map((d) => d.id))
}

/** Conditions on the records behind references, for every collection whose records are not all visible. */
export function visibleThroughReferences(ctx: Context): Record<string, Where | undefined> {
  const visible: Record<string, Where | undefined> = {}
  for (const table of ctx.model.tables.values()) {
    const where = whereFor(ctx, table, 'read')
    if (where !== undefined) visible[table.collection.name] = where
  }
  return visible
}

const rightOn = (ctx: Context, entity: CompiledEntity, field: string) => fieldAccess(ctx.access.entity(entity.name), entity, field)

/** A field may be named in filters, sorts and groups only by who may read it as it is. */
export const mayName = (ctx: Context): MayName => (entity, field) => { const right = rightOn(ctx, entity, field); return right === 'read' || right === 'write' }

/** A field may be asked for by who may see anything of it. */
export const mayAskFor = (ctx: Context): MayName => (entity, field) => rightOn(ctx, entity, field) !== 'hidden'

/** A person's filter in stored terms; 400 with every problem. */
export function resolveFor(ctx: Context, table: Table, filter: Filter): Where {
  const target = idTarget(table.entity, ctx.model.catalog, mayName(ctx))
  const { where, problems } = resolveFilter(filter, target, { me: ctx.me.id, departments: departmentsOf(ctx), today: ctx.clock.today() })
  if (problems.length > 0) throw new AppError(400, 'badFilter', { reason: problems[0] }, problems.map((reason) => ({ path: '/filter', code: 'badFilter' as const, params: { reason } })))
  return where
}

export const mayUse = (ctx: Context, entity: CompiledEntity, record: WireRecord, verb: Verb) => within(ctx, entity, verb, ctx.access.entity(entity.name)?.verbs[verb], record)

/** Whether a record lies in the extents of a right. Actions and flows count as changing the record. */
export async function within(ctx: Context, entity: CompiledEntity, verb: Verb, extents: Extent[] | undefined, record: WireRecord): Promise<boolean> {
  if (extents === undefined) return false
  const reach = reachOf(ctx, entity, verb, extents)
  return reach.covers(record) || (await sharedAmong(ctx, ctx.model.tables.get(entity.name)!, [record.id!], reach)).size > 0
}

/**
 * The context in which a person reads a record: their own where it is readable by right, else with what approvals show to those who are or
 * were asked; undefined when they do not see it.
 */
export async function seeing<C extends Context>(ctx: C, entity: CompiledEntity, record: WireRecord): Promise<C | undefined> {
  if (await mayUse(ctx, entity, record, 'read')) return ctx
  const hidden = await hiddenFromApprover(ctx, record.id!)
  return hidden && { ...ctx, access: hiding(ctx.access, entity.name, hidden) }
}

/** The record as the person may see it: without hidden fields, others masked. */
export function asSeen(ctx: Context, entity: CompiledEntity, record: WireRecord): WireRecord {
  const limited = ctx.access.entity(entity.name)?.fields
  if (!limited || limited.size === 0) return record
  const seen: WireRecord = {}
  for (const name in record) {
    const right = limited.get(name)
    if (right !== 'hidden') seen[name] = right === 'mask' ? maskedValue(entity, name, record[name]) : record[name]
  }
  return seen
}

export function maskedValue(entity: CompiledEntity, name: string, value: unknown): unknown {
  const { effective, definition } = entity.fields.get(name)!
  return masked(value, effective, definition.mask)
}

/** A record's title as the person may see it. Who is asked about a record without any right on its kind sees it whole. */
export function titleAsSeen(ctx: Context, entityName: string, title: string): string {
  const entity = ctx.model.catalog.entities.get(entityName)
  if (!entity || !ctx.access.entity(entityName)) return title
  return String(asSeen(ctx, entity, { [entity.definition.titleField]: title })[entity.definition.titleField] ?? '')
}
