/** The interpreter's step and everything it has decided, committed in one transaction: state, tasks, trail, the record's changes. */
import { advance, isLive, type FlowEvent, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { StoreError, type Stored } from '../ports/store'
import { addHistory, type HistoryKind } from '../records/history'
import type { WriteContext } from '../use-cases/context'
import { commit } from './committers'
import { flowContext } from './flow-context'
import type { CommitRun } from './committers/committer'
import { loadInstance, type Instance } from './instances'
import { seal } from './trail'

/** An instance with the definition it runs on and the record it is about. */
export interface Subject { instance: Instance; flow: Flow; table: Table; record: WireRecord }

/** Advances the interpreter and commits what it decided. */
export async function apply(ctx: WriteContext, { instance, flow, table, record }: Subject, event: FlowEvent): Promise<Instance> {
  const { state, effects } = advance(flow, event.type === 'start' ? undefined : instance.state, event, await flowContext(ctx, { instance, flow, table, record }))
  Object.assign(instance, { state, status: state.status, endedAt: isLive(state) ? null : ctx.clock.now() })
  // What its effects start must find it ended.
  if (!isLive(instance)) await write(ctx, instance, { status: state.status, state: state as unknown as Stored, endedAt: instance.endedAt })
  const run: CommitRun = { ctx, instance, flow, table, record, created: [], later: [] }
  await commit(effects, run)
  await save(ctx, instance)
  // Flows that it called, or that called it, may act on it again.
  for (const act of run.later) await act()
  return run.later.length > 0 ? ((await loadInstance(ctx, instance.id)) ?? instance) : instance
}

export async function save(ctx: WriteContext, instance: Instance) {
  instance.trail = seal(instance.trail)
  const { state, status, trail, endedAt, version, hash, release, pins } = instance
  await write(ctx, instance, { state: state as unknown as Stored, status, trail: trail as unknown as Stored, endedAt, version, hash, release, pins: pins as unknown as Stored })
}

/** 409 when somebody was faster. */
async function write(ctx: WriteContext, instance: Instance, set: { [column: string]: Stored }) {
  try {
    instance.rev = await ctx.tx.update(collections.instance, instance.id, instance.rev, set)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'CONFLICT') throw new AppError(409, 'staleRevision')
    throw error
  }
}

export async function logOnRecord(ctx: WriteContext, instance: Instance, record: WireRecord, kind: HistoryKind, data: { [k: string]: unknown }) {
  await addHistory({ ...ctx, path: `flow:${instance.flow}` }, instance.entity, record, kind, [], { flow: instance.flow, instance: instance.id, ...data })
}
