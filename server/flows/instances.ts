/**
 * Approval instances: the interpreter's state kept with its tasks, trail and the record's changes, all in one transaction. An instance
 * runs on the version of the flow it was started with, whatever is published later.
 */
import { advance, scopeOf, type FlowEffect, type FlowEvent, type FlowState, type WireRecord } from '../../runtime/engine'
import { holds } from '../../schemas/expressions'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { runEffects, type Created } from '../effects'
import { titleOf } from '../effects/evaluate'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import type { Table } from '../model/tables'
import { StoreError, type Stored, type StoredDoc } from '../ports/store'
import { addHistory, type HistoryKind } from '../records/history'
import { loadRecord, ruleContextFor } from '../records/load'
import { asSeen } from '../records/visibility'
import { anyTable, asEngine, readerOf, type Context, type WriteContext } from '../use-cases/context'
import { concludePurpose, type Purpose } from './purposes'

export interface TrailEntry { at: string; by: string; kind: 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'automatic' | 'incident' | 'ended'; node?: string; round?: number; comment?: string | null; reason?: string; result?: string; decision?: string }

export interface Instance {
  id: string; rev: number; flow: string; version: number; hash: string; release: string; entity: string; record: string; title: string
  status: FlowState['status']; initiator: string; startedAt: string; endedAt: string | null
  state: FlowState; purpose: Purpose | null; trail: TrailEntry[]
}

export const toInstance = (doc: StoredDoc) => doc as unknown as Instance
export const isActive = (instance: Instance) => instance.status === 'running' || instance.status === 'incident'

export async function activeInstance(ctx: Context, record: string): Promise<Instance | undefined> {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record }, { path: ['status'], op: 'in' as const, value: ['running', 'incident'] }] }
  const [doc] = await readerOf(ctx).find(collections.instance, { where, limit: 1 })
  return doc && toInstance(doc)
}

export async function loadInstance(ctx: Context, id: string): Promise<Instance | undefined> {
  const doc = await readerOf(ctx).get(collections.instance, id)
  return doc && toInstance(doc)
}

/** The definition an instance runs on. */
export async function flowOf(ctx: Context, { flow, version }: Pick<Instance, 'flow' | 'version'>): Promise<Flow> {
  const published = ctx.model.published.get(idOf('flow', flow))
  if (published?.version === version) return published.body as Flow
  const where = { and: [{ path: ['kind'], op: 'eq' as const, value: 'flow' }, { path: ['key'], op: 'eq' as const, value: flow }, { path: ['version'], op: 'eq' as const, value: version }] }
  const [doc] = await readerOf(ctx).find(collections.definition, { where, limit: 1 })
  return doc!.body as unknown as Flow
}

/** Fails with 409 while an approval holds the record. */
export async function refuseWhileLocked(ctx: Context, record: WireRecord) {
  const instance = await activeInstance(ctx, record.id!)
  if (instance && (await flowOf(ctx, instance)).recordPolicy?.lock !== 'none') throw new AppError(409, 'inApproval', {}, [], asSeen(ctx, anyTable(ctx, instance.entity).entity, record))
}

export async function startFlow(ctx: WriteContext, table: Table, record: WireRecord, name: string, options: { comment: string | null; purpose?: Purpose }): Promise<Instance> {
  const published = ctx.model.published.get(idOf('flow', name))
  const flow = published?.body as Flow | undefined
  if (!flow || flow.entity !== table.entity.name) throw new AppError(404, 'notFound')
  const running = await activeInstance(ctx, record.id!)
  if (running) throw new AppError(409, 'flowRunning', {}, [], { instance: running.id })
  if (flow.trigger?.when !== undefined && !(await conditions(ctx, table, record, [flow.trigger.when]))(flow.trigger.when)) throw new AppError(409, 'flowNotApplicable', { label: flow.label }, [], { rev: record.rev })
  const now = ctx.clock.now()
  const instance: Instance = {
    id: ctx.newId(), rev: 1, flow: name, version: published!.version, hash: published!.hash, release: String(ctx.model.release), entity: table.entity.name, record: record.id!, title: titleOf(table, record),
    status: 'running', initiator: ctx.me.id, startedAt: now, endedAt: null, state: { status: 'running', tokens: [], rounds: {}, tasks: [], counter: 0 }, purpose: options.purpose ?? null,
    trail: [{ at: now, by: ctx.me.id, kind: 'submitted', comment: options.comment }],
  }
  await ctx.tx.insert(collections.instance, [instance as unknown as StoredDoc])
  await logOnRecord(ctx, instance, record, 'flow', { event: 'submitted', comment: options.comment })
  return apply(ctx, instance, flow, table, record, { type: 'start' })
}

export async function decide(ctx: WriteContext, instance: Instance, key: string, decision: 'approve' | 'reject', comment: string | null): Promise<Instance> {
  const task = instance.state.tasks.find((t) => t.key === key)!
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, kind: decision === 'approve' ? 'approved' : 'rejected', node: task.node, round: task.round, comment })
  return applyTo(ctx, instance, { type: 'decide', task: key, decision }, { event: decision === 'approve' ? 'approved' : 'rejected', node: task.node, comment })
}

export async function withdraw(ctx: WriteContext, instance: Instance, comment: string | null): Promise<Instance> {
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, kind: 'withdrawn', comment })
  return applyTo(ctx, instance, { type: 'withdraw' }, { event: 'withdrawn', comment })
}

async function applyTo(ctx: WriteContext, instance: Instance, event: FlowEvent, data: { [k: string]: unknown }): Promise<Instance> {
  const table = anyTable(ctx, instance.entity)
  const record = await loadRecord(ctx, table, instance.record, true)
  await logOnRecord(ctx, instance, record!, event.type === 'decide' ? 'decision' : 'flow', data)
  return apply(ctx, instance, await flowOf(ctx, instance), table, record!, event)
}

async function logOnRecord(ctx: WriteContext, instance: Instance, record: WireRecord, kind: HistoryKind, data: { [k: string]: unknown }) {
  await addHistory({ ...ctx, path: `flow:${instance.flow}` }, instance.entity, record, kind, [], { flow: instance.flow, instance: instance.id, ...data })
}

/** Advances the interpreter and commits what it decided. */
async function apply(ctx: WriteContext, instance: Instance, flow: Flow, table: Table, record: WireRecord, event: FlowEvent): Promise<Instance> {
  const test = await conditions(ctx, table, record, flow.edges.map((e) => e.when).filter((w) => w !== undefined))
  const { state, effects } = advance(flow, event.type === 'start' ? undefined : instance.state, event, { people: ctx.model.directory, initiator: instance.initiator, holds: test })
  Object.assign(instance, { state, status: state.status })
  const run: Run = { ctx, instance, table, record, created: [] }
  for (const effect of effects) await committers[effect.kind](effect as never, run)
  if (!isActive(instance)) instance.endedAt = ctx.clock.now()
  await save(ctx, instance)
  return instance
}

/** Conditions of the flow on the record as it stands before the command. */
async function conditions(ctx: WriteContext, table: Table, record: WireRecord, sources: string[]): Promise<(condition: string) => boolean> {
  const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, sources), ctx.model.catalog)
  return (condition) => holds(condition, scope)
}

async function save(ctx: WriteContext, instance: Instance) {
  const { state, status, trail, endedAt } = instance
  try {
    instance.rev = await ctx.tx.update(collections.instance, instance.id, instance.rev, { state: state as unknown as Stored, status, trail: trail as unknown as Stored, endedAt })
  } catch (error) {
    if (error instanceof StoreError && error.code === 'CONFLICT') throw new AppError(409, 'staleRevision')
    throw error
  }
}

interface Run { ctx: WriteContext; instance: Instance; table: Table; record: WireRecord; created: Created[] }
type Committer<K extends FlowEffect['kind']> = (effect: Extract<FlowEffect, { kind: K }>, run: Run) => Promise<void>

export const taskId = (instance: Instance, key: string) => `${instance.id}.${key}`

const committers: { [K in FlowEffect['kind']]: Committer<K> } = {
  openTask: async ({ task }, { ctx, instance }) => {
    await ctx.tx.insert(collections.task, [{
      id: taskId(instance, task.key), rev: 1, key: task.key, instance: instance.id, flow: instance.flow, node: task.node, round: task.round, entity: instance.entity, record: instance.record,
      title: instance.title, assignee: task.assignee, initiator: instance.initiator, status: 'open', createdAt: ctx.clock.now(), decidedAt: null, decidedBy: null, comment: null,
    }])
  },
  closeTask: async ({ key, status }, { ctx, instance }) => {
    const last = instance.trail.at(-1)
    const decided: Record<string, Stored> = status === 'cancelled' ? {} : { decidedAt: ctx.clock.now(), decidedBy: ctx.me.id, comment: last?.comment ?? null }
    await ctx.tx.update(collections.task, taskId(instance, key), undefined, { status, ...decided })
  },
  record: async ({ effects }, run) => {
    const engine = asEngine(run.ctx, `flow:${run.instance.flow}`)
    const done = await runEffects(effects, { ctx: engine, table: run.table, record: run.record, extra: {}, created: run.created })
    run.record = done.record
  },
  automatic: async ({ node, decision, reason }, { ctx, instance }) => {
    instance.trail.push({ at: ctx.clock.now(), by: 'system', kind: 'automatic', node, decision, reason })
  },
  incident: async ({ node, reason }, { ctx, instance }) => {
    instance.trail.push({ at: ctx.clock.now(), by: 'system', kind: 'incident', node, reason })
  },
  ended: async ({ result }, run) => {
    run.instance.trail.push({ at: run.ctx.clock.now(), by: run.ctx.me.id, kind: 'ended', result })
    const engine = asEngine(run.ctx, `flow:${run.instance.flow}`)
    // What was asked for is the initiator's wish: roles and reopening are judged by theirs, not the approver's.
    const me = run.ctx.model.directory.person(run.instance.initiator) ?? run.ctx.me
    run.record = await concludePurpose({ ...run, ctx: { ...engine, me, decidedBy: run.ctx.me.id } }, result)
  },
}
