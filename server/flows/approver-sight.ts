/** What those who are or were asked about a record see of it where their roles do not open it to them (flows.md, `grantReadToApprovers`). */
import { hiddenAt } from '../../runtime/engine'
import { collections } from '../model/collections'
import { readerOf, type Context } from '../use-cases/context'
import { flowOf, toInstance, type Instance } from './instances'

/** Fields that each of their nodes hides; undefined: nothing of it is shown to them. */
export async function hiddenFromApprover(ctx: Context, record: string): Promise<Set<string> | undefined> {
  const is = (column: string, value: string) => ({ path: [column], op: 'eq' as const, value })
  const where = { and: [is('record', record), is('assignee', ctx.me.id), { path: ['status'], op: 'ne' as const, value: 'cancelled' }] }
  const tasks = (await readerOf(ctx).find(collections.task, { where, columns: ['instance', 'node'] })) as unknown as { instance: string; node: string }[]
  const docs = await readerOf(ctx).getMany(collections.instance, [...new Set(tasks.map((t) => t.instance))], ['flow', 'version'])
  const instances = new Map(docs.map((doc) => [doc.id, toInstance(doc)]))
  const hidden: Set<string>[] = []
  for (const instance of instances.values()) {
    const flow = await flowOf(ctx, instance)
    if (flow.recordPolicy?.grantReadToApprovers === false) continue
    hidden.push(...[...new Set(tasks.filter((t) => t.instance === instance.id).map((t) => t.node))].map((node) => hiddenAt(flow, node)))
  }
  return hidden.length === 0 ? undefined : everywhere(hidden)
}

/** Fields that each node of an instance at which this person is or was asked hides. */
export async function hiddenInInstance(ctx: Context, instance: Instance): Promise<Set<string>> {
  const nodes = instance.state.tasks.filter((t) => t.assignee === ctx.me.id && t.status !== 'cancelled').map((t) => t.node)
  const flow = await flowOf(ctx, instance)
  return nodes.length === 0 ? new Set() : everywhere(nodes.map((node) => hiddenAt(flow, node)))
}

const everywhere = ([first, ...others]: Set<string>[]): Set<string> => new Set([...first!].filter((field) => others.every((o) => o.has(field))))
