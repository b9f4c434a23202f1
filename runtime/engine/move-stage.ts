/**
 * The rules of moving a record to another stage: order, roles, reasons, required fields, criteria, gate. Pure; every path (screen,
 * board, API, action, import) asks here. Source: flows.md, rule 24.
 */
import { broken, ExpressionError, holds } from '../../schemas/expressions'
import type { Label, Pipeline, Stage } from '../../schemas/generated/types'
import type { Problem } from '../../schemas/errors'
import { stageOf, type Catalog, type CompiledEntity, type RuleContext, type WireRecord } from './model'
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
}

/** conflict: the state does not allow the move at all. forbidden: others may. invalid: something is missing. */
export type Verdict =
  | { kind: 'allowed'; from: Stage; to: Stage; /** An approval that must be granted first. */ gate?: string }
  | { kind: 'conflict' | 'forbidden' | 'invalid'; problems: Problem[] }

export function judgeMove(move: Move): Verdict {
  const { entity, pipeline, record, to } = move
  const from = stageOf(pipeline, record[entity.definition.pipeline!.stageField])
  const target = stageOf(pipeline, to)
  if (!from || !target) return { kind: 'invalid', problems: [{ path: '/to', code: 'noSuchStage', params: { name: to } }] }
  if (from === target) return { kind: 'conflict', problems: [{ path: '/to', code: 'sameStage' }] }
  const closed = closedProblem(from, target, move)
  if (closed) return { kind: 'conflict', problems: [closed] }
  const role = roleProblem(from, target, move)
  if (role) return { kind: 'forbidden', problems: [role] }
  const problems = [...orderProblems(from, target, move), ...reasonProblems(from, target, move), ...requiredProblems(target, move), ...criteriaProblems(from, target, move)]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const { gate } = target
  return { kind: 'allowed', from, to: target, ...(gate && applies(gate.when, move) && { gate: gate.flow }) }
}

const isClosed = (stage: Stage) => stage.category === 'won' || stage.category === 'lost'

function closedProblem(from: Stage, _target: Stage, { pipeline, context, catalog }: Move): Problem | undefined {
  if (!isClosed(from)) return undefined
  const reopen = pipeline.policies?.reopen ?? []
  if (reopen.length === 0) return { path: '/to', code: 'closedForever' }
  return reopen.some((r) => context.me.roles.includes(r)) ? undefined : { path: '/to', code: 'closedRecord', params: { roles: roleLabels(reopen, catalog) } }
}

const roleLabels = (roles: string[], catalog: Catalog) => roles.map((r): Label | string => catalog.roles.get(r)?.label ?? r)

const rulesFor = (from: Stage, to: Stage, { pipeline }: Move) => pipeline.transitions?.filter((t) => (t.from === '*' || t.from === from.id) && t.to === to.id) ?? []

function roleProblem(from: Stage, to: Stage, move: Move): Problem | undefined {
  const demanded = rulesFor(from, to, move).find((t) => t.roles?.length && !t.roles.some((r) => move.context.me.roles.includes(r)))
  return demanded && { path: '/to', code: 'roleRequired', params: { roles: roleLabels(demanded.roles!, move.catalog) } }
}

/** Open and won stages follow each other; lost and paused can be entered from anywhere. */
function orderProblems(from: Stage, to: Stage, { pipeline, before, comment }: Move): Problem[] {
  if (to.category === 'lost' || to.category === 'paused') return []
  const line = pipeline.stages.filter((s) => s.category === 'open' || s.category === 'won')
  const start = line.indexOf(from.category === 'open' ? from : (stageOf(pipeline, before) ?? line[0]!))
  const target = line.indexOf(to)
  if (target < start || (isClosed(from) && target <= start)) return backwardProblems(pipeline, comment)
  const next = line.slice(start + 1).find((s) => s.category === 'open') ?? to
  const skips = line.slice(start + 1, target).some((s) => s.category === 'open')
  return skips && pipeline.policies?.skip !== 'allow' ? [{ path: '/to', code: 'stageSkipped', params: { next: next.label } }] : []
}

function backwardProblems(pipeline: Pipeline, comment: string | null): Problem[] {
  const policy = pipeline.policies?.backward ?? 'withReason'
  if (policy === 'forbid') return [{ path: '/to', code: 'stageBackward' }]
  return policy === 'withReason' && !comment ? [{ path: '/comment', code: 'commentRequired' }] : []
}

function reasonProblems(from: Stage, to: Stage, move: Move): Problem[] {
  const names = rulesFor(from, to, move).filter((t) => t.reasonRequired && t.reasonField !== undefined).map((t) => t.reasonField!)
  return missingFields(names, move)
}

const requiredProblems = (to: Stage, move: Move) => missingFields(to.requiredFields ?? [], move)

function missingFields(names: string[], { entity, record }: Move): Problem[] {
  return names.map((name) => entity.fields.get(name)!).filter((f) => isEmpty(record[f.name])).map((f) => missing(`/${f.name}`, f))
}

/** Leaving is judged on the way forward only. */
function criteriaProblems(from: Stage, to: Stage, move: Move): Problem[] {
  const order = (s: Stage) => move.pipeline.stages.indexOf(s)
  const forward = (to.category === 'open' || to.category === 'won') && order(to) > order(from)
  const criteria = [...(forward ? (from.exitCriteria ?? []) : []), ...(to.entryCriteria ?? [])]
  const scope = criteria.length > 0 ? scopeOf(move.entity, move.record, move.context, move.catalog) : undefined
  return criteria.filter(({ rule }) => !met(() => holds(rule, scope!))).map(({ id, message }) => ({ path: '', code: 'criterionUnmet' as const, params: { text: message, rule: id } }))
}

const applies = (when: string | undefined, move: Move) => when === undefined || !met(() => broken(when, scopeOf(move.entity, move.record, move.context, move.catalog)))

/** A condition that cannot be evaluated is not met: a gate stays shut. */
function met(test: () => boolean): boolean {
  try { return test() } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

/** What the engine writes into the record when it enters a stage. */
export function stageValues(entity: CompiledEntity, pipeline: Pipeline, stage: Stage): WireRecord {
  const binding = entity.definition.pipeline!
  return {
    [binding.pipelineField]: pipeline.name,
    [binding.stageField]: stage.id,
    [binding.statusField]: stage.category,
    ...(binding.probabilityField && stage.probability !== undefined && { [binding.probabilityField]: percentOf(entity, binding.probabilityField, stage.probability) }),
    ...(binding.phaseField && stage.phase !== undefined && { [binding.phaseField]: stage.phase }),
  }
}

function percentOf(entity: CompiledEntity, field: string, percent: number): unknown {
  const { type, definition } = entity.fields.get(field)!
  return type.normalise?.(String(percent), definition) ?? percent
}
