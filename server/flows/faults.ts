/** What an instance waits for, and what is wrong when it waits for nothing (flows.md, rule 21). */
import type { FlowState, FlowTask, Token } from '../../runtime/engine'
import type { Reason } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { collections } from '../model/collections'
import { both } from '../../schemas/filters'
import { notDeleted } from '../records/visibility'
import { readerOf, type Context } from '../use-cases/context'
import { live, type Instance } from './instances'
import { requestId } from './services'

/** Why a token, by its id, stands still; without one: the instance has none. */
export interface Fault { token?: number; reason: Reason }

/**
 * Every token of a live instance waits for people who work here, others at a join, a timer, an answer, flows it called, or an
 * administrator; and its record is there.
 */
export async function faultsOf(ctx: Context, instance: Instance): Promise<Fault[]> {
  const { tokens } = instance.state
  if (tokens.length === 0) return [{ reason: { code: 'noToken' } }]
  const gone = !(await recordIsThere(ctx, instance))
  const found = await Promise.all(tokens.map(async (token): Promise<Fault[]> => {
    const reason = token.incident ?? (gone ? { code: 'recordGone' as const } : await idle(ctx, instance, token))
    return reason === undefined ? [] : [{ token: token.id, reason }]
  }))
  return found.flat()
}

async function recordIsThere(ctx: Context, { entity, record }: Instance): Promise<boolean> {
  const table = ctx.model.tables.get(entity)
  return table !== undefined && (await readerOf(ctx).count(table.collection, { where: both({ path: ['id'], op: 'eq', value: record }, notDeleted)! })) > 0
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
