/** Which records a new version of an entity concerns: those that it would refuse, and those that would no longer be told apart. */
import { columnNamed, compareEntities, isEmpty, retypedFields, uidOf, uniqueKeysOf, validationProblems, type CompiledEntity, type CompiledField, type ChangeOf, type EntityChange, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import type { Entity, Field } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { converterOf, valueJudge, type Converting } from '../records/convert-value'
import { allColumns, relatedContext } from '../records/load'
import { notDeleted } from '../records/visibility'
import type { Context } from './context'
import { DuplicateCounter, type DuplicateGroup } from './duplicate-groups'
import type { Candidate } from './definitions'

export interface AffectedRow { id: string; title: string; value: unknown; problem: Problem }
export interface Finding {
  kind: EntityChange['kind']
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

interface Asked { of?: EntityChange['kind'][]; cuts?: Converting['cuts'] }

const most = 100
const page = 500

/** What the changes of an entity would mean for its records. Reads all of them once when a rule, a limit, a demand or a type is new. `of`: only changes of this kind. `cuts`: which fields may lose a part of their values. */
export async function affectedRecords(ctx: Context, before: Entity, after: Entity, { catalog }: Candidate, { of, cuts }: Asked = {}): Promise<Finding[]> {
  const table = ctx.model.tables.get(before.name)
  const entity = catalog.entities.get(after.name)
  if (!table || !entity) return []
  const how = { timeZone: ctx.clock.timeZone, cuts }
  const changes = compareEntities(before, after).filter((c) => of === undefined || of.includes(c.kind))
  const scans = changes.flatMap((change) => { const judge = judges[change.kind]?.(change as never, entity, table, how); return judge ? [{ finding: findingOf(change), judge }] : [] })
  const tallies = changes.filter(isRule).map((change): Tally => ({ change, counter: new DuplicateCounter(uniqueKeysOf(entity)[change.index]!) }))
  const [named, converted] = [namer(before, entity), converter(table, entity, how)]
  if (scans.length + tallies.length > 0) await eachRecord(ctx, table, async (stored) => {
    const record = named(stored)
    for (const { finding, judge } of scans) note(finding, record, table, await judge({ ctx, table, entity, catalog, record }))
    const fitted = tallies.length > 0 ? converted(record) : record
    for (const { counter } of tallies) counter.note(fitted)
  })
  const present = (record: WireRecord) => converted(named(record))
  return [...scans.map((s) => s.finding), ...(await Promise.all(tallies.map((t) => groupsIn(t, ctx, table, present))))].filter((f) => f.count > 0)
}

interface Tally { change: ChangeOf<'uniqueAdded' | 'alikeAdded'>; counter: DuplicateCounter }

const isRule = (change: EntityChange): change is Tally['change'] => change.kind === 'uniqueAdded' || change.kind === 'alikeAdded'

async function groupsIn({ change: { kind, path }, counter }: Tally, ctx: Context, table: Table, present: (record: WireRecord) => WireRecord): Promise<Finding> {
  return { kind, path, ...(await counter.groups(ctx, table, present)) }
}

const findingOf = (change: EntityChange): Finding => ({ kind: change.kind, path: change.path, ...('to' in change && { field: 'table' in change ? `${change.table.name}.${change.to.name}` : change.to.name }), count: 0, rows: [] })

interface Judged { ctx: Context; table: Table; entity: CompiledEntity; catalog: Candidate['catalog']; record: WireRecord }
type Judge = (of: Judged) => Promise<{ value: unknown; problem: Problem } | undefined> | { value: unknown; problem: Problem } | undefined

const judges: { [K in EntityChange['kind']]?: (change: ChangeOf<K>, entity: CompiledEntity, table: Table, how: Converting) => Judge | undefined } = {
  requiredAdded: ({ to }) => ({ record }) => (isEmpty(record[to.name]) ? { value: null, problem: { path: `/${to.name}`, code: 'required', params: { label: to.label } } } : undefined),
  tightened: ({ to }, entity) => { const judge = valueJudge(entity.fields.get(to.name)!); return ({ record }) => { const value = record[to.name]; const problem = judge(value); return problem && { value, problem } } },
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

/** A record under the names of the new version. */
function namer(before: Entity, entity: CompiledEntity): (record: WireRecord) => WireRecord {
  const renamed = before.fields.flatMap((f) => { const now = entity.own.find((g) => uidOf(g.definition) === uidOf(f)); return now && now.name !== f.name ? [[f.name, now.name] as const] : [] })
  return (record) => ({ ...record, ...Object.fromEntries(renamed.map(([from, to]) => [to, record[from]])) })
}

/** Values in the types of the new version, as far as they fit. */
function converter(table: Table, entity: CompiledEntity, how: Converting): (record: WireRecord) => WireRecord {
  const converters = retypedFields(table.entity, entity).map((field) => ({ name: field.to.name, convert: converterOf(field, how) }))
  return (record) => ({ ...record, ...Object.fromEntries(converters.map(({ name, convert }) => [name, convert(record[name]).value])) })
}

async function eachRecord(ctx: Context, table: Table, visit: (record: WireRecord) => Promise<void>) {
  for (let last = ''; ; ) {
    const docs = await ctx.store.find(table.collection, { where: notDeleted, limit: page, columns: allColumns(table), ...(last && { after: { values: [], id: last } }) })
    if (docs.length === 0) return
    for (const doc of docs) await visit(table.decode(doc))
    last = docs.at(-1)!.id
  }
}
