/** Flows that a node calls: on which records, how they begin, and how the caller learns that they have ended. */
import { isLive, type WireRecord } from '../../runtime/engine'
import type { CallItem, Calling } from '../../schemas/node-types/node-type'
import { AppError, type Reason } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { loadRecord } from '../records/load'
import { notDeleted } from '../records/visibility'
import { anyTable, readerOf, type Context, type WriteContext } from '../use-cases/context'
import { act } from './act'
import { live, loadInstance, toInstance, type Instance, type Parent } from './instances'
import { startFlow } from './start-flow'

/** Refusals that come before anything is written. */
const cannotBegin = new Set<string>(['notFound', 'flowRunning', 'flowNotApplicable'])
/** A chain of flows that call each other ends here. */
const deepest = 10

export async function callsOf(ctx: Context, { entity }: Table, record: WireRecord, { flow, field, column, entity: other, via }: Calling): Promise<CallItem[]> {
  if (other !== undefined && via !== undefined) return referring(ctx, flow, other, via, record.id!)
  if (field === undefined) return [{ flow }]
  const compiled = entity.fields.get(field)!
  if (compiled.refersTo !== undefined) return ids(record[field]).map((id) => ({ flow, entity: compiled.refersTo!, record: id }))
  const rows = (record[field] ?? []) as { id: string; [column: string]: unknown }[]
  if (column === undefined) return rows.map(({ id }) => ({ flow, row: id }))
  const refersTo = compiled.rows!.find((c) => c.name === column)!.refersTo!
  return [...new Set(rows.flatMap((row) => ids(row[column])))].map((id) => ({ flow, entity: refersTo, record: id }))
}

const ids = (value: unknown) => [value ?? []].flat() as string[]

async function referring(ctx: Context, flow: string, entity: string, via: string, id: string): Promise<CallItem[]> {
  const table = ctx.model.tables.get(entity)
  if (!table) return []
  const docs = await readerOf(ctx).find(table.collection, { where: { and: [{ path: [via], op: 'eq', value: id }, notDeleted] }, columns: [], limit: 1000 })
  return docs.map((doc) => ({ flow, entity, record: doc.id }))
}

/** Begins a flow for a node. What keeps it from beginning counts as its result. */
export async function beginCall(ctx: WriteContext, caller: Instance, call: { node: string; round: number; index: number; item: CallItem }): Promise<void> {
  const parent: Parent = { instance: caller.id, node: call.node, round: call.round, index: call.index, depth: (caller.calledBy?.depth ?? 0) + 1 }
  const table = anyTable(ctx, call.item.entity ?? caller.entity)
  const record = await loadRecord(ctx, table, call.item.record ?? caller.record)
  const reason: Reason | undefined = !record ? { code: 'recordGone' } : parent.depth > deepest ? { code: 'tooDeepCalls', params: { limit: deepest } } : undefined
  if (reason !== undefined) return tell(ctx, parent, 'cancelled', undefined, reason)
  try {
    await startFlow(ctx, table, record!, call.item.flow, { comment: null, calledBy: parent, caller })
  } catch (error) {
    if (!(error instanceof AppError && cannotBegin.has(error.code))) throw error
    await tell(ctx, parent, 'cancelled', undefined, { code: error.code, params: error.params })
  }
}

/** An instance that was called has ended: the caller goes on. */
export async function tell(ctx: WriteContext, { instance: id, node, round, index }: Parent, result: string, child?: string, reason?: Reason): Promise<void> {
  const caller = await loadInstance(ctx, id)
  if (!caller || !isLive(caller)) return
  await act(ctx, caller, { type: 'childEnded', node, round, index, result }, { kind: 'childEnded', node, round, result, ...(child !== undefined && { instance: child }), ...(reason !== undefined && { reason }) })
}

/** What a node had called and nobody waits for any more ends with it. */
export async function cancelCalls(ctx: WriteContext, caller: Instance, at?: { node: string; round: number }): Promise<void> {
  const where = { and: [{ path: ['parent'], op: 'eq' as const, value: caller.id }, live] }
  const children = (await ctx.tx.find(collections.instance, { where })).map(toInstance)
  for (const child of children) {
    const here = at === undefined || (child.calledBy!.node === at.node && child.calledBy!.round === at.round)
    if (here) await act(ctx, child, { type: 'cancel' }, { kind: 'cancelled' })
  }
}
