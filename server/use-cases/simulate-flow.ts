/** What a flow would do, shown to who designs it and, as the people who will be asked, to who is about to submit. Nothing is written. */
import { computeRecord, entityOfFields, keyOf, mergeInput, presentNames, type Choices, type SimulatedStep, type Simulation, type WireRecord } from '../../runtime/engine'
import { AppError, invalid, reasonText, withMessages, type Problem } from '../../schemas/errors'
import type { Definition, Flow } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'
import { inPresentNames } from '../flows/pins'
import { simulateOn } from '../flows/simulate'
import { idOf } from '../model/model'
import type { Table } from '../model/tables'
import { ruleContextFor, visibleRecord } from '../records/load'
import { referenceProblems } from '../records/references'
import { within } from '../records/visibility'
import { anyTable, type Context } from './context'
import { assemble, documentsOf, readDrafts, removalsOf, requireStudio } from './definitions'

/** A record, or values of one that does not exist; who submits it (a person's id), the asking person unless given. */
export interface Trial { definition?: unknown; recordId?: string; sample?: WireRecord; initiator?: string; choices?: Choices }

export interface SimulatedFlow extends Omit<Simulation, 'effects' | 'stuck' | 'steps'> {
  stuck?: { node: string; reason: string }
  steps: (Omit<SimulatedStep, 'automatic'> & { automatic?: string })[]
  /** Ways that were taken, by id. */
  ways: string[]
  warnings: Problem[]
  /** Names of the people in it. */
  titles: Record<string, string>
}

/** The route of a flow, published or given, with people and due dates. 422 with what is wrong with the definition or the sample. */
export async function simulateFlow(ctx: Context, name: string, { definition, recordId, sample, initiator = ctx.me.id, choices = {} }: Trial): Promise<SimulatedFlow> {
  requireStudio(ctx)
  const flow = definition === undefined ? publishedFlow(ctx, name) : await soundFlow(ctx, name, definition)
  if (!ctx.model.directory.person(initiator)) throw invalid([{ path: '/initiator', code: 'noSuchRecord', params: { label: { en: 'Initiator', zh: '发起人' } } }])
  const subject = recordId === undefined ? await sampleOf(ctx, flow.entity, sample ?? {}) : await visibleRecord(ctx, flow.entity, recordId)
  const { effects: _done, stuck, ...simulated } = await simulateOn(ctx, { flow, ...subject, initiator, choices })
  const warnings = simulated.warnings.map((w) => named(ctx, w))
  const steps = simulated.steps.map(({ automatic, ...step }) => ({ ...step, ...(automatic !== undefined && { automatic: reasonText(automatic, ctx.language) }) }))
  return { ...simulated, steps, ...(stuck && { stuck: { ...stuck, reason: reasonText(stuck.reason, ctx.language) } }), warnings: withMessages(warnings, ctx.language), ways: simulated.steps.flatMap((s) => s.way ?? []), titles: namesOf(ctx, simulated) }
}

/** Who will be asked when the person submits the record now: nodes with people only, and no conditions. Who may submit, may know. */
export async function previewFlow(ctx: Context, entity: string, id: string, name: string) {
  const { table, record } = await visibleRecord(ctx, entity, id)
  if (!(await within(ctx, table.entity, 'update', ctx.access.entity(entity)?.flows.get(name), record))) throw new AppError(403, 'forbidden')
  const flow = publishedFlow(ctx, name)
  if (flow.entity !== entity) throw new AppError(404, 'notFound')
  const { status, steps } = await simulateOn(ctx, { flow, table, record, initiator: ctx.me.id })
  const asking = steps.filter((s) => s.asked.length > 0)
  return {
    status,
    steps: asking.map(({ node, asked, dueAt }) => ({ node, label: flow.nodes.find((n) => n.id === node)!.label ?? null, asked, ...(dueAt !== undefined && { dueAt }) })),
    titles: namesOf(ctx, { steps: asking }),
  }
}

export function publishedFlow(ctx: Context, name: string): Flow {
  const published = ctx.model.published.get(idOf('flow', name))
  if (!published) throw new AppError(404, 'noSuchDefinition', { kind: 'flow', name })
  return inPresentNames(ctx, published).body as Flow
}

/** A draft of the flow that could be published as far as it goes; 422 with everything that is wrong with it. */
export async function soundFlow(ctx: Context, name: string, given: unknown): Promise<Flow> {
  const flow = given as Flow
  if (flow?.kind !== 'flow' || flow.name !== name) throw invalid([{ path: '/definition/name', code: 'badMember', params: { reason: name } }])
  const drafts = (await readDrafts(ctx)).filter((d) => idOf(d.kind, d.key) !== idOf('flow', name))
  const { problems } = assemble(ctx.model, [...documentsOf(drafts), flow as Definition], removalsOf(drafts))
  const own = problems.filter((p) => p.kind === 'flow' && p.key === keyOf(flow)).map(({ path, code, params }): Problem => ({ path: `/definition${path}`, code, ...(params && { params }) }))
  if (own.length > 0) throw invalid(own)
  return flow
}

/**
 * A record that does not exist, of values as one would enter them; what is missing is left empty. Computed fields may be given too, as
 * roll-ups have no rows to come from. It takes no right on such records; what references lead to must be visible.
 */
async function sampleOf(ctx: Context, entity: string, sample: WireRecord): Promise<{ table: Table; record: WireRecord; fixed: WireRecord }> {
  const table = anyTable(ctx, entity)
  const fields = [...table.entity.fields.values()].filter((f) => !f.system || f.name === 'owner')
  const loose = entityOfFields(entity, table.entity.definition.label, fields.map((f) => ({ ...f.effective, name: f.name, label: f.definition.label })))
  const { record: given, problems } = mergeInput(loose, presentNames(table.entity, sample), { stored: undefined, byPerson: false, shape: shapeProblems, newId: ctx.newId, access: () => 'write' })
  const unseen = problems.length > 0 ? [] : await referenceProblems(ctx, table.entity, given, undefined, true)
  if (problems.length + unseen.length > 0) throw invalid([...problems, ...unseen].map((p) => ({ ...p, path: `/sample${p.path}` })))
  const record = { ...given, id: ctx.newId(), rev: 1, owner: given.owner ?? ctx.me.id }
  const computed = computeRecord(table.entity, record, await ruleContextFor(ctx, table, record, table.entity.rulesRead), ctx.model.catalog).record
  const fixed = Object.fromEntries(fields.filter((f) => f.computed && given[f.name] !== undefined).map((f) => [f.name, given[f.name]]))
  return { table, record: { ...computed, ...fixed }, fixed }
}

export function namesOf(ctx: Context, { steps }: Pick<Simulation, 'steps'>): Record<string, string> {
  return Object.fromEntries(steps.flatMap((s) => [...s.asked, ...(s.told ?? [])]).map((id) => [id, ctx.model.directory.nameOf(id) ?? id]))
}

const named = (ctx: Context, { params, ...problem }: Problem): Problem => ({ ...problem, ...(params && { params: { ...params, ...(typeof params.person === 'string' && { person: ctx.model.directory.nameOf(params.person) }) } }) })
