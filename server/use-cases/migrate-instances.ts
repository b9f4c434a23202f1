/** Running approvals brought to a newer version of their flow (flows.md, rule 13): tried first with nothing written, then one by one. */
import { advance, isLive, migrationOf, type FlowStatus, type NodeMapping } from '../../runtime/engine'
import { AppError, invalid, reasonText, withMessages, type Problem } from '../../schemas/errors'
import type { Flow, FlowNode } from '../../schemas/generated/types'
import { act } from '../flows/act'
import { administered, administers, administersSome } from '../flows/administrators'
import { effectiveFlow } from '../flows/effective'
import { flowContext } from '../flows/flow-context'
import { flowOf, live, loadInstance, toInstance, type Instance } from '../flows/instances'
import { pinsOf, versionOf } from '../flows/pins'
import { collections } from '../model/collections'
import { idOf, type Published } from '../model/model'
import { notify } from '../notices/notify'
import { loadRecord } from '../records/load'
import { titleAsSeen } from '../records/visibility'
import { anyTable, inTransaction, readerOf, type Context, type WriteContext } from './context'

export interface MigrationRequest {
  /** The version in force unless given. */
  to?: number | undefined
  /** Nodes of former versions to nodes of that one; nodes of the same name need none. A node that is named is entered anew. */
  mapping?: NodeMapping | undefined
  /** Ids; all that run on former versions unless given. */
  instances?: string[] | undefined
}

export interface MigrationTrial {
  instance: string; entity: string; record: string; title: string; version: number; initiator: string; startedAt: string; status: FlowStatus
  /** Where its tokens stand, and where they go; null: nowhere yet. `anew`: the people there are asked anew. */
  tokens: { node: string; to: string | null; anew: boolean }[]
  /** What would be, when every token has a place. */
  after?: { status: FlowStatus; /** Nodes where it waits then. */ nodes: string[]; /** Who would be asked anew. */ asked: string[]; stuck?: { node: string; reason: string } }
  problems: Problem[]
}
type NodeName = Pick<FlowNode, 'id' | 'type' | 'label'>
export interface MigrationPlan { to: number; nodes: NodeName[]; /** Versions that approvals run on. */ versions: { version: number; nodes: NodeName[] }[]; items: MigrationTrial[]; /** Of all of them; `items` are the oldest 200. */ count: number; titles: Record<string, string> }

export type Migrated = { instance: string; ok: true; status: FlowStatus } | { instance: string; ok: false; status: number; problem: Problem }

export const mostMigrated = 200

/** What a migration would do to each approval: the interpreter's own step, with nothing written. */
export async function tryMigration(ctx: Context, name: string, request: MigrationRequest): Promise<MigrationPlan> {
  const target = await targetOf(ctx, name, request)
  const { instances, count } = await running(ctx, target, request.instances)
  const items: MigrationTrial[] = []
  for (const instance of instances) items.push(await trial(ctx, target, instance, request.mapping ?? {}))
  const versions = [...new Set(instances.map((i) => i.version))].sort((a, b) => a - b)
  return {
    to: target.version, nodes: names(target.body as Flow), count, items,
    versions: await Promise.all(versions.map(async (version) => ({ version, nodes: names(await flowOf(ctx, { flow: name, version })) }))),
    titles: Object.fromEntries(items.flatMap((i) => [i.initiator, ...(i.after?.asked ?? [])]).map((id) => [id, ctx.model.directory.nameOf(id) ?? id])),
  }
}

/** Each in a transaction of its own, with a result of its own; in the trail, and told to who submitted. */
export async function migrateInstances(ctx: Context, name: string, request: MigrationRequest & { comment: string | null }): Promise<{ to: number; items: Migrated[] }> {
  const target = await targetOf(ctx, name, request)
  const ids = request.instances ?? (await running(ctx, target, undefined)).instances.map((i) => i.id)
  const items: Migrated[] = []
  for (const id of ids) items.push(await migrated(ctx, id, target, request))
  return { to: target.version, items }
}

async function targetOf(ctx: Context, name: string, { to, mapping = {} }: MigrationRequest): Promise<Published> {
  if (!administersSome(ctx, name)) throw new AppError(403, 'forbidden')
  const present = ctx.model.published.get(idOf('flow', name))
  if (!present) throw new AppError(404, 'noSuchDefinition', { kind: 'flow', name })
  if (to !== undefined && to > present.version) throw new AppError(404, 'noSuchDefinition', { kind: 'flow', name: `${name} ${to}` })
  const target = await versionOf(ctx, { kind: 'flow', key: name, version: to ?? present.version })
  const known = new Set((target.body as Flow).nodes.map((n) => n.id))
  const wrong = Object.entries(mapping).filter(([, node]) => !known.has(node))
  if (wrong.length > 0) throw invalid(wrong.map(([node, value]) => ({ path: `/mapping/${node}`, code: 'nodeUnplaced', params: { name: value, version: target.version } })))
  return target
}

/** Those of former versions that this person may repair, the oldest first. */
async function running(ctx: Context, { key, version }: Published, ids: string[] | undefined): Promise<{ instances: Instance[]; count: number }> {
  const chosen = ids === undefined ? [] : [{ path: ['id'], op: 'in' as const, value: ids }]
  const where = await administered(ctx, { and: [{ path: ['flow'], op: 'eq', value: key }, { path: ['version'], op: 'lt', value: version }, live, ...chosen] })
  const docs = await readerOf(ctx).find(collections.instance, { where, sort: [{ column: 'startedAt' }], limit: mostMigrated })
  return { instances: docs.map(toInstance), count: docs.length < mostMigrated ? docs.length : await readerOf(ctx).count(collections.instance, { where }) }
}

async function trial(ctx: Context, target: Published, instance: Instance, given: NodeMapping): Promise<MigrationTrial> {
  const { id, entity, record, version, initiator, startedAt, status, state } = instance
  const flow = target.body as Flow
  const { mapping, unplaced } = migrationOf(await flowOf(ctx, instance), flow, state, given)
  const tokens = state.tokens.map(({ node }) => ({ node, to: unplaced.includes(node) ? null : (mapping[node] ?? node), anew: mapping[node] !== undefined }))
  const about = { instance: id, entity, record, title: titleAsSeen(ctx, entity, instance.title), version, initiator, startedAt, status, tokens }
  if (unplaced.length > 0) return { ...about, problems: withMessages(unplacedProblems(unplaced, target), ctx.language) }
  const table = anyTable(ctx, entity)
  const present = (await loadRecord(ctx, table, record, true))!
  const moved = await onVersion(ctx, instance, target, present)
  const after = advance(flow, state, { type: 'migrate', mapping }, await flowContext(ctx, { instance: moved, flow, table, record: present }))
  const stuck = after.state.tokens.find((t) => t.incident !== undefined)
  const asked = after.effects.flatMap((e) => (e.kind === 'openTask' ? [e.task.assignee] : []))
  return { ...about, problems: [], after: { status: after.state.status, nodes: after.state.tokens.map((t) => t.node), asked: [...new Set(asked)], ...(stuck && { stuck: { node: stuck.node, reason: reasonText(stuck.incident!, ctx.language) } }) } }
}

const unplacedProblems = (nodes: string[], { version }: Published): Problem[] => nodes.map((name) => ({ path: `/mapping/${name}`, code: 'nodeUnplaced', params: { name, version } }))

/** The instance with the version and everything that one depends on today. */
async function onVersion(ctx: Context, instance: Instance, target: Published, record: NonNullable<Awaited<ReturnType<typeof loadRecord>>>): Promise<Instance> {
  const pins = await pinsOf(ctx, target, (name) => effectiveFlow(ctx, name, record))
  return { ...instance, version: target.version, hash: target.hash, release: String(ctx.model.release), pins }
}

async function migrated(ctx: Context, id: string, target: Published, request: MigrationRequest & { comment: string | null }): Promise<Migrated> {
  try {
    const { status } = await inTransaction(ctx, (tx) => migrateOne(tx, id, target, request))
    return { instance: id, ok: true, status }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'definitionsChanged') throw error
    const [problem] = withMessages(error.problems.length > 0 ? error.problems : [{ path: '', code: error.code, params: error.params }], ctx.language)
    return { instance: id, ok: false, status: error.status, problem: problem! }
  }
}

async function migrateOne(ctx: WriteContext, id: string, target: Published, { mapping: given = {}, comment }: MigrationRequest & { comment: string | null }): Promise<Instance> {
  const instance = await loadInstance(ctx, id)
  if (instance?.flow !== target.key || !(await administers(ctx, instance))) throw new AppError(404, 'notFound')
  if (!isLive(instance)) throw new AppError(409, 'instanceEnded', {}, [], { status: instance.status })
  if (instance.version >= target.version) throw new AppError(409, 'onThisVersion', { version: instance.version })
  const { mapping, unplaced } = migrationOf(await flowOf(ctx, instance), target.body as Flow, instance.state, given)
  if (unplaced.length > 0) throw invalid(unplacedProblems(unplaced, target))
  const record = (await loadRecord(ctx, anyTable(ctx, instance.entity), instance.record, true))!
  const moved = await onVersion(ctx, instance, target, record)
  await notify(ctx, { id: `${id}.migrated.${target.version}`, to: [instance.initiator], kind: 'migrated', params: { comment: comment ?? '' }, link: { entity: instance.entity, record: instance.record, instance: id } })
  return act(ctx, moved, { type: 'migrate', mapping }, { kind: 'migrated', comment, versions: { from: instance.version, to: target.version }, ...(Object.keys(mapping).length > 0 && { mapping }) })
}

const names = ({ nodes }: Flow): NodeName[] => nodes.map(({ id, type, label }) => ({ id, type, ...(label && { label }) }))
