/** Which records a new version of an entity concerns: those that it would refuse, and those that would no longer be told apart. */
import { compareEntities, isEmpty, retypedFields, uidOf, validationProblems, type CompiledEntity, type CompiledField, type ChangeOf, type EntityChange, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import type { Entity } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { converterOf, valueJudge } from '../records/convert-value'
import { allColumns, relatedContext } from '../records/load'
import { notDeleted } from '../records/visibility'
import type { Context } from './context'
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
  groups?: { values: unknown[]; count: number }[]
}

const most = 100
const page = 500

/** What the changes of an entity would mean for its records. Reads all of them once when a rule, a limit, a demand or a type is new. `of`: only changes of this kind. */
export async function affectedRecords(ctx: Context, before: Entity, after: Entity, { catalog }: Candidate, of?: EntityChange['kind'][]): Promise<Finding[]> {
  const table = ctx.model.tables.get(before.name)
  const entity = catalog.entities.get(after.name)
  if (!table || !entity) return []
  const changes = compareEntities(before, after).filter((c) => of === undefined || of.includes(c.kind))
  const scans = changes.flatMap((change) => { const judge = judges[change.kind]?.(change as never, entity, table); return judge ? [{ finding: findingOf(change), judge }] : [] })
  if (scans.length > 0) await eachRecord(ctx, table, before, entity, async (record) => {
    for (const { finding, judge } of scans) note(finding, record, table, await judge({ ctx, table, entity, catalog, record }))
  })
  const unique = await Promise.all(changes.filter((c) => c.kind === 'uniqueAdded').map((c) => duplicates(ctx, table, before, after, c)))
  return [...scans.map((s) => s.finding), ...unique].filter((f) => f.count > 0)
}

const findingOf = (change: EntityChange): Finding => ({ kind: change.kind, path: change.path, ...('to' in change && { field: 'table' in change ? `${change.table.name}.${change.to.name}` : change.to.name }), count: 0, rows: [] })

interface Judged { ctx: Context; table: Table; entity: CompiledEntity; catalog: Candidate['catalog']; record: WireRecord }
type Judge = (of: Judged) => Promise<{ value: unknown; problem: Problem } | undefined> | { value: unknown; problem: Problem } | undefined

const judges: { [K in EntityChange['kind']]?: (change: ChangeOf<K>, entity: CompiledEntity, table: Table) => Judge | undefined } = {
  requiredAdded: ({ to }) => ({ record }) => (isEmpty(record[to.name]) ? { value: null, problem: { path: `/${to.name}`, code: 'required', params: { label: to.label } } } : undefined),
  tightened: ({ to }, entity) => { const judge = valueJudge(entity.fields.get(to.name)!); return ({ record }) => { const value = record[to.name]; const problem = judge(value); return problem && { value, problem } } },
  retyped: ({ to }, entity, table) => {
    const field = retypedFields(table.entity, entity).find((f) => f.to.name === to.name)
    const convert = field && converterOf(field)
    return convert && (({ record }) => { const value = record[to.name]; const [found] = convert(value).problems; return found && { value, problem: found.problem } })
  },
  columnRetyped: ({ to, table: { name } }, entity, table) => {
    const field = retypedFields(table.entity, entity).find((f) => f.to.name === name)
    const convert = field && converterOf(field)
    return convert && (({ record }) => {
      const found = convert(record[name]).problems.find(({ at }) => at === `${name}.${to.name}`)
      return found && { value: cellAt(record, field.from, uidOf(to), found.problem.path), problem: found.problem }
    })
  },
  ruleAdded: ({ id }) => async ({ ctx, table, entity, catalog, record }) => {
    const problem = validationProblems(entity, record, await relatedContext(ctx, table, record, table.entity.rulesRead), catalog).find((p) => p.params?.rule === id)
    return problem && { value: record[entity.definition.titleField], problem }
  },
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

/** Every record, under the names of the new version. */
async function eachRecord(ctx: Context, table: Table, before: Entity, entity: CompiledEntity, visit: (record: WireRecord) => Promise<void>) {
  const renamed = before.fields.flatMap((f) => { const now = entity.own.find((g) => uidOf(g.definition) === uidOf(f)); return now && now.name !== f.name ? [[f.name, now.name] as const] : [] })
  for (let last = ''; ; ) {
    const docs = await ctx.store.find(table.collection, { where: notDeleted, limit: page, columns: allColumns(table), ...(last && { after: { values: [], id: last } }) })
    if (docs.length === 0) return
    for (const doc of docs) { const record = table.decode(doc); for (const [from, to] of renamed) record[to] = record[from]; await visit(record) }
    last = docs.at(-1)!.id
  }
}

async function duplicates(ctx: Context, table: Table, before: Entity, after: Entity, { kind, path, fields }: ChangeOf<'uniqueAdded'>): Promise<Finding> {
  const names = fields.map((name) => { const uid = after.fields.find((f) => f.name === name)?.uid ?? name; return before.fields.find((f) => uidOf(f) === uid)?.name })
  const rule = after.unique!.find((u) => u.fields === fields)!
  // What a condition or a likeness makes the same is counted when it is published.
  if (rule.when || rule.normalise || names.some((name) => name === undefined || !table.flat.includes(name))) return { kind, path, count: 0 }
  const stored = names as string[]
  const filled = stored.map((name) => ({ not: { path: [name], op: 'empty' as const } }))
  // Deleted records count too: the store's index does not know the recycle bin.
  const rows = await ctx.store.aggregate(table.collection, { where: { and: filled }, groupBy: stored, measures: [{ op: 'count' }] })
  const groups = rows.filter((row) => Number(row.values[0]) > 1)
  const wire = (key: unknown, i: number) => { const field = table.entity.fields.get(stored[i]!)!; return field.effectiveType.fromStored(key, field.effective) }
  return { kind, path, count: groups.length, groups: groups.slice(0, most).map((g) => ({ values: g.keys.map(wire), count: Number(g.values[0]) })) }
}

