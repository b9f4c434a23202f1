/** No approval waits for nothing: what would becomes an incident, which administrators see and repair (flows.md, rules 20 and 21). */
import { loadRecord } from '../records/load'
import { inPages } from '../records/batches'
import { collections } from '../model/collections'
import { anyTable, inTransaction, type Context, type WriteContext } from '../use-cases/context'
import { apply } from './apply'
import { faultsOf } from './faults'
import { flowOf, live, loadInstance, toInstance } from './instances'
import { handOver } from './leavers'

/** Tasks of people who left without handing them on go to others first. Each in a transaction of its own; returns in how many approvals something was done. */
export async function raiseDeadEnds(ctx: Context): Promise<number> {
  let raised = 0
  for (const person of await leftBehind(ctx)) raised += await inTransaction(ctx, (tx) => handOver(tx, person))
  const running = { and: [live, { path: ['status'], op: 'ne' as const, value: 'incident' }] }
  await inPages(ctx, { collection: collections.instance, where: running }, async (docs) => {
    for (const id of (await faultsOf(ctx, docs.map(toInstance))).keys()) if (await inTransaction(ctx, (tx) => strand(tx, id))) raised++
  })
  return raised
}

/** People who do not work here and whose decision is waited for. */
async function leftBehind({ store, model }: Context): Promise<string[]> {
  const rows = await store.aggregate(collections.task, { where: { path: ['status'], op: 'in', value: ['open', 'pending'] }, groupBy: ['assignee'], measures: [{ op: 'count' }] })
  return rows.map(({ keys }) => keys[0] as string).filter((id) => !model.directory.person(id)?.active)
}

/** It may have gone on since it was looked at. */
async function strand(ctx: WriteContext, id: string): Promise<boolean> {
  const instance = await loadInstance(ctx, id)
  if (instance?.status !== 'running') return false
  const faults = ((await faultsOf(ctx, [instance])).get(id) ?? []).filter((fault) => !instance.state.tokens.some((t) => t.id === fault.token && t.incident !== undefined))
  if (faults.length === 0) return false
  const table = anyTable(ctx, instance.entity)
  const record = table && (await loadRecord(ctx, table, instance.record, true))
  if (!record) return false
  await apply(ctx, { instance, flow: await flowOf(ctx, instance), table, record }, { type: 'strand', faults })
  return true
}
