/** Which records a new version of an entity concerns: those that it would refuse, and those that would no longer be told apart. */
import { columnNamed, compareEntities, isEmpty, newRules, retypedFields, uidOf, validationProblems, type CompiledEntity, type CompiledField, type ChangeOf, type EntityChange, type UniqueKey, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import type { Entity, Field } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { converterOf, valueJudge, type Converting } from '../records/convert-value'
import { allColumns, relatedContext } from '../records/load'
import { converter, eachRecord, namer } from './as-drafted'
import type { Context } from './context'
import { DuplicateCounter, type DuplicateGroup } from './duplicate-groups'
import type { Candidate } from './definitions'

export interface AffectedRow { id: string; title: string; value: unknown; problem: Problem }
export interface Finding {
  /** `uniqueAdded`: a rule that records break; `alikeAdded`: one that only warns of them. */
  kind: EntityChange['kind'] | 'uniqueAdded' | 'alikeAdded'
  /** Into the draft. */
  path: string
  field?: string
  /** Records concerned; of uniqueness, groups of records that are the same. */
  count: number
  /** The first hundred. */
  rows?: AffectedRow[]
  /** Values that several records share, and how many. */
  groups?: DuplicateGroup[]
  /** Of uniqueness, how many records are in these groups. */
  records?: number
}

/** `of`: only findings of this kind. `cuts`: which fields may lose a part of their values. */
interface Asked { of?: Finding['kind'][]; cuts?: Converting['cuts'] }
export type FindingsOf = (before: Entity, after: Entity) => Promise<Finding[]>

const most = 100

/** What the changes of an entity would mean for its records. Reads all of them once when a rule, a limit, a demand or a type is new; those of other kinds that a new rule compares them with, too. */
export async function affectedRecords(ctx: Context, before: Entity, after: Entity, { catalog }: Candidate, { of, cuts }: Asked = {}): Promise<Finding[]> {
  const table = ctx.model.tables.get(before.name)
  const entity = catalog.entities.get(after.name)
  if (!table || !entity) return []
  const asked = (kind: Finding['kind']) => of === undefined || of.includes(kind)
  const how = { timeZone: ctx.clock.timeZone, cuts }
  const changes = compareEntities(before, after).filter(({ kind }) => asked(kind))
  const scans = changes.flatMap((change) => { const judge = judges[change.kind]?.(change as never, entity, table, how); return judge ? [{ finding: findingOf(change), judge }] : [] })
  const counters = newRules(ctx.model.catalog, catalog, after.name).filter(({ key }) => asked(kindOf(key))).map((rule) => new DuplicateCounter(rule))
  const [named, converted] = [namer(table, entity), converter(table, entity, how)]
  if (scans.length + counters.length > 0) await eachRecord(ctx, table, async (stored) => {
    const record = named(stored)
    for (const { finding, judge } of scans) note(finding, record, table, await judge({ ctx, table, entity, catalog, record }))
    const fitted = counters.length > 0 ? converted(record) : record
    for (const counter of counters) counter.note(fitted)
  }, scans.length > 0 ? allColumns(table) : table.flat)
  await noteOthers(ctx, counters, how)
  const present = (record: WireRecord) => converted(named(record))
  return [...scans.map((s) => s.finding), ...(await Promise.all(counters.map((c) => groupsIn(c, ctx, table, present))))].filter((f) => f.count > 0)
}

const kindOf = ({ rule }: UniqueKey) => (rule.mode === 'warn' ? 'alikeAdded' : 'uniqueAdded')

/** Each other kind of records is read once for all the rules. */
async function noteOthers(ctx: Context, counters: DuplicateCounter[], how: Converting) {
  const kinds = new Map(counters.flatMap(({ rule }) => rule.others.map(({ entity }) => [entity.name, entity])))
  for (const [name, entity] of kinds) {
    const table = ctx.model.tables.get(name)
    if (!table) continue
    const [named, converted] = [namer(table, entity), converter(table, entity, how)]
    await eachRecord(ctx, table, (stored) => { const record = converted(named(stored)); for (const counter of counters) counter.noteOther(name, record) }, table.flat)
  }
}

async function groupsIn(counter: DuplicateCounter, ctx: Context, table: Table, present: (record: WireRecord) => WireRecord): Promise<Finding> {
  const { key, index } = counter.rule
  return { kind: kindOf(key), path: `/unique/${index}`, ...(await counter.groups(ctx, table, present)) }
}

const findingOf = (change: EntityChange): Finding => ({ kind: change.kind, path: change.path, ...('to' in change && { field: 'table' in change ? `${change.table.name}.${change.to.name}` : change.to.name }), count: 0, rows: [] })

interface Judged { ctx: Context; table: Table; entity: CompiledEntity; catalog: Candidate['catalog']; record: WireRecord }
type Judge = (of: Judged) => Promise<{ value: unknown; problem: Problem } | undefined> | { value: unknown; problem: Problem } | undefined

const judges: { [K in EntityChange['kind']]?: (change: ChangeOf<K>, entity: CompiledEntity, table: Table, how: Converting) => Judge | undefined } = {
  requiredAdded: ({ to }) => ({ record }) => (isEmpty(record[to.name]) ? { value: null, problem: { path: `/${to.name}`, code: 'required', params: { label: to.label } } } : undefined),
  tightened: ({ to }, entity) => {
    const field = entity.fields.get(to.name)!
    const judge = valueJudge(field)
    return ({ record }) => { const value = record[to.name]; const problem = judge(value); return problem && { value: field.rows ? (value as WireRecord[]).length : value, problem } }
  },
  retyped: ({ to }, entity, table, how) => {
    const field = retypedFields(table.entity, entity).find((f) => f.to.name === to.name)
    const convert = field && converterOf(field, how)
    return convert && (({ record }) => { const value = record[to.name]; const [found] = convert(value).problems; return found && { value, problem: found.problem } })
  },
  columnRetyped: ({ to, table: { name } }, entity, table, how) => {
    const field = retypedFields(table.entity, entity).find((f) => f.to.name === name)
    const convert = field && converterOf(field, how)
    return convert && (({ record }) => {
      const found = convert(record[name]).problems.find(({ at }) => at === `${name}.${to.name}`)
      return found && { value: cellAt(record, field.from, uidOf(to), found.problem.path), problem: found.problem }
    })
  },
  columnRequiredAdded: ({ to, table: lines }, _entity, table) => ({ record }) =>
    firstCell(record, lines.name, formerColumn(table, lines, to), (value) => (isEmpty(value) ? { path: `/${to.name}`, code: 'required', params: { label: to.label } } : undefined)),
  columnTightened: ({ to, table: lines }, entity, table) => {
    const judge = valueJudge(columnNamed(entity.fields.get(lines.name)!, to.name)!)
    return ({ record }) => firstCell(record, lines.name, formerColumn(table, lines, to), judge)
  },
  ruleAdded: ({ id }) => async ({ ctx, table, entity, catalog, record }) => {
    const problem = validationProblems(entity, record, await relatedContext(ctx, table, record, table.entity.rulesRead), catalog).find((p) => p.params?.rule === id)
    return problem && { value: record[entity.definition.titleField], problem }
  },
}

/** What a column is called in the rows there are; undefined for a new one. */
function formerColumn({ entity }: Table, table: Field, column: Field): string | undefined {
  const former = entity.own.find((f) => uidOf(f.definition) === uidOf(table))
  return former?.rows?.find((c) => uidOf(c.definition) === uidOf(column))?.name
}

/** The first row that a column speaks against. */
function firstCell(record: WireRecord, table: string, column: string | undefined, judge: (value: unknown) => Problem | undefined): { value: unknown; problem: Problem } | undefined {
  for (const [i, row] of ((record[table] as WireRecord[] | null) ?? []).entries()) {
    const value = column === undefined ? null : row[column]
    const problem = judge(value)
    if (problem) return { value: value ?? null, problem: { ...problem, path: `/${table}/${i}${problem.path}` } }
  }
  return undefined
}

/** What stands in a column of the row that a pointer names. */
function cellAt(record: WireRecord, { rows }: CompiledField, uid: string, path: string): unknown {
  const [, table, row] = path.split('/')
  return (record[table!] as WireRecord[])[Number(row)]![rows!.find((c) => uidOf(c.definition) === uid)!.name]
}

function note(finding: Finding, record: WireRecord, { entity }: Table, failing: { value: unknown; problem: Problem } | undefined) {
  if (!failing) return
  finding.count++
  const title = record[entity.definition.titleField]
  if (finding.rows!.length < most) finding.rows!.push({ id: record.id!, title: String(title ?? ''), ...failing })
}
