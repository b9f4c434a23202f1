/** What an instance waits for, and what is wrong when it waits for nothing (flows.md, rule 21). */
import type { FlowState, FlowTask, Token } from '../../runtime/engine'
import type { Reason } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { collections } from '../model/collections'
import { readerOf, type Context } from '../use-cases/context'
import { live, type Instance } from './instances'
import { requestId } from './services'

/** Why a token, by its id, stands still; without one: the instance has none. */
export interface Fault { token?: number; reason: Reason }

/**
 * What is wrong with instances, by their ids; of those where something is. Every token of a live instance waits for people who work here,
 * others at a join, a timer, an answer, flows it called, or an administrator; and its record is there. Records are looked up together.
 */
export async function faultsOf(ctx: Context, instances: Instance[]): Promise<Map<string, Fault[]>> {
  const there = await presentRecords(ctx, instances)
  const faults = new Map<string, Fault[]>()
  for (const instance of instances) {
    const found = await faultsIn(ctx, instance, there.has(instance.record))
    if (found.length > 0) faults.set(instance.id, found)
  }
  return faults
}

async function faultsIn(ctx: Context, instance: Instance, recordIsThere: boolean): Promise<Fault[]> {
  const { tokens } = instance.state
  if (tokens.length === 0) return [{ reason: { code: 'noToken' } }]
  const found = await Promise.all(tokens.map(async (token): Promise<Fault[]> => {
    const reason = token.incident ?? (recordIsThere ? await idle(ctx, instance, token) : { code: 'recordGone' as const })
    return reason === undefined ? [] : [{ token: token.id, reason }]
  }))
  return found.flat()
}

/** Ids of the records of these instances that are not in the bin. */
async function presentRecords(ctx: Context, instances: Instance[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (const entity of new Set(instances.map((i) => i.entity))) {
    const table = ctx.model.tables.get(entity)
    const ids = instances.filter((i) => i.entity === entity).map((i) => i.record)
    for (const doc of table ? await readerOf(ctx).getMany(table.collection, ids, ['deletedAt']) : []) if (doc.deletedAt === null) there.add(doc.id)
  }
  return there
}

async function idle(ctx: Context, instance: Instance, token: Token): Promise<Reason | undefined> {
  if (token.joining) return undefined
  if (token.waits) return (await waited[token.waits.for](ctx, instance, token)) ? undefined : { code: 'nothingComes', params: { node: token.node } }
  const open = instance.state.tasks.filter((t) => t.node === token.node && t.round === token.round && t.status === 'open')
  const left = open.find((t) => !ctx.model.directory.person(t.assignee)?.active)
  if (left) return { code: 'askedLeft', params: { node: token.node, person: ctx.model.directory.nameOf(left.assignee) ?? left.assignee } }
  return open.length > 0 ? undefined : { code: 'nobodyAsked', params: { node: token.node } }
}

/** Whether what a token waits for will come. */
const waited: { [F in NonNullable<Token['waits']>['for']]: (ctx: Context, instance: Instance, token: Token) => Promise<boolean> } = {
  timer: async (ctx, { id }, { node, round }) => {
    const prefix = `${id}.${node}.${round}.`
    return (await readerOf(ctx).count(collections.timer, { where: { and: [{ path: ['id'], op: 'gte', value: prefix }, { path: ['id'], op: 'lt', value: `${prefix}\uffff` }] } })) > 0
  },
  answer: async (ctx, { id }, { node, round }) => (await readerOf(ctx).get(collections.outbox, requestId({ instance: id, node, round }), ['status']))?.status === 'waiting',
  calls: async (ctx, { id }) => (await readerOf(ctx).count(collections.instance, { where: { and: [{ path: ['parent'], op: 'eq', value: id }, live] } })) > 0,
}

/** The open task of whoever submitted, when it was sent back to them. */
export function correctionOf({ state }: { state: FlowState }, flow: Flow): FlowTask | undefined {
  const start = flow.nodes.find((n) => nodeTypeOf(n).isStart)!.id
  return state.tasks.find((t) => t.node === start && t.status === 'open')
}
