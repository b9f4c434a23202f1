/** The one transition command of a stage: screen, board, API, action, import and approved gates all come here. */
import { formerOf, judgeMove, mergeInput, pipelineOf, presentNames, stageAfterSwitch, stageOf, stageValues, staysIn, type Move, type Verdict, type WireRecord, fieldAccess } from '../../runtime/engine'
import { AppError, invalid } from '../../schemas/errors'
import type { Label, Pipeline, Stage } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'
import { runEffects, type Created } from '../effects'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { refuseUnseen } from '../records/brought'
import { loadRecord, ruleContextFor } from '../records/load'
import { changeRecord, entered, versionInForce } from '../records/write'
import { asEngine, readerOf, type Context, type WriteContext } from '../use-cases/context'
import { checksOf } from './checklist'
import { activeInstance } from './instances'
import { startFlow } from './start-flow'

export interface MoveRequest {
  /** The stage. May be left out where a record changes over to another pipeline, whose map then says it. */
  to?: string | undefined
  /** The pipeline the record changes over to, in the version in force; its own where it goes by a former one. */
  pipeline?: string
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
  if (request.byPerson) await refuseUnseen(ctx, table.entity, withFields(ctx, table, record, request), record)
  const judged = await judge(ctx, table, record, request)
  const { verdict } = judged
  if (verdict.kind !== 'allowed') throw refusal(verdict, { rev: record.rev, stage: record[table.entity.definition.pipeline!.stageField] })
  if (verdict.gate !== undefined && !request.granted) return waitForGate(ctx, table, record, request, verdict.to, verdict.gate)
  return enter(ctx, table, record, request, judged, verdict)
}

/** Writes the move and does what leaving and entering cause; a record that stays in its stage does neither. */
async function enter(ctx: WriteContext, table: Table, record: WireRecord, request: MoveRequest, { pipeline, switchTo, candidate }: Judged, { from, to }: Allowed): Promise<Moved> {
  const stays = staysIn({ pipeline, from, to }, { switchTo })
  const written = Object.keys(request.fields)
  const values = { ...Object.fromEntries(written.map((name) => [name, candidate[name]])), ...stageValues(table.entity, switchTo ?? pipeline, to, stays ? undefined : ctx.clock.now()) }
  const engine = asEngine(ctx, `stage:${to.id}`)
  const data = { from: from.id, to: to.id, fromLabel: from.label, toLabel: to.label, comment: request.comment, days: await daysInStage(ctx, table, record), ...(switchTo && switched(ctx, table, record, pipeline, switchTo)) }
  const moved = await changeRecord(engine, table, record, values, { byPerson: false, kind: stays ? 'version' : 'stage', data, ...(switchTo && { system: entered(ctx, switchTo) }) })
  if (stays) return { record: moved, created: [] }
  const run = await runEffects([...(from.onExit ?? []), ...(to.onEnter ?? [])], { ctx: engine, table, record: moved, extra: {}, created: [] })
  return { record: run.record, created: run.created }
}

/** Kept with the change over: from which pipeline to which, or between which versions of one. */
function switched(ctx: Context, { entity }: Table, record: WireRecord, from: Pipeline, to: Pipeline) {
  const former = to.name === from.name ? formerOf(ctx.model.catalog, entity, record) : undefined
  return former ? { pipeline: to.label, fromVersion: former.version, toVersion: versionInForce(ctx, to) } : { fromPipeline: from.label, toPipeline: to.label }
}

type Allowed = Extract<Verdict, { kind: 'allowed' }>
interface Judged { pipeline: Pipeline; switchTo: Pipeline | undefined; verdict: Verdict; candidate: WireRecord }

/** What the rules say of a move, without making it. */
export async function judge(ctx: Context, table: Table, record: WireRecord, request: MoveRequest): Promise<Judged> {
  const { entity } = table
  const { stageField } = entity.definition.pipeline ?? {}
  const pipeline = pipelineOf(ctx.model.catalog, entity, record)
  if (!pipeline || stageField === undefined) throw new AppError(409, 'noSuchStage', { name: request.to })
  const switchTo = request.pipeline === undefined ? undefined : otherPipeline(ctx, table, pipeline, request.pipeline)
  const to = switchTo ? stageOfSwitch(pipeline, record[stageField], switchTo, request.to) : request.to!
  const candidate = withFields(ctx, table, record, request)
  const context = await ruleContextFor(ctx, table, candidate, sourcesOf(switchTo ?? pipeline, pipeline, to, record[stageField]))
  const done = new Set((await checksOf(ctx, table, record)).map(({ item }) => item))
  const pending = request.granted ? undefined : await pendingStage(ctx, table, record)
  const move: Move = { entity, pipeline, record: candidate, to, comment: request.comment, before: await stageBefore(ctx, record), context, catalog: ctx.model.catalog, done, ...(switchTo && { switchTo }), ...(pending && { pending }) }
  return { pipeline, switchTo, verdict: judgeMove(move), candidate }
}

function otherPipeline(ctx: Context, { entity }: Table, present: Pipeline, name: string): Pipeline {
  const found = ctx.model.catalog.pipelines.get(entity.name)?.find((p) => p.name === name)
  const { label } = entity.fields.get(entity.definition.pipeline!.pipelineField)!.definition
  if (!found || found === present) throw invalid([{ path: '/to', code: 'notAnOption', params: { label, value: name } }])
  return found
}

function stageOfSwitch(from: Pipeline, stage: unknown, to: Pipeline, wanted: string | undefined): string {
  const next = stageAfterSwitch(from, stage, to)?.id ?? wanted
  if (next === undefined) throw invalid([{ path: '/stage', code: 'chooseStage' }])
  return next
}

/** The stage that a running approval will move the record to. */
async function pendingStage(ctx: Context, { entity }: Table, record: WireRecord): Promise<Label | undefined> {
  const purpose = (await activeInstance(ctx, record.id!))?.purpose
  if (purpose?.kind !== 'stage') return undefined
  const { catalog } = ctx.model
  const pipeline = purpose.pipeline === undefined ? pipelineOf(catalog, entity, record) : catalog.pipelines.get(entity.name)?.find((p) => p.name === purpose.pipeline)
  return stageOf(pipeline, purpose.to)?.label ?? { en: purpose.to, zh: purpose.to }
}

function withFields(ctx: Context, { entity }: Table, record: WireRecord, { fields, byPerson }: MoveRequest): WireRecord {
  const access = ctx.access.entity(entity.name)
  const merged = mergeInput(entity, fields, { stored: record, byPerson, shape: shapeProblems, newId: ctx.newId, access: (f) => (byPerson ? fieldAccess(access, entity, f) : 'write') })
  if (merged.problems.length > 0) throw invalid(merged.problems)
  return merged.record
}

function sourcesOf(pipeline: Pipeline, former: Pipeline, to: string, from: unknown): string[] {
  const stages = [stageOf(pipeline, to), stageOf(former, from)].filter((s) => s !== undefined)
  return stages.flatMap((s) => [...(s.entryCriteria ?? []), ...(s.exitCriteria ?? [])].map((c) => c.rule).concat(s.gate?.when ?? []))
}

function refusal(verdict: Exclude<Verdict, { kind: 'allowed' }>, current: { rev?: number; stage: unknown }): AppError {
  if (verdict.kind === 'invalid') return invalid(verdict.problems)
  const first = verdict.problems[0]!
  return new AppError(verdict.kind === 'conflict' ? 409 : 403, first.code, first.params, verdict.problems, verdict.kind === 'conflict' ? current : undefined)
}

async function waitForGate(ctx: WriteContext, table: Table, record: WireRecord, request: MoveRequest, { id: to, label }: Stage, flow: string): Promise<Moved> {
  const purpose = { kind: 'stage' as const, to, label, fields: request.fields, comment: request.comment, ...(request.pipeline !== undefined && { pipeline: request.pipeline }) }
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
export async function daysInStage(ctx: Context, { entity }: Table, record: WireRecord): Promise<number> {
  const since = record[entity.definition.pipeline!.sinceField ?? ''] ?? (await stageMoves(ctx, record))?.at ?? record.createdAt
  return Math.floor((Date.parse(ctx.clock.now()) - Date.parse(since as string)) / 86_400_000)
}
