/** What a change of a record means to approvals: those that hold it, and those that begin by themselves. */
import type { WireRecord } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { loadRecord } from '../records/load'
import type { WriteContext } from '../use-cases/context'
import { guardChange } from './lock'
import { applies, inTheWay, startFlow } from './start-flow'

export type Occasion = 'create' | 'update' | 'stageTransition' | 'delete'

/** The record as it is when they have done what they do. */
export async function followChange(ctx: WriteContext, table: Table, record: WireRecord, occasion: Occasion, changed: string[]): Promise<WireRecord> {
  if (!ctx.model.catalog.flows.has(table.entity.name)) return record
  const voided = occasion !== 'create' && (await guardChange(ctx, record, changed))
  const started = await startTriggered(ctx, table, record, triggered(ctx, table, occasion, changed))
  return voided || started ? ((await loadRecord(ctx, table, record.id!)) ?? record) : record
}

/** Changes that approvals make begin none, nor do those that put back what was. */
const quiet = new Set<string>(['restore', 'merge', 'unmerge', 'definition', 'system'])

async function startTriggered(ctx: WriteContext, table: Table, record: WireRecord, flows: Flow[]): Promise<boolean> {
  if (quiet.has(ctx.path) || ctx.path.startsWith('flow:')) return false
  let started = false
  for (const flow of flows) {
    const now = started ? ((await loadRecord(ctx, table, record.id!)) ?? record) : record
    if ((await inTheWay(ctx, now, flow)) || !(await applies(ctx, table, now, flow))) continue
    await startFlow(ctx, table, now, flow.name, { comment: null })
    started = true
  }
  return started
}

/** Flows that begin by themselves on such an occasion, the most important first. */
export function triggered({ model }: WriteContext, { entity }: Table, occasion: Occasion, changed: string[] = []): Flow[] {
  const flows = (model.catalog.flows.get(entity.name) ?? []).filter((flow) => triggeredBy(flow, occasion, changed))
  return flows.sort((a, b) => (b.trigger?.priority ?? 0) - (a.trigger?.priority ?? 0))
}

function triggeredBy({ trigger }: Flow, occasion: Occasion, changed: string[]): boolean {
  if (!trigger?.on?.includes(occasion)) return false
  return occasion !== 'update' || trigger.watchFields === undefined || changed.some((name) => trigger.watchFields!.includes(name))
}
