/**
 * What a release does to records: values mapped, empty fields filled. Stored with the release in one transaction and worked off after it,
 * a batch a transaction, each record by the one way to write; an interrupted one is taken up again at the next start.
 */
import { columnNamed, isEmpty, scopeOf, stageValues, type CompiledField, type WireRecord } from '../../runtime/engine'
import { evaluate, ExpressionError } from '../../schemas/expressions'
import { AppError, type Problem } from '../../schemas/errors'
import { both, type Where } from '../../schemas/filters'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import type { Table } from '../model/tables'
import type { StoredDoc, Transaction } from '../ports/store'
import { inputOf } from '../records/as-input'
import { addTitles } from '../records/expand'
import { rebuildRecords } from '../records/derived'
import { withFormerCells } from '../records/former-rows'
import { loadRecord, ruleContextFor } from '../records/load'
import { notDeleted } from '../records/visibility'
import { changeRecord } from '../records/write'
import { asEngine, contextFor, inTransaction, systemPerson, type Context, type Services, type WriteContext } from './context'
import { requireStudio } from './definitions'

export interface DataChange {
  id: string
  /** `convert`: fields get another form, `compare`: records get the keys of a new rule of uniqueness, both before the release; the others come after it. */
  kind: 'mapOption' | 'mapStage' | 'fill' | 'restoreColumns' | 'rebuild' | 'convert' | 'compare'
  entity: string
  params: { [name: string]: unknown }
  status: 'running' | 'done' | 'incomplete'
  /** 0 before it is published. */
  release: number
  total: number
  done: number
  last: string | null
  at: string
  by: string
  /** Records that could not be changed, the first hundred. */
  problems: { id: string; problems: Problem[] }[]
}

/** Of a column of a sub-table. */
export interface ColumnMapping { column: string; from: string; to: string | null }

interface Worker {
  /** Records it concerns; all when left out. */
  where?(table: Table, params: DataChange['params']): Where
  /** Does it to some of them, otherwise than as a change of the record. */
  run?(ctx: WriteContext, table: Table, ids: string[]): Promise<unknown>
  /** What becomes of one of them. */
  input?(ctx: WriteContext, table: Table, record: WireRecord, params: DataChange['params']): Promise<WireRecord> | WireRecord
}

const workers: { [K in Exclude<DataChange['kind'], 'convert' | 'compare'>]: Worker } = {
  rebuild: { run: rebuildRecords },
  mapOption: {
    where: ({ entity }, { field, ...one }) => {
      const named = entity.fields.get(field as string)!
      const holding = (path: string[], { type }: CompiledField, value: string): Where => ({ path, op: type.storage === 'json' ? 'contains' : 'eq', value })
      const columns = one.columns as ColumnMapping[] | undefined
      return columns ? { or: columns.map(({ column, from }) => holding([named.name, column], columnNamed(named, column)!, from)) } : holding([named.name], named, one.from as string)
    },
    input: (_ctx, { entity }, record, { field, from, to, columns }) => {
      const name = field as string
      if (columns === undefined) return { [name]: mapped(record[name], from, to) }
      const each = (row: WireRecord) => (columns as ColumnMapping[]).reduce((turned, m) => ({ ...turned, [m.column]: mapped(turned[m.column], m.from, m.to) }), row)
      return { [name]: (inputOf(entity, name, record[name]) as WireRecord[]).map(each) }
    },
  },
  mapStage: {
    where: ({ entity }, { pipeline, from }) => {
      const { pipelineField, stageField } = entity.definition.pipeline!
      return { and: [{ path: [pipelineField], op: 'eq', value: pipeline as string }, { path: [stageField], op: 'eq', value: from as string }] }
    },
    input: (ctx, { entity }, _record, { pipeline, to }) => {
      const found = ctx.model.catalog.pipelines.get(entity.name)!.find((p) => p.name === pipeline)!
      return stageValues(entity, found, found.stages.find((s) => s.id === to)!, ctx.clock.now())
    },
  },
  restoreColumns: { input: withFormerCells },
  fill: {
    where: (_table, { field }) => ({ path: [field as string], op: 'empty' }),
    input: async (ctx, table, record, { field, value, expr }) => ({ [field as string]: expr === undefined ? value : await computed(ctx, table, record, field as string, expr as string) }),
  },
}

/** A value with another entry in the place of one. */
function mapped(value: unknown, from: unknown, to: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.flatMap((v: unknown) => (v === from ? (to === null ? [] : [to]) : [v])))]
  return value === from ? to : value
}

async function computed(ctx: WriteContext, table: Table, record: WireRecord, name: string, expr: string): Promise<unknown> {
  const field = table.entity.fields.get(name)!
  try {
    return field.type.fromExpression(evaluate(expr, scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, [expr]), ctx.model.catalog)), field.definition)
  } catch (error) {
    if (error instanceof ExpressionError) throw new AppError(422, 'cannotCompute', { label: field.definition.label, reason: error.reason }, [{ path: `/${name}`, code: 'cannotCompute', params: { label: field.definition.label, reason: error.reason } }])
    throw error
  }
}

/** Notes what is to be done, in the transaction of the release; gives the ids. */
export async function noteDataChanges(ctx: Context, tx: Transaction, release: number, changes: Pick<DataChange, 'kind' | 'entity' | 'params'>[]): Promise<string[]> {
  const noted = changes.map((c) => ({ id: ctx.newId(), ...c }))
  await tx.insert(collections.dataChange, noted.map((c) => ({ rev: 1, ...c, status: 'running', release, total: 0, done: 0, last: null, at: ctx.clock.now(), by: ctx.me.id, problems: [] })))
  return noted.map(({ id }) => id)
}

/** Works off everything that is noted and not done. */
export async function runDataChanges(services: Services, holder: ModelHolder): Promise<void> {
  for (const doc of await runningChanges(services)) {
    const model = await holder.current()
    const me = model.directory.person(doc.by as string) ?? systemPerson
    await runDataChange(asEngine(contextFor(services, model, me, 'en', 'definition'), 'definition'), doc)
  }
}

/** What is noted and not done, in the order in which it was noted. */
export async function runningChanges({ store }: Services): Promise<StoredDoc[]> {
  const running = await store.find(collections.dataChange, { where: { and: [{ path: ['status'], op: 'eq', value: 'running' }, { path: ['release'], op: 'gt', value: 0 }] } })
  return running.sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function runDataChange(ctx: Context, doc: StoredDoc): Promise<void> {
  const change = toDataChange(doc)
  const worker = workers[change.kind as keyof typeof workers]
  const table = ctx.model.tables.get(change.entity)!
  const where = both(notDeleted, worker.where?.(table, change.params))!
  if (change.total === 0) change.total = await ctx.store.count(table.collection, { where })
  for (;;) {
    if (ctx.background.stopping) return
    const docs = await ctx.store.find(table.collection, { where, limit: batch, columns: [], ...(change.last !== null && { after: { values: [], id: change.last } }) })
    if (docs.length === 0) return keep(ctx, { ...change, status: change.problems.length > 0 ? 'incomplete' : 'done' })
    await changeBatch(ctx, table, change, docs.map((d) => d.id))
  }
}

const batch = 100
const mostProblems = 100

/** A batch with a record that cannot be changed is done again record by record. */
async function changeBatch(ctx: Context, table: Table, change: DataChange, ids: string[]) {
  const next = (done: string[]): DataChange => ({ ...change, done: change.done + done.length, last: done.at(-1)! })
  const run = (some: string[]) => inTransaction(ctx, async (inside) => {
    for (const id of some) await changeOne(inside, table, change, id)
    await keep(inside, next(some))
  })
  try {
    await run(ids)
    Object.assign(change, next(ids))
  } catch (error) {
    if (!isRefusal(error)) throw error
    for (const id of ids) {
      try { await run([id]) } catch (failed) {
        if (!isRefusal(failed)) throw failed
        if (change.problems.length < mostProblems) change.problems.push({ id, problems: failed.problems })
      }
      Object.assign(change, next([id]))
    }
  }
}

const isRefusal = (error: unknown): error is AppError => error instanceof AppError && error.code !== 'definitionsChanged'

async function changeOne(ctx: WriteContext, table: Table, { kind, params }: DataChange, id: string) {
  const { run, input } = workers[kind as keyof typeof workers]
  if (run) { await run(ctx, table, [id]); return }
  const record = await loadRecord(ctx, table, id)
  if (!record || (kind === 'fill' && !isEmpty(record[params.field as string]))) return
  await changeRecord(ctx, table, record, await input!(ctx, table, record, params), { byPerson: false })
}

async function keep(ctx: Context, { id, status, total, done, last, problems }: DataChange): Promise<void> {
  const set = { status, total, done, last, problems: problems as never }
  if (ctx.tx) await ctx.tx.update(collections.dataChange, id, undefined, set)
  else await ctx.store.transaction((tx) => tx.update(collections.dataChange, id, undefined, set))
}

const toDataChange = ({ rev: _rev, publication: _publication, ...doc }: StoredDoc): DataChange => ({ ...doc, problems: doc.problems ?? [] }) as unknown as DataChange

/** What releases did and are doing to records, newest first. `titles`: of records with problems that the person may see. */
export async function listDataChanges(ctx: Context): Promise<{ items: DataChange[]; titles: Record<string, string> }> {
  requireStudio(ctx)
  const items = (await ctx.store.find(collections.dataChange, { sort: [{ column: 'at', descending: true }], limit: 100 })).map(toDataChange)
  const titles: Record<string, string> = {}
  for (const { entity, problems } of items) if (problems.length > 0 && ctx.model.tables.has(entity)) await addTitles(ctx, entity, problems.map((p) => p.id).filter((id) => id !== ''), titles)
  return { items, titles }
}
