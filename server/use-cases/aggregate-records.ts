import { fieldOf, type CompiledField } from '../../runtime/engine'
import type { Filter } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import type { Table } from '../model/tables'
import type { AggregateQuery, AggregateRow, DatePart, Measure, Scalar } from '../ports/store'
import { mayName, visibleThroughReferences } from '../records/visibility'
import { tableOf, type Context } from './context'
import { listWhere } from './list-records'

export interface AggregateRequest {
  filter?: Filter
  q?: string
  groupBy: (string | { field: string; by: DatePart })[]
  measures: { op: Measure['op']; field?: string }[]
}
export interface AggregateResult { groups: { keys: unknown[]; values: unknown[] }[] }

/** Sums, counts, extremes over the records this person may read. Sums are exact. */
export async function aggregateRecords(ctx: Context, entity: string, request: AggregateRequest): Promise<AggregateResult> {
  const table = tableOf(ctx, entity)
  const groups = request.groupBy.map((g) => (typeof g === 'string' ? { field: named(ctx, table, g) } : { field: named(ctx, table, g.field), by: g.by }))
  const measures = request.measures.map((m) => ({ op: m.op, field: m.field === undefined ? undefined : named(ctx, table, m.field) }))
  const bad = measures.find(({ op, field }) => (op === 'count' ? field !== undefined : field === undefined) || ((op === 'sum' || op === 'avg') && field!.effectiveType.expressionType(field!.effective).kind !== 'decimal'))
  if (bad) throw new AppError(400, 'badRequest', { reason: `${bad.op}(${bad.field?.name ?? ''})` })
  const query: AggregateQuery = {
    where: listWhere(ctx, table, request),
    visible: visibleThroughReferences(ctx),
    groupBy: groups.map(({ field, by }) => (by ? { column: field.name, by } : field.name)),
    measures: measures.map(({ op, field }) => ({ op, ...(field && { column: field.name }) })),
  }
  const rows = await ctx.store.aggregate(table.collection, query)
  return { groups: rows.map((row) => decode(row, groups, measures)) }
}

function named(ctx: Context, { entity }: Table, name: string): CompiledField {
  const field = fieldOf(entity, name)
  if (!field || field.volatile || field.rows || field.effectiveType.storage === 'json' || !mayName(ctx)(entity, field.name)) throw new AppError(400, 'badRequest', { reason: { en: `there is no field “${name}” to group or measure by`, zh: `没有可分组或统计的字段“${name}”` } })
  return field
}

type Group = { field: CompiledField; by?: string }
type Measured = { op: Measure['op']; field?: CompiledField }

function decode(row: AggregateRow, groups: Group[], measures: Measured[]): AggregateResult['groups'][number] {
  return {
    keys: row.keys.map((key, i) => (groups[i]!.by ? key : wire(groups[i]!.field, key))),
    values: row.values.map((value, i) => { const { op, field } = measures[i]!; return op === 'count' ? Number(value ?? 0) : field && measured(op, field, value) }),
  }
}

const wire = (field: CompiledField, value: Scalar) => field.effectiveType.fromStored(value, field.effective)

function measured(op: Measure['op'], field: CompiledField, value: bigint | number | string | null): unknown {
  if (value === null) return op === 'sum' ? field.effectiveType.fromStored(0, field.effective) : null
  return field.effectiveType.fromStored(op === 'avg' ? Math.round(value as number) : value, field.effective)
}
