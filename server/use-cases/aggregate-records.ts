import { fieldOf, type CompiledEntity, type CompiledField } from '../../runtime/engine'
import { storedOperand } from '../../schemas/filters'
import type { Filter } from '../../schemas/generated/types'
import { AppError } from '../../schemas/errors'
import { systemEntities } from '../../schemas/system'
import type { Table } from '../model/tables'
import type { AggregateQuery, AggregateRow, DatePart, HavingOp, Measure, Scalar } from '../ports/store'
import { addTitles } from '../records/expand'
import { mayName, visibleThroughReferences } from '../records/visibility'
import { anyTable, tableOf, type Context } from './context'
import { listWhere } from './list-records'

export interface AggregateRequest {
  filter?: Filter
  q?: string
  /** Names, also through up to three references: customer.region. What may not be seen on the way is in the group of null. */
  groupBy: (string | { field: string; by: DatePart })[]
  measures: { op: Measure['op']; field?: string }[]
  /** Which groups: all of it must hold. Measures and groups are named by their place. */
  having?: { measure: number; op: HavingOp; value: unknown }[]
  sort?: AggregateQuery['sort']
  limit?: number
  /** Adds titles of the records that groups are named by. */
  titles?: boolean
}
export interface AggregateResult { groups: { keys: unknown[]; values: unknown[] }[]; titles?: Record<string, string> }

/** Sums, counts, extremes over the records this person may read. Sums are exact. */
export async function aggregateRecords(ctx: Context, entity: string, request: AggregateRequest): Promise<AggregateResult> {
  const table = tableOf(ctx, entity)
  const visible = visibleThroughReferences(ctx)
  const groups = request.groupBy.map((g) => (typeof g === 'string' ? groupOf(ctx, table, g) : groupOf(ctx, table, g.field, g.by)))
  const measures = request.measures.map((m) => measureOf(ctx, table, m))
  const query: AggregateQuery = {
    where: listWhere(ctx, table, request),
    visible,
    groupBy: groups.map((group) => keyOf(ctx, group, visible)),
    measures: measures.map(({ op, field }) => ({ op, ...(field && { column: field.name }) })),
    having: request.having?.map(({ measure, op, value }) => ({ measure, op, value: compared(measures, measure, value) })),
    sort: request.sort,
    limit: request.limit,
  }
  for (const key of request.sort ?? []) if (('group' in key ? groups[key.group] : measures[key.measure]) === undefined) throw bad('sort', 'sort')
  const rows = await ctx.store.aggregate(table.collection, query)
  return { groups: rows.map((row) => decode(row, groups, measures)), ...(request.titles && { titles: await titlesOf(ctx, groups, rows) }) }
}

interface Group { path: string[]; field: CompiledField; by?: DatePart }
interface Measured { op: Measure['op']; field?: CompiledField }

/** Every step must be one the person may name. */
function groupOf(ctx: Context, { entity }: Table, name: string, by?: DatePart): Group {
  const path: string[] = []
  let at: CompiledEntity = entity
  const steps = name.split('.')
  for (const [i, step] of steps.entries()) {
    const field = plainField(ctx, at, step)
    if (!field || steps.length > 4) throw bad('groupBy', name)
    path.push(field.name)
    if (i === steps.length - 1) return { path, field, by }
    if (!field.refersTo) throw bad('groupBy', name)
    at = anyTable(ctx, field.refersTo).entity
  }
  throw bad('groupBy', name)
}

/** A field with one stored value, which the person may name. */
function plainField(ctx: Context, entity: CompiledEntity, name: string): CompiledField | undefined {
  const field = fieldOf(entity, name)
  return field && !field.volatile && !field.rows && field.effectiveType.storage !== 'json' && mayName(ctx)(entity, field.name) ? field : undefined
}

/** A record that may not be seen is no group of its own; people and departments are known to everyone. */
function keyOf(ctx: Context, { path, field, by }: Group, visible: NonNullable<AggregateQuery['visible']>): AggregateQuery['groupBy'][number] {
  const known = field.refersTo === undefined || Object.values<string>(systemEntities).includes(field.refersTo)
  const hidden = !known && visible[anyTable(ctx, field.refersTo!).collection.name] !== undefined && path.length <= 3
  const end = hidden ? [...path, 'id'] : path
  return end.length === 1 && by === undefined ? end[0]! : { path: end, ...(by && { by }) }
}

function measureOf(ctx: Context, { entity }: Table, { op, field: name }: AggregateRequest['measures'][number]): Measured {
  const field = name === undefined ? undefined : plainField(ctx, entity, name)
  if (name !== undefined && !field) throw bad('measures', name)
  const adds = op === 'sum' || op === 'avg'
  if ((op === 'count') !== (field === undefined) || (adds && field!.effectiveType.expressionType(field!.effective).kind !== 'decimal')) throw new AppError(400, 'badRequest', { reason: `${op}(${field?.name ?? ''})` })
  return { op, field }
}

const bad = (member: string, name: string) => new AppError(400, 'badRequest', { reason: { en: `${member}: there is no field “${name}” to group or measure by`, zh: `${member}：没有可分组或统计的字段“${name}”` } })

/** What a measure is compared with, in its stored form. */
function compared(measures: Measured[], at: number, value: unknown): number | string {
  const measure = measures[at]
  const stored = measure && (measure.field ? storedOperand(measure.field.effective, value) : typeof value === 'number' ? value : undefined)
  if (typeof stored !== 'number' && typeof stored !== 'string') throw new AppError(400, 'badRequest', { reason: { en: `having: the value does not fit measure ${at}`, zh: `having：比较值与第 ${at} 个统计不符` } })
  return stored
}

async function titlesOf(ctx: Context, groups: Group[], rows: AggregateRow[]): Promise<Record<string, string>> {
  const titles: Record<string, string> = {}
  for (const [i, { field }] of groups.entries()) if (field.refersTo) await addTitles(ctx, field.refersTo, [...new Set(rows.flatMap(({ keys }) => (typeof keys[i] === 'string' ? [keys[i]] : [])))], titles)
  return titles
}

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
