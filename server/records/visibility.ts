/** Which records and fields a person may see: the conditions that go into every query, and the same question for one record. */
import { fieldAccess, inScope, scopeFilter, idTarget, type CompiledEntity, type MayName, type Scope, type Verb, type WireRecord } from '../../runtime/engine'
import { both, nothing, resolveFilter, type Where } from '../../schemas/filters'
import type { Filter } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { departmentsOf, readerOf, type Context } from '../use-cases/context'

export const notDeleted: Where = { path: ['deletedAt'], op: 'empty' }

/** The condition for records of an entity in a scope of the person's. */
function scopeWhere(ctx: Context, table: Table, scope: Scope | undefined): Where | undefined {
  if (scope === undefined) return nothing
  const filter = scopeFilter(scope)
  return filter && resolveFor(ctx, table, filter)
}

/** Records the person may read, or use another verb on. */
export function whereFor(ctx: Context, table: Table, verb: Verb): Where | undefined {
  return scopeWhere(ctx, table, ctx.access.entity(table.entity.name)?.verbs[verb])
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

/** A field may be named in filters, sorts and groups only by who may read it. */
export const mayName = (ctx: Context): MayName => (entity, field) => fieldAccess(ctx.access.entity(entity.name), entity, field) !== 'hidden'

/** A person's filter in stored terms; 400 with every problem. */
export function resolveFor(ctx: Context, table: Table, filter: Filter): Where {
  const target = idTarget(table.entity, ctx.model.catalog, mayName(ctx))
  const { where, problems } = resolveFilter(filter, target, { me: ctx.me.id, departments: departmentsOf(ctx), today: ctx.clock.today() })
  if (problems.length > 0) throw new AppError(400, 'badFilter', { reason: problems[0] }, problems.map((reason) => ({ path: '/filter', code: 'badFilter' as const, params: { reason } })))
  return where
}

export function mayUse(ctx: Context, entity: CompiledEntity, record: WireRecord, verb: Verb): boolean {
  const scope = ctx.access.entity(entity.name)?.verbs[verb]
  return scope !== undefined && inScope(scope, record, ctx.me, departmentsOf(ctx))
}

export const within = (ctx: Context, scope: Scope | undefined, record: WireRecord) => scope !== undefined && inScope(scope, record, ctx.me, departmentsOf(ctx))

/** Readable by right, or because the person is or was asked to approve it. */
export async function maySee(ctx: Context, entity: CompiledEntity, record: WireRecord): Promise<boolean> {
  if (mayUse(ctx, entity, record, 'read')) return true
  const asked = both({ path: ['record'], op: 'eq', value: record.id! }, { path: ['assignee'], op: 'eq', value: ctx.me.id }, { path: ['status'], op: 'ne', value: 'cancelled' })
  return (await readerOf(ctx).count(collections.task, { where: asked })) > 0
}

/** The record without the fields the person may not see. */
export function withoutHidden(ctx: Context, entity: CompiledEntity, record: WireRecord): WireRecord {
  const hidden = [...(ctx.access.entity(entity.name)?.fields ?? [])].filter(([, right]) => right === 'hidden').map(([name]) => name)
  if (hidden.length === 0) return record
  const visible = { ...record }
  for (const name of hidden) delete visible[name]
  return visible
}
