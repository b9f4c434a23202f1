/**
 * Derived values of other records, kept true in the transaction of the change. Upwards: a parent's roll-ups are computed anew from its
 * children, then its formulas, then its rules are checked (a receipt may not exceed its plan row), then its own parents follow.
 * Sideways: formulas that read the changed record through a reference are computed anew. Downwards: records whose owner is this one's get it.
 */
import { computeRecord, equalValues, flatTarget, newProblems, validationProblems, type CompiledEntity, type CompiledField, type RollupEdge, type WireRecord } from '../../runtime/engine'
import { both, filterFields, resolveFilter, type Where } from '../../schemas/filters'
import type { Filter, RollupField } from '../../schemas/generated/types'
import { invalid, type Problem } from '../../schemas/errors'
import { derivedAt, derivedFields, type Table } from '../model/tables'
import type { Measure } from '../ports/store'
import { anyTable, type WriteContext } from '../use-cases/context'
import { allColumns, loadRecord, relatedContext } from './load'
import { guardUnique } from './unique'
import { notDeleted } from './visibility'

/** Follows a change of a record: `before` is undefined when it is new, `after` when it is gone. */
export async function updateDerived(ctx: WriteContext, table: Table, before: WireRecord | undefined, after: WireRecord | undefined) {
  if (before && after && before.owner !== after.owner) await passOnOwner(ctx, table, after)
  const touched = new Map<string, { parent: Table; id: string; fields: CompiledField[] }>()
  for (const edge of ctx.model.catalog.rollupsOver.get(table.entity.name) ?? []) {
    if (before && after && !readsOf(edge).some((name) => !equalValues(before[name], after[name]))) continue
    for (const id of new Set([before?.[edge.via], after?.[edge.via]])) {
      if (typeof id !== 'string') continue
      const key = `${edge.parent} ${id}`
      const entry = touched.get(key) ?? { parent: anyTable(ctx, edge.parent), id, fields: [] }
      entry.fields.push(edge.field)
      touched.set(key, entry)
    }
  }
  for (const { parent, id, fields } of touched.values()) await refresh(ctx, parent, id, fields)
  if (before && after) await updateFollowers(ctx, table, before, after)
}

/** Stored formulas of other records that read what changed here. */
async function updateFollowers(ctx: WriteContext, table: Table, before: WireRecord, after: WireRecord) {
  const reading = (ctx.model.catalog.followers.get(table.entity.name) ?? []).filter(({ member }) => !equalValues(before[member], after[member]))
  const paths = new Map(reading.map(({ entity, path }) => [`${entity} ${path.join('.')}`, { entity, path }]))
  for (const { entity, path } of paths.values()) {
    const follower = anyTable(ctx, entity)
    const last = follower.entity.fields.get(path[0]!)
    const op = path.length === 1 && last?.type.storage === 'json' ? 'contains' : 'eq'
    for (const { id } of await ctx.tx.find(follower.collection, { where: both({ path, op, value: after.id! }, notDeleted)!, columns: [] })) await refresh(ctx, follower, id, [])
  }
}

/** Records that follow this one get its owner, those in the bin too; rules are not asked, as for the owner that a new record gets. */
async function passOnOwner(ctx: WriteContext, table: Table, { id, owner, ownerDept }: WireRecord) {
  for (const { entity, field } of ctx.model.catalog.referrers.get(table.entity.name) ?? []) {
    const follower = anyTable(ctx, entity)
    const { ownership } = follower.entity.definition
    if (typeof ownership !== 'object' || ownership.from !== field.name) continue
    for (const doc of await ctx.tx.find(follower.collection, { where: { path: [field.name], op: 'eq', value: id! }, columns: allColumns(follower) })) {
      await storeDerived(ctx, follower, await recompute(ctx, follower, follower.decode(doc), { owner, ownerDept }))
    }
  }
}

/** Fields of the child whose change can change the roll-up. */
function readsOf({ field, via }: RollupEdge): string[] {
  const { rollup } = field.definition as RollupField
  return [via, 'deletedAt', ...(rollup.field === undefined ? [] : [rollup.field]), ...(rollup.filter ? filterFields(rollup.filter) : [])]
}

interface Recomputed { stored: WireRecord; record: WireRecord; problems: Problem[] }

/** A record with the given values and everything that follows from them computed anew; `problems`: rules that this breaks. */
async function recompute(ctx: WriteContext, table: Table, stored: WireRecord, given: WireRecord): Promise<Recomputed> {
  const record = { ...stored, ...given }
  const context = await relatedContext(ctx, table, record, table.entity.rulesRead)
  const computed = computeRecord(table.entity, record, context, ctx.model.catalog)
  const broken = (of: WireRecord) => validationProblems(table.entity, of, context, ctx.model.catalog)
  return { stored, record: computed.record, problems: [...computed.problems, ...newProblems(broken(computed.record), broken(stored))] }
}

/** One in the bin is computed anew when it comes back. */
async function withRollups(ctx: WriteContext, table: Table, id: string, rollups: CompiledField[]): Promise<Recomputed | undefined> {
  const stored = await loadRecord(ctx, table, id)
  if (!stored) return undefined
  const given: WireRecord = {}
  for (const field of rollups) given[field.name] = await rollUp(ctx, field, id)
  return recompute(ctx, table, stored, given)
}

async function refresh(ctx: WriteContext, table: Table, id: string, rollups: CompiledField[]) {
  const result = await withRollups(ctx, table, id, rollups)
  if (!result) return
  if (result.problems.length > 0) throw invalid(result.problems.map((p) => ({ ...p, path: '' })))
  await storeDerived(ctx, table, result)
}

/** The record's revision stays, for nobody edited it; `derivedAt` says when it was. */
async function storeDerived(ctx: WriteContext, table: Table, { stored, record }: Recomputed): Promise<boolean> {
  const changed = [...derivedFields(table.entity), 'owner', 'ownerDept'].filter((name) => !equalValues(record[name], stored[name]))
  if (changed.length === 0) return false
  await guardUnique(table, () => ctx.tx.update(table.collection, stored.id!, undefined, { ...table.encode(record, changed), [derivedAt]: ctx.clock.now() }, { keepRev: true }))
  await updateDerived(ctx, table, stored, record)
  return true
}

async function rollUp(ctx: WriteContext, field: CompiledField, id: string): Promise<unknown> {
  const { rollup } = field.definition as RollupField
  const child = anyTable(ctx, rollup.entity!)
  const where = both({ path: [rollup.via!], op: 'eq', value: id }, notDeleted, rollup.filter && filterWhere(ctx, child, rollup.filter))!
  const measure: Measure = rollup.op === 'count' ? { op: 'count' } : { op: rollup.op === 'avg' ? 'avg' : rollup.op, column: rollup.field }
  const [row] = await ctx.tx.aggregate(child.collection, { where, groupBy: [], measures: [measure] })
  return rollUpValue(field, row?.values[0] ?? null)
}

function filterWhere(ctx: WriteContext, child: Table, filter: Filter): Where {
  const target = flatTarget([...child.entity.fields.values()].filter((f) => !f.volatile))
  return resolveFilter(filter, target, { me: null, departments: [], today: ctx.clock.today() }).where
}

/** Roll-ups of a record to which nothing refers yet. */
export function emptyRollups(entity: CompiledEntity): WireRecord {
  return Object.fromEntries(entity.own.filter((f) => (f.definition as RollupField).rollup?.entity !== undefined).map((f) => [f.name, rollUpValue(f, null)]))
}

/** An aggregate in stored terms as a wire value; the sum of nothing is zero. */
function rollUpValue(field: CompiledField, value: bigint | number | string | null): unknown {
  const { op } = (field.definition as RollupField).rollup
  if (value === null && op !== 'sum' && op !== 'count') return null
  const stored = typeof value === 'bigint' ? Number(value) : op === 'avg' ? Math.round(value as number) : (value ?? 0)
  return field.effectiveType.fromStored(stored, field.effective)
}

const rollupsOf = ({ entity }: Table) => entity.own.filter((f) => (f.definition as RollupField).rollup?.entity !== undefined)

/**
 * Computes the derived values of the given records anew; needed when a definition adds or changes one. Rules are not asked: they may be
 * newer than the records. Returns how many records changed.
 */
export async function rebuildRecords(ctx: WriteContext, table: Table, ids: string[]): Promise<number> {
  let changed = 0
  for (const id of ids) {
    const result = await withRollups(ctx, table, id, rollupsOf(table))
    if (result && (await storeDerived(ctx, table, result))) changed++
  }
  return changed
}

export interface Deviation { entity: string; id: string; field: string; stored: unknown; computed: unknown }

/** Derived values of the given records that are not what computing them anew gives. */
export async function deviations(ctx: WriteContext, table: Table, ids: string[]): Promise<Deviation[]> {
  const found: Deviation[] = []
  for (const id of ids) {
    const result = await withRollups(ctx, table, id, rollupsOf(table))
    for (const field of result ? derivedFields(table.entity) : []) {
      if (!equalValues(result!.record[field], result!.stored[field])) found.push({ entity: table.entity.name, id, field, stored: result!.stored[field], computed: result!.record[field] })
    }
  }
  return found
}
