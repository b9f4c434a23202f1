/** Who leaves hands on what waits for them (flows.md, rule 20). Past decisions keep the person. */
import { systemEntities } from '../../schemas/system'
import { isLive, type WireRecord } from '../../runtime/engine'
import { collections } from '../model/collections'
import { loadRecord } from '../records/load'
import { anyTable, readerOf, type Context, type WriteContext } from '../use-cases/context'
import { apply } from './apply'
import { flowOf, toInstance } from './instances'

/** After a record was written: somebody who is deactivated, or goes into the bin, decides nothing any more. */
export async function followLeaver(ctx: WriteContext, entity: string, before: WireRecord, after: WireRecord): Promise<void> {
  if (entity !== systemEntities.user || !worksHere(before) || worksHere(after)) return
  await handOver(withoutPerson(ctx, after.id!), after.id!)
}

const worksHere = ({ active, deletedAt }: WireRecord) => active !== false && !deletedAt

/** The directory is read anew after the change only. */
function withoutPerson(ctx: WriteContext, id: string): WriteContext {
  const { directory } = ctx.model
  const left: typeof directory = {
    ...directory,
    person: (other) => { const person = directory.person(other); return person && other === id ? { ...person, active: false } : person },
    active: () => directory.active().filter((p) => p.id !== id),
    byRole: (role) => directory.byRole(role).filter((other) => other !== id),
    admins: () => directory.admins().filter((other) => other !== id),
  }
  return { ...ctx, model: { ...ctx.model, directory: left } }
}

/** Everything that waits for a person goes to somebody else, to `to` where they may decide it. Returns in how many approvals. */
export async function handOver(ctx: WriteContext, person: string, to?: string): Promise<number> {
  const ids = await waitingFor(ctx, person)
  for (const doc of await ctx.tx.getMany(collections.instance, ids)) {
    const instance = toInstance(doc)
    if (!isLive(instance)) continue
    const table = anyTable(ctx, instance.entity)
    const record = (await loadRecord(ctx, table, instance.record, true))!
    await apply(ctx, { instance, flow: await flowOf(ctx, instance), table, record }, { type: 'reroute', person, by: ctx.me.id, ...(to !== undefined && { to }) })
  }
  return ids.length
}

async function waitingFor(ctx: Context, person: string): Promise<string[]> {
  const where = { and: [{ path: ['assignee'], op: 'eq' as const, value: person }, { path: ['status'], op: 'in' as const, value: ['open', 'pending'] }] }
  return [...new Set((await readerOf(ctx).find(collections.task, { where, columns: ['instance'] })).map((t) => t.instance as string))]
}
