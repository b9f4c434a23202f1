/** Who may repair approvals: everyone with the studio capability, and whom a flow names as its administrators today, in the version that is published. */
import { scopeOf } from '../../runtime/engine'
import { evaluate, ExpressionError } from '../../schemas/expressions'
import type { Where } from '../../schemas/filters'
import type { Assignee, Flow } from '../../schemas/generated/types'
import { expressionsIn, findPeople, mayBeAmong, type PeopleView } from '../../schemas/people'
import { collections } from '../model/collections'
import { loadRecord, ruleContextFor } from '../records/load'
import { anyTable, readerOf, type Context } from '../use-cases/context'
import { toInstance, type Instance } from './instances'
import { peopleNow } from './people-now'

type Of = Pick<Instance, 'flow' | 'entity' | 'record' | 'initiator'>

/** Whether this person may repair this instance. */
export async function administers(ctx: Context, instance: Of): Promise<boolean> {
  return ctx.access.capabilities.has('studio') || (administersSome(ctx, instance.flow) && (await administratorsOf(ctx, instance)).includes(ctx.me.id))
}

/** Whether there may be instances that this person may repair, of any flow or of one. */
export function administersSome(ctx: Context, flow?: string): boolean {
  return ctx.access.capabilities.has('studio') || flowsOf(ctx).some(({ name, admins }) => (flow ?? name) === name && mayBeAmong(admins ?? [], ctx.me.id, ctx.model.directory))
}

/** Of these instances, those that this person may repair. */
export async function administered(ctx: Context, where: Where): Promise<Where> {
  if (ctx.access.capabilities.has('studio')) return where
  const docs = administersSome(ctx) ? await readerOf(ctx).find(collections.instance, { where, columns: ['flow', 'entity', 'record', 'initiator'] }) : []
  const own: string[] = []
  for (const doc of docs) if (await administers(ctx, toInstance(doc))) own.push(doc.id)
  return { path: ['id'], op: 'in', value: own }
}

/** Whom its flow names for an instance; nobody where that cannot be worked out. */
export async function administratorsOf(ctx: Context, instance: Of): Promise<string[]> {
  const admins = flowsOf(ctx).find((flow) => flow.name === instance.flow)?.admins ?? []
  try {
    return admins.length === 0 ? [] : findPeople(admins, await viewOf(ctx, instance, admins))
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}

const flowsOf = (ctx: Context): Flow[] => [...ctx.model.catalog.flows.values()].flat()

async function viewOf(ctx: Context, { flow: name, entity, record: id, initiator }: Of, admins: Assignee[]): Promise<PeopleView> {
  const table = anyTable(ctx, entity)
  const record = (await loadRecord(ctx, table, id, true)) ?? {}
  const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, expressionsIn(admins)), ctx.model.catalog)
  return { flow: { name }, people: peopleNow(ctx), initiator, value: (field) => record[field], evaluate: (source) => evaluate(source, scope), chosen: [], earlier: [], reusable: () => undefined }
}
