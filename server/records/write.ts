/**
 * The one way to write a record. Screen, API, import, action, stage, flow and seed all come through here, so that rights, validation,
 * history and roll-ups hold everywhere. Runs inside a transaction.
 */
import { completeRecord, entering, equalValues, fieldAccess, isEmpty, mergeInput, presentNames, scopeOf, stageValues, withDefaults, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import { holds } from '../../schemas/expressions'
import { invalid, type Problem } from '../../schemas/errors'
import type { Pipeline } from '../../schemas/generated/types'
import { systemEntities } from '../../schemas/system'
import { shapeProblems } from '../../schemas/validate'
import { followLeaver } from '../flows/leavers'
import { followChange } from '../flows/follow-change'
import { idOf } from '../model/model'
import type { Table } from '../model/tables'
import type { Context, WriteContext } from '../use-cases/context'
import { addHistory, changesBetween, type HistoryKind } from './history'
import { copyFromReferences } from './copies'
import { fileProblems, followFiles } from './files'
import { relatedContext, ruleContextFor } from './load'
import { takeNumbers } from './numbers'
import { referenceProblems } from './references'
import { applyOwnership } from './ownership'
import { emptyRollups, updateDerived } from './derived'
import { guardUnique, refuseDuplicates } from './unique'

export interface WriteOptions {
  /** A person's input obeys field rights, read-only fields and locks; what a definition causes does not. */
  byPerson: boolean
  kind?: HistoryKind
  /** Kept in the history with the change. */
  data?: { [k: string]: unknown }
  /** The person has seen the records alike and saves all the same. */
  duplicatesSeen?: boolean
  /** What the engine keeps of the record beside what is filled in. */
  system?: WireRecord
  /** References follow a record that was merged: nobody chose anything, so nothing is copied from it, and no approval minds. */
  follows?: boolean
}

/** Makes a record of the input, or fails with every problem at once. */
export async function insertRecord(ctx: WriteContext, table: Table, given: WireRecord, options: WriteOptions): Promise<WireRecord> {
  const { entity } = table
  const input = presentNames(entity, given)
  const { record: merged, problems, sound } = merge(ctx, table, input, undefined, options)
  if (!sound || shapeFailed(problems)) throw invalid(problems)
  const record: WireRecord = { ...merged, id: ctx.newId(), rev: 1, ...firstStage(ctx, table, merged), ...emptyRollups(entity) }
  await copyFromReferences(ctx, table, record, undefined)
  withDefaults(entity, record, await ruleContextFor(ctx, table, record, defaultsOf(entity)), ctx.model.catalog)
  Object.assign(record, await selectedStage(ctx, table, record))
  const now = ctx.clock.now()
  Object.assign(record, { createdAt: now, createdBy: ctx.me.id, updatedAt: now, updatedBy: ctx.me.id, deletedAt: null })
  await applyOwnership(ctx, table, record, undefined)
  const complete = await finish(ctx, table, record, undefined, problems, options)
  await refuseDuplicates(ctx, table, complete, undefined, options)
  await takeNumbers(ctx, entity, complete)
  await guardUnique(table, () => ctx.tx.insert(table.collection, [{ id: complete.id!, rev: 1, ...table.encode(complete) }]))
  await followFiles(ctx, entity, undefined, complete)
  await noteDirectoryChange(ctx, entity.name)
  await addHistory(ctx, entity.name, complete, options.kind ?? 'created', changesBetween(entity, {}, complete), options.data)
  await updateDerived(ctx, table, undefined, complete)
  return followChange(ctx, table, complete, 'create', [])
}

/** Changes a stored record, or fails with every problem at once. A change of nothing writes nothing. */
export async function changeRecord(ctx: WriteContext, table: Table, stored: WireRecord, given: WireRecord, options: WriteOptions): Promise<WireRecord> {
  const { entity } = table
  const complete = await changed(ctx, table, stored, given, options)
  const names = table.flat.concat(rowFields(entity)).filter((name) => !equalValues(complete[name], stored[name]))
  if (names.length === 0 && options.data === undefined) return stored
  return storeChange(ctx, table, stored, complete, names, options)
}

/** What a change would make of the record; fails like the change. Nothing is written. */
export async function checkChange(ctx: WriteContext, table: Table, stored: WireRecord, given: WireRecord, options: WriteOptions): Promise<WireRecord> {
  const complete = await changed(ctx, table, stored, given, options)
  await refuseDuplicates(ctx, table, complete, stored, options)
  return complete
}

/** The record that input would make, as far as it can be read: neither checked nor numbered, without members of a wrong shape. */
export async function draftOf(ctx: Context, table: Table, given: WireRecord, stored: WireRecord | undefined): Promise<WireRecord> {
  const { entity } = table
  const input = presentNames(entity, given)
  const faulty = new Set(merge(ctx, table, input, stored, { byPerson: true }).problems.map((p) => p.path.split('/')[1]))
  const sound = Object.fromEntries(Object.entries(input).filter(([name]) => !faulty.has(name)))
  const { record } = merge(ctx, table, sound, stored, { byPerson: true })
  const draft = stored ? record : { ...record, ...firstStage(ctx, table, record) }
  const context = await relatedContext(ctx, table, draft, entity.rulesRead)
  return completeRecord(entity, draft, { stored, context, catalog: ctx.model.catalog, byPerson: true }).record
}

async function changed(ctx: WriteContext, table: Table, stored: WireRecord, given: WireRecord, options: WriteOptions): Promise<WireRecord> {
  const { entity } = table
  const input = presentNames(entity, given)
  const { record, problems, sound } = merge(ctx, table, input, stored, options)
  if (!sound || shapeFailed(problems)) throw invalid(problems)
  Object.assign(record, options.system)
  if (!options.follows) await copyFromReferences(ctx, table, record, stored)
  if (input.owner !== undefined || ownerFollows(entity, record, stored)) await applyOwnership(ctx, table, record, stored)
  return finish(ctx, table, record, stored, problems, options)
}

async function storeChange(ctx: WriteContext, table: Table, stored: WireRecord, complete: WireRecord, changed: string[], options: WriteOptions): Promise<WireRecord> {
  await refuseDuplicates(ctx, table, complete, stored, options)
  Object.assign(complete, { updatedAt: ctx.clock.now(), updatedBy: ctx.me.id })
  const set = table.encode(complete, [...changed, 'updatedAt', 'updatedBy'])
  complete.rev = await guardUnique(table, () => ctx.tx.update(table.collection, stored.id!, stored.rev, set))
  await followFiles(ctx, table.entity, stored, complete)
  await noteDirectoryChange(ctx, table.entity.name)
  await followLeaver(ctx, table.entity.name, stored, complete)
  await addHistory(ctx, table.entity.name, complete, options.kind ?? 'changed', changesBetween(table.entity, stored, complete), options.data)
  await updateDerived(ctx, table, stored, complete)
  return followChange(ctx, table, complete, options.kind === 'stage' ? 'stageTransition' : 'update', options.follows ? [] : changed)
}

const defaultsOf = (entity: CompiledEntity) => entity.own.map((f) => f.definition.defaultExpr).filter((d) => d !== undefined)
/** Every process keeps people and departments in memory; this makes them read again. */
export async function noteDirectoryChange(ctx: WriteContext, entity: string) {
  if (Object.values<string>(systemEntities).includes(entity)) await ctx.tx.bumpMetaVersion()
}

const rowFields = (entity: CompiledEntity) => entity.own.filter((f) => f.rows).map((f) => f.name)

function ownerFollows({ definition }: CompiledEntity, record: WireRecord, stored: WireRecord): boolean {
  return typeof definition.ownership === 'object' && record[definition.ownership.from] !== stored[definition.ownership.from]
}

/** Values of the wrong shape cannot be reasoned about further; other problems are collected with those of the rules. */
const shapeCodes = new Set<Problem['code']>(['unknownField', 'wrongType', 'badFormat', 'badDate', 'tooPrecise', 'notAnOption', 'badText', 'tooMany', 'duplicateItems'])
const shapeFailed = (problems: Problem[]) => problems.some((p) => shapeCodes.has(p.code))

function merge(ctx: Context, { entity }: Table, input: WireRecord, stored: WireRecord | undefined, { byPerson }: Pick<WriteOptions, 'byPerson'>) {
  const access = ctx.access.entity(entity.name)
  const merged = mergeInput(entity, input, {
    stored, byPerson, shape: shapeProblems, newId: ctx.newId,
    access: (field) => (byPerson ? fieldAccess(access, entity, field) : 'write'),
  })
  if (byPerson) merged.problems.push(...stageFieldProblems(entity, input, stored))
  return merged
}

/** Stages change by the transition command only; the pipeline is chosen when the record is created. */
function stageFieldProblems({ definition: { pipeline }, fields }: CompiledEntity, input: WireRecord, stored: WireRecord | undefined): Problem[] {
  if (!pipeline) return []
  const { pipelineField, activityField: _, ...engineFields } = pipeline
  const written = [...Object.values(engineFields), ...(stored ? [pipelineField] : [])]
  return written.filter((name) => input[name] !== undefined && !equalValues(input[name], stored?.[name]) && !fields.get(name)!.definition.readOnly)
    .map((name) => ({ path: `/${name}`, code: 'readOnly' as const, params: { label: fields.get(name)!.definition.label } }))
}

function firstStage(ctx: Context, { entity }: Table, record: WireRecord): WireRecord {
  const binding = entity.definition.pipeline
  if (!binding) return {}
  const pipelines = ctx.model.catalog.pipelines.get(entity.name) ?? []
  const given = record[binding.pipelineField]
  const pipeline = given === undefined || given === null ? (pipelines.length === 1 ? pipelines[0] : undefined) : pipelines.find((p) => p.name === given)
  return pipeline ? { ...stageValues(entity, pipeline, pipeline.stages[0]!, ctx.clock.now()), ...entered(ctx, pipeline) } : {}
}

export const versionInForce = ({ model: { published } }: Context, { kind, name }: Pipeline) => published.get(idOf(kind, name))!.version

/** What says by which version a record goes that enters the pipeline now. */
export const entered = (ctx: Context, pipeline: Pipeline) => entering(pipeline, versionInForce(ctx, pipeline))

/** Where nobody chose: the first pipeline whose condition the new record meets. */
async function selectedStage(ctx: WriteContext, table: Table, record: WireRecord): Promise<WireRecord> {
  const binding = table.entity.definition.pipeline
  if (!binding || !isEmpty(record[binding.stageField])) return {}
  const able = isEmpty(record[binding.pipelineField]) ? (ctx.model.catalog.pipelines.get(table.entity.name) ?? []).filter((p) => p.selectWhen !== undefined) : []
  const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, able.map((p) => p.selectWhen!)), ctx.model.catalog)
  const chosen = able.find((p) => holds(p.selectWhen!, scope))
  return firstStage(ctx, table, chosen ? { [binding.pipelineField]: chosen.name } : record)
}

async function finish(ctx: WriteContext, table: Table, record: WireRecord, stored: WireRecord | undefined, problems: Problem[], { byPerson }: WriteOptions): Promise<WireRecord> {
  const context = await relatedContext(ctx, table, record, table.entity.rulesRead)
  const complete = completeRecord(table.entity, record, { stored, context, catalog: ctx.model.catalog, byPerson })
  const all = [...problems, ...complete.problems, ...(await referenceProblems(ctx, table.entity, record, stored, byPerson)), ...(await fileProblems(ctx, table.entity, record, stored, byPerson))]
  if (all.length > 0) throw invalid(dedupe(all))
  return complete.record
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((p) => { const key = `${p.path} ${p.code} ${String(p.params?.rule ?? '')}`; return !seen.has(key) && seen.add(key) })
}

