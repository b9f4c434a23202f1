/**
 * Roll-ups over other records, kept true in the transaction that changes a child. A parent's values are computed anew from its
 * children, then its formulas, then its rules are checked (a receipt may not exceed its plan row), then its own parents follow.
 */
import { computeRecord, equalValues, filterFields, flatTarget, newProblems, validationProblems, type CompiledEntity, type CompiledField, type RollupEdge, type WireRecord } from '../../runtime/engine'
import { both, resolveFilter, type Where } from '../../schemas/filters'
import type { Filter, RollupField } from '../../schemas/generated/types'
import { invalid } from '../../schemas/errors'
import type { Table } from '../model/tables'
import type { Measure } from '../ports/store'
import { anyTable, type WriteContext } from '../use-cases/context'
import { loadRecord, relatedContext } from './load'
import { passOnOwner } from './ownership'
import { notDeleted } from './visibility'

/** Follows a change of a record: `before` is undefined when it is new, `after` when it is gone. */
export async function updateRollups(ctx: WriteContext, table: Table, before: WireRecord | undefined, after: WireRecord | undefined) {
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
}

/** Fields of the child whose change can change the roll-up. */
function readsOf({ field, via }: RollupEdge): string[] {
  const { rollup } = field.definition as RollupField
  return [via, 'deletedAt', ...(rollup.field === undefined ? [] : [rollup.field]), ...(rollup.filter ? filterFields(rollup.filter) : [])]
}

async function refresh(ctx: WriteContext, table: Table, id: string, fields: CompiledField[]) {
  const stored = await loadRecord(ctx, table, id)
  if (!stored) return
  const record = { ...stored }
  for (const field of fields) record[field.name] = await rollUp(ctx, field, id)
  await storeDerived(ctx, table, stored, record)
}

/** Stores recomputed values after checking the record's rules; its revision stays, for nobody edited it. */
async function storeDerived(ctx: WriteContext, table: Table, stored: WireRecord, record: WireRecord) {
  const context = await relatedContext(ctx, table, record, table.entity.rulesRead)
  const computed = computeRecord(table.entity, record, context, ctx.model.catalog)
  const changed = derived(table).filter((name) => !equalValues(computed.record[name], stored[name]))
  if (changed.length === 0) return
  const broken = (of: WireRecord) => validationProblems(table.entity, of, context, ctx.model.catalog)
  const problems = [...computed.problems, ...newProblems(broken(computed.record), broken(stored))].map((p) => ({ ...p, path: '' }))
  if (problems.length > 0) throw invalid(problems)
  await ctx.tx.update(table.collection, stored.id!, undefined, table.encode(computed.record, changed), { keepRev: true })
  await updateRollups(ctx, table, stored, computed.record)
}

const derived = ({ entity }: Table) => entity.own.filter((f) => f.computed && !f.volatile && !f.type.numbered).map((f) => f.name)

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

/**
 * Computes the derived values of every record of an entity anew, in batches; needed when a definition adds or changes one.
 * Returns how many records changed.
 */
export async function rebuildBatch(ctx: WriteContext, table: Table, ids: string[]): Promise<void> {
  const overOthers = table.entity.own.filter((f) => (f.definition as RollupField).rollup?.entity !== undefined)
  for (const id of ids) await refreshQuietly(ctx, table, id, overOthers)
}

async function refreshQuietly(ctx: WriteContext, table: Table, id: string, fields: CompiledField[]) {
  const stored = await loadRecord(ctx, table, id)
  if (!stored) return
  const record = { ...stored }
  for (const field of fields) record[field.name] = await rollUp(ctx, field, id)
  const context = await relatedContext(ctx, table, record, table.entity.rulesRead)
  const computed = computeRecord(table.entity, record, context, ctx.model.catalog).record
  const changed = derived(table).concat(table.entity.own.filter((f) => f.rows?.some((c) => c.computed)).map((f) => f.name)).filter((name) => !equalValues(computed[name], stored[name]))
  if (changed.length > 0) await ctx.tx.update(table.collection, id, undefined, table.encode(computed, changed), { keepRev: true })
}
