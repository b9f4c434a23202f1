/**
 * The rules of moving a record to another stage: order, roles, reasons, required fields, criteria, gate. Pure; every path (screen,
 * board, API, action, import) asks here. Source: flows.md, rule 24.
 */
import { broken, ExpressionError, holds } from '../../schemas/expressions'
import type { Label, Pipeline, Stage } from '../../schemas/generated/types'
import type { Problem } from '../../schemas/errors'
import { closedProblem, isForward, orderProblems, roleMissing, transitionsOf, type Way } from './stage-order'
import { formerOf, presentPipeline, stageOf, type Catalog, type CompiledEntity, type RuleContext, type WireRecord } from './model'
import { scopeOf } from './scope'
import { isEmpty, missing } from './write-record'

export interface Move {
  entity: CompiledEntity
  pipeline: Pipeline
  /** The record with the fields that come with the move already in it. */
  record: WireRecord
  to: string
  comment: string | null
  /** The open stage a paused or closed record was in before. */
  before: string | undefined
  context: RuleContext
  catalog: Catalog
  /** Items of the present stage's checklist that are done. */
  done?: ReadonlySet<string>
  /** The stage a running approval will move the record to: until then it stays. */
  pending?: Label
  /** The pipeline the record changes over to; `to` is a stage of it. Order does not count then. */
  switchTo?: Pipeline
}

/** conflict: the state does not allow the move at all. forbidden: others may. invalid: something is missing. */
export type Verdict =
  | { kind: 'allowed'; from: Stage; to: Stage; /** An approval that must be granted first. */ gate?: string }
  | { kind: 'conflict' | 'forbidden' | 'invalid'; problems: Problem[] }

export function judgeMove(move: Move): Verdict {
  const { entity, pipeline, switchTo = pipeline, record, to, before, comment, catalog, context: { me: { roles } } } = move
  const from = stageOf(pipeline, record[entity.definition.pipeline!.stageField])
  const target = stageOf(switchTo, to)
  if (!from || !target) return { kind: 'invalid', problems: [unknownStage(move)] }
  if (from === target) return { kind: 'conflict', problems: [{ path: '/to', code: 'sameStage' }] }
  const way: Way = { pipeline, from, to: target, before, comment, roles, catalog }
  if (move.pending !== undefined) return { kind: 'conflict', problems: [{ path: '/to', code: 'gatePending', params: { stage: move.pending } }] }
  const closed = closedProblem(way)
  if (closed) return { kind: 'conflict', problems: [closed] }
  const order = move.switchTo ? [] : orderProblems(way)
  const role = transitionsOf(way).map((t) => t.roles?.length && roleMissing(t.roles, way)).find((p) => p) || order.find((p) => p.code === 'roleRequired')
  if (role) return { kind: 'forbidden', problems: [role] }
  const problems = [...order, ...reasonProblems(way, move), ...requiredProblems(target, move), ...checklistProblems(way, move), ...criteriaProblems(way, move)]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const { gate } = target
  const asked = gate !== undefined && !(staysIn(way, move) && from.gate?.flow === gate.flow)
  return { kind: 'allowed', from, to: target, ...(asked && applies(gate.when, move) && { gate: gate.flow }) }
}

/** Whether a record that changes over to the present version of its pipeline stays in its stage: it neither leaves nor enters it then. */
export const staysIn = ({ pipeline, from, to }: Pick<Way, 'pipeline' | 'from' | 'to'>, { switchTo }: Pick<Move, 'switchTo'>) => switchTo?.name === pipeline.name && from.id === to.id

function unknownStage({ catalog, entity, record, to, switchTo }: Move): Problem {
  const former = switchTo ? undefined : formerOf(catalog, entity, record)
  const stage = former && stageOf(presentPipeline(catalog, entity, record), to)
  return stage ? { path: '/to', code: 'stageOfPresent', params: { stage: stage.label, version: former.version } } : { path: '/to', code: 'noSuchStage', params: { name: to } }
}

function reasonProblems(way: Way, move: Move): Problem[] {
  const names = transitionsOf(way).filter((t) => t.reasonRequired && t.reasonField !== undefined).map((t) => t.reasonField!)
  return missingFields(names, move)
}

const requiredProblems = (to: Stage, move: Move) => missingFields(to.requiredFields ?? [], move)

function missingFields(names: string[], { entity, record }: Move): Problem[] {
  return names.map((name) => entity.fields.get(name)!).filter((f) => isEmpty(record[f.name])).map((f) => missing(`/${f.name}`, f))
}

/** Leaving is judged on the way forward only. */
function criteriaProblems(way: Way, move: Move): Problem[] {
  const criteria = [...(leaves(way, move) ? (way.from.exitCriteria ?? []) : []), ...(way.to.entryCriteria ?? [])]
  const scope = criteria.length > 0 ? scopeOf(move.entity, move.record, move.context, move.catalog) : undefined
  return criteria.filter(({ rule }) => !met(() => holds(rule, scope!))).map(({ id, message }) => ({ path: '', code: 'criterionUnmet' as const, params: { text: message, rule: id } }))
}

function checklistProblems(way: Way, move: Move): Problem[] {
  const open = leaves(way, move) ? (way.from.checklist ?? []).filter(({ id, required }) => required && !move.done?.has(id)) : []
  return open.map(({ id, text }) => ({ path: '', code: 'checklistOpen' as const, params: { text, rule: id } }))
}

/** A record that changes over to another pipeline leaves nothing behind it there. */
const leaves = (way: Way, { switchTo }: Move) => switchTo === undefined && isForward(way)

const applies = (when: string | undefined, move: Move) => when === undefined || !met(() => broken(when, scopeOf(move.entity, move.record, move.context, move.catalog)))

/** A condition that cannot be evaluated is not met: a gate stays shut. */
function met(test: () => boolean): boolean {
  try { return test() } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

/** Where a record goes that changes over: by the map, else to the stage of the same name; undefined: the person says. */
export function stageAfterSwitch(from: Pipeline, stage: unknown, to: Pipeline): Stage | undefined {
  const mapped = to.policies?.onPipelineSwitch?.stageMap?.[`${from.name}.${String(stage)}`]
  return stageOf(to, mapped ?? stage)
}

/** What the engine writes into the record when it enters a stage. `now`: ISO 8601 in UTC; left out where the record was in it before. */
export function stageValues(entity: CompiledEntity, pipeline: Pipeline, stage: Stage, now?: string): WireRecord {
  const binding = entity.definition.pipeline!
  return {
    [binding.pipelineField]: pipeline.name,
    [binding.stageField]: stage.id,
    [binding.statusField]: stage.category,
    ...(binding.probabilityField && stage.probability !== undefined && { [binding.probabilityField]: percentOf(entity, binding.probabilityField, stage.probability) }),
    ...(binding.sinceField && now !== undefined && { [binding.sinceField]: now }),
    ...(binding.phaseField && stage.phase !== undefined && { [binding.phaseField]: stage.phase }),
  }
}

function percentOf(entity: CompiledEntity, field: string, percent: number): unknown {
  const { type, definition } = entity.fields.get(field)!
  return type.normalise?.(String(percent), definition) ?? percent
}
