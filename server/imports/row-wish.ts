/** What a row asks for, before anything is looked up or written. */
import { mergeInput, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import type { Filter } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'
import type { Table } from '../model/tables'
import type { Context } from '../use-cases/context'
import { convert, fill, type Filled, type Surroundings } from './convert'
import type { Lookups } from './lookups'
import type { Step } from './mapping-types'
import type { Row } from './read-csv'

/** A step under way. */
export interface StepRun {
  step: Step
  table: Table
  ctx: Context
  lookups: Lookups
  /** Keys that rows had so far. */
  keys: Set<string>
  /** Values of the distinct columns so far. */
  distinct: Set<string>
}

export interface Wish extends Filled {
  /** Finds the row's record; undefined when the row does not say which. */
  key: Filter | undefined
  stage?: { to: string; fields: WireRecord }
}

/** Whether the mapping passes a row over in silence. */
export function isPassedOver({ step, distinct }: StepRun, { cells }: Row): boolean {
  if (step.skipWhenEmpty !== undefined && cells.get(step.skipWhenEmpty) === '') return true
  return step.distinct !== undefined && !isNew(distinct, JSON.stringify(step.distinct.map((name) => cells.get(name))))
}

function isNew(known: Set<string>, value: string): boolean {
  return !known.has(value) && known.add(value).has(value)
}

/** Converts a row. Its faults stand among the problems of the wish. */
export function wishOf(run: StepRun, { cells }: Row): Wish {
  const { step, table: { entity } } = run
  const around: Surroundings = { cells, lookups: run.lookups, labelOf: (name) => run.ctx.model.catalog.entities.get(name)!.definition.label }
  const filled = fill(step.fields, entity, around)
  const wish: Wish = { ...filled, key: keyOf(run, filled) }
  if (step.stage) addStage(wish, run, around)
  return wish
}

/** A key that is incomplete, or that an earlier row of the file had, is a problem. */
function keyOf({ step: { match }, table: { entity }, keys }: StepRun, { input, problems }: Filled): Filter | undefined {
  const label = (name: string) => entity.fields.get(name)!.definition.label
  problems.push(...match.filter((name) => input[name] === null).map((name): Problem => ({ path: `/${name}`, code: 'required', params: { label: label(name) } })))
  if (match.some((name) => input[name] === null || input[name] === undefined)) return undefined
  if (!isNew(keys, JSON.stringify(match.map((name) => input[name])))) problems.push({ path: `/${match[0]}`, code: 'duplicate', params: { fields: match.map(label) } })
  return { and: match.map((field): Filter => ({ field, op: 'eq', value: input[field] as never })) }
}

function addStage(wish: Wish, { step: { stage }, table: { entity } }: StepRun, around: Surroundings) {
  const { label } = entity.fields.get(entity.definition.pipeline!.stageField)!.definition
  const { value, column, problems } = convert(stage!.to, label, '/to', around)
  const filled = fill(stage!.fields ?? {}, entity, around)
  if (typeof value === 'string') wish.stage = { to: value, fields: filled.input }
  wish.problems.push(...problems, ...filled.problems)
  for (const [name, from] of [['to', column] as const, ...filled.columns]) if (!wish.columns.has(name)) wish.columns.set(name, from)
}

/**
 * Moves values that do not suit their field from the input to the problems; whether there were any. The use-cases look no further when
 * there is one, and a row is to hear of all its problems at once.
 */
export function dropMisfits(wish: Wish, { entity }: Table): boolean {
  const misfits = [wish.input, wish.stage?.fields ?? {}].flatMap((input) => misfitsIn(input, entity))
  wish.problems.push(...misfits)
  return misfits.length > 0
}

/** Shape is looked at before content, so that leaving out the one can bring the other to light. */
function misfitsIn(input: WireRecord, entity: CompiledEntity): Problem[] {
  const { problems } = mergeInput(entity, input, { stored: undefined, byPerson: true, shape: shapeProblems, access: () => 'write', newId: () => '' })
  const wrong = problems.map(fieldOf).filter((name) => Object.hasOwn(input, name))
  for (const name of wrong) delete input[name]
  return wrong.length > 0 ? [...problems, ...misfitsIn(input, entity)] : []
}

/** The field a problem is about. */
export const fieldOf = ({ path }: Problem) => path.split('/')[1] ?? ''
