/** The one transition command of a stage: screen, board, API, action, import and approved gates all come here. */
import { judgeMove, mergeInput, pipelineOf, presentNames, stageValues, type Move, type Verdict, type WireRecord, fieldAccess } from '../../runtime/engine'
import { AppError, invalid } from '../../schemas/errors'
import type { Pipeline, Stage } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'
import { runEffects, type Created } from '../effects'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { fileProblems } from '../records/files'
import { loadRecord, ruleContextFor } from '../records/load'
import { changeRecord } from '../records/write'
import { asEngine, readerOf, type Context, type WriteContext } from '../use-cases/context'
import { startFlow } from './start-flow'

export interface MoveRequest {
  to: string
  /** Fields that are filled in with the move. */
  fields: WireRecord
  comment: string | null
  byPerson: boolean
  /** The gate was granted; do not ask for it again. */
  granted?: boolean
}
export interface Moved { record: WireRecord; created: Created[]; /** Approval that must be granted first. */ pending?: string }

export async function moveRecord(ctx: WriteContext, table: Table, record: WireRecord, given: MoveRequest): Promise<Moved> {
  const request = { ...given, fields: presentNames(table.entity, given.fields) }
  const { pipeline, verdict, candidate } = await judge(ctx, table, record, request)
  if (verdict.kind !== 'allowed') throw refusal(verdict, { rev: record.rev, stage: record[table.entity.definition.pipeline!.stageField] })
  if (request.byPerson) await refuseFiles(ctx, table, candidate, record)
  if (verdict.gate !== undefined && !request.granted) return waitForGate(ctx, table, record, request, verdict.gate)
  const written = Object.keys(request.fields)
  const values = { ...Object.fromEntries(written.map((name) => [name, candidate[name]])), ...stageValues(table.entity, pipeline, verdict.to) }
  const engine = asEngine(ctx, `stage:${verdict.to.id}`)
  const data = { from: verdict.from.id, to: verdict.to.id, fromLabel: verdict.from.label, toLabel: verdict.to.label, comment: request.comment, days: await daysInStage(ctx, record) }
  const moved = await changeRecord(engine, table, record, values, { byPerson: false, kind: 'stage', data })
  const run = await runEffects(verdict.to.onEnter ?? [], { ctx: engine, table, record: moved, extra: {}, created: [] })
  return { record: run.record, created: run.created }
}

/** What the rules say of a move, without making it. */
export async function judge(ctx: Context, table: Table, record: WireRecord, request: MoveRequest): Promise<{ pipeline: Pipeline; verdict: Verdict; candidate: WireRecord }> {
  const { entity } = table
  const pipeline = pipelineOf(ctx.model.catalog, entity, record)
  if (!pipeline) throw new AppError(409, 'noSuchStage', { name: request.to })
  const target = pipeline.stages.find((s) => s.id === request.to)
  const candidate = withFields(ctx, table, record, request)
  const context = await ruleContextFor(ctx, table, candidate, sourcesOf(pipeline, target, record[entity.definition.pipeline!.stageField]))
  const move: Move = { entity, pipeline, record: candidate, to: request.to, comment: request.comment, before: await stageBefore(ctx, record), context, catalog: ctx.model.catalog }
  return { pipeline, verdict: judgeMove(move), candidate }
}

/** The record is written with the engine's rights, so what the person brings along is judged here. */
async function refuseFiles(ctx: Context, { entity }: Table, candidate: WireRecord, record: WireRecord): Promise<void> {
  const problems = await fileProblems(ctx, entity, candidate, record, true)
  if (problems.length > 0) throw invalid(problems)
}

function withFields(ctx: Context, { entity }: Table, record: WireRecord, { fields, byPerson }: MoveRequest): WireRecord {
  const access = ctx.access.entity(entity.name)
  const merged = mergeInput(entity, fields, { stored: record, byPerson, shape: shapeProblems, newId: ctx.newId, access: (f) => (byPerson ? fieldAccess(access, entity, f) : 'write') })
  if (merged.problems.length > 0) throw invalid(merged.problems)
  return merged.record
}

function sourcesOf(pipeline: Pipeline, target: Stage | undefined, from: unknown): string[] {
  const stages = [target, pipeline.stages.find((s) => s.id === from)].filter((s) => s !== undefined)
  return stages.flatMap((s) => [...(s.entryCriteria ?? []), ...(s.exitCriteria ?? [])].map((c) => c.rule).concat(s.gate?.when ?? []))
}

function refusal(verdict: Exclude<Verdict, { kind: 'allowed' }>, current: { rev?: number; stage: unknown }): AppError {
  if (verdict.kind === 'invalid') return invalid(verdict.problems)
  const first = verdict.problems[0]!
  return new AppError(verdict.kind === 'conflict' ? 409 : 403, first.code, first.params, verdict.problems, verdict.kind === 'conflict' ? current : undefined)
}

async function waitForGate(ctx: WriteContext, table: Table, record: WireRecord, request: MoveRequest, flow: string): Promise<Moved> {
  const purpose = { kind: 'stage' as const, to: request.to, fields: request.fields, comment: request.comment }
  const instance = await startFlow(ctx, table, record, flow, { comment: request.comment, purpose })
  return { record: (await loadRecord(ctx, table, record.id!)) ?? record, created: [], pending: instance.id }
}

async function stageMoves(ctx: Context, record: WireRecord) {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record.id! }, { path: ['kind'], op: 'eq' as const, value: 'stage' }] }
  const [last] = await readerOf(ctx).find(collections.history, { where, sort: [{ column: 'at', descending: true }], limit: 1 })
  return last
}

/** The stage a record was in before its present one. */
async function stageBefore(ctx: Context, record: WireRecord): Promise<string | undefined> {
  return ((await stageMoves(ctx, record))?.data as { from?: string } | undefined)?.from
}

/** Whole days since the record entered its stage. */
export async function daysInStage(ctx: Context, record: WireRecord): Promise<number> {
  const since = (await stageMoves(ctx, record))?.at ?? record.createdAt
  return Math.floor((Date.parse(ctx.clock.now()) - Date.parse(since as string)) / 86_400_000)
}
