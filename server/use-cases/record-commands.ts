import { fieldStates, formerOf, pipelineOf, scopeOf, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import { checksOf, type Check } from '../flows/checklist'
import { activeInstance, flowOf, type Instance } from '../flows/instances'
import { daysInStage, judge } from '../flows/move-record'
import { deletable } from '../flows/lock'
import type { StagePurpose } from '../flows/purposes'
import type { Table } from '../model/tables'
import { defaultsOf } from '../records/input'
import { relatedContext, ruleContextFor, visibleRecord } from '../records/load'
import { versionInForce } from '../records/write'
import { mayUse, within } from '../records/visibility'
import { systemEntities } from '../../schemas/system'
import { holds, ExpressionError } from '../../schemas/expressions'
import { mayShare } from './shares'
import { submittedByPeople } from './submit-flow'
import { actionScope, isAvailable, unavailable } from './run-action'
import type { Context } from './context'

interface Offer { name: string; available: boolean; problem?: Problem }
export interface Commands {
  update: boolean
  delete: boolean
  /** Opens it to others. */
  share: boolean
  /** What waits for this person can be given to another. */
  handOver?: true
  /** An approval holds the record. */
  locked?: string
  fields: Record<string, 'locked'>
  actions: (Offer & { defaults: WireRecord })[]
  flows: Offer[]
  moves: { to: string; available: boolean; problems: Problem[] }[]
  daysInStage?: number
  /** A stage the record will enter when the running approval is granted. */
  pendingStage?: string
  /** The approval it waits for: who asked, when and why. */
  pending?: { instance: string; by: string; name: string; at: string; comment: string | null; pipeline?: string }
  /** What of the present stage's checklist is done. */
  checklist?: Check[]
  /** The former version of its pipeline that the record goes by, and the one in force. */
  version?: { goesBy: number; present: number }
}

/** What this person can do with a record now, and why not the rest. */
export async function recordCommands(asking: Context, entity: string, id: string): Promise<Commands> {
  const { table, record, seen: ctx } = await visibleRecord(asking, entity, id)
  const instance = await activeInstance(ctx, id)
  const held = instance !== undefined && (await flowOf(ctx, instance)).recordPolicy?.lock !== 'none'
  const update = await mayUse(ctx, table.entity, record, 'update')
  const hasPipeline = table.entity.definition.pipeline !== undefined
  return {
    update: update && !held,
    delete: (await deletable(ctx, record)) && (await mayUse(ctx, table.entity, record, 'delete')),
    share: await mayShare(ctx, table.entity, record),
    ...(entity === systemEntities.user && ctx.access.capabilities.has('users') && { handOver: true as const }),
    ...(held && { locked: instance.id }),
    fields: await lockedFields(ctx, table, record),
    actions: held ? [] : await actions(ctx, table, record),
    flows: instance ? [] : await flows(ctx, table, record),
    moves: update && !held && hasPipeline ? await moves(ctx, table, record) : [],
    ...(hasPipeline && { daysInStage: await daysInStage(ctx, table, record), checklist: await checksOf(ctx, table, record), ...versionOf(ctx, table, record) }),
    ...(instance?.purpose?.kind === 'stage' && { pendingStage: instance.purpose.to, pending: { ...pendingOf(instance, instance.purpose), name: ctx.model.directory.person(instance.initiator)?.name ?? '' } }),
  }
}

function versionOf(ctx: Context, { entity }: Table, record: WireRecord): Pick<Commands, 'version'> {
  const former = formerOf(ctx.model.catalog, entity, record)
  return former ? { version: { goesBy: former.version, present: versionInForce(ctx, former.pipeline) } } : {}
}

const pendingOf = ({ id, initiator, startedAt }: Instance, { comment, pipeline }: StagePurpose): Omit<NonNullable<Commands['pending']>, 'name'> =>
  ({ instance: id, by: initiator, at: startedAt, comment, ...(pipeline !== undefined && { pipeline }) })

async function lockedFields(ctx: Context, table: Table, record: WireRecord): Promise<Commands['fields']> {
  const context = await relatedContext(ctx, table, record, table.entity.rulesRead)
  const states = fieldStates(table.entity, record, record, context, ctx.model.catalog)
  return Object.fromEntries([...states].filter(([, s]) => s.locked).map(([name]) => [name, 'locked' as const]))
}

async function actions(ctx: Context, table: Table, record: WireRecord): Promise<Commands['actions']> {
  const allowed = await chosen(ctx.model.catalog.actions.get(table.entity.name) ?? [], (a) => within(ctx, table.entity, 'update', ctx.access.entity(table.entity.name)?.actions.get(a.name), record))
  return Promise.all(allowed.map(async (action) => {
    const scope = await actionScope(ctx, table, record, action)
    const available = isAvailable(action, scope)
    const { code, params } = unavailable(action, record)
    return { name: action.name, available, ...(!available && { problem: { path: '', code, params } }), defaults: defaultsOf(action, scope) }
  }))
}

async function flows(ctx: Context, table: Table, record: WireRecord): Promise<Offer[]> {
  const allowed = await chosen((ctx.model.catalog.flows.get(table.entity.name) ?? []).filter(submittedByPeople), (f) => within(ctx, table.entity, 'update', ctx.access.entity(table.entity.name)?.flows.get(f.name), record))
  return Promise.all(allowed.map(async ({ name, label, trigger }): Promise<Offer> => {
    const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, trigger?.when === undefined ? [] : [trigger.when]), ctx.model.catalog)
    const available = trigger?.when === undefined || quietly(() => holds(trigger.when!, scope))
    return { name, available, ...(!available && { problem: { path: '', code: 'flowNotApplicable' as const, params: { label } } }) }
  }))
}

function quietly(test: () => boolean): boolean {
  try { return test() } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

async function moves(ctx: Context, table: Table, record: WireRecord): Promise<Commands['moves']> {
  const pipeline = pipelineOf(ctx.model.catalog, table.entity, record)
  const here = record[table.entity.definition.pipeline!.stageField]
  return Promise.all((pipeline?.stages ?? []).filter((s) => s.id !== here).map(async ({ id: to }) => {
    const { verdict } = await judge(ctx, table, record, { to, fields: {}, comment: null, byPerson: true })
    return { to, available: verdict.kind === 'allowed', problems: verdict.kind === 'allowed' ? [] : verdict.problems }
  }))
}

async function chosen<T>(items: T[], test: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(test))
  return items.filter((_, i) => kept[i])
}
