/** What administrators do with approvals that cannot go on by themselves. Every command is in the trail, with who and why. */
import { isLive, type FlowEvent } from '../../runtime/engine'
import { AppError, reasonText } from '../../schemas/errors'
import { act } from '../flows/act'
import { administered, administers, administersSome } from '../flows/administrators'
import { correctionOf } from '../flows/faults'
import type { Label } from '../../schemas/generated/types'
import { flowOf, toInstance, type Instance, type TrailEntry } from '../flows/instances'
import { collections } from '../model/collections'
import { titleAsSeen } from '../records/visibility'
import { inTransaction, readerOf, type Context } from './context'
import { viewOf, visibleInstance, type InstanceView } from './flow-instances'

export interface Repair { comment?: string | null }

/** Every token that stands still tries again. */
export const retryInstance = (ctx: Context, id: string, { comment = null }: Repair) =>
  repair(ctx, id, () => ({ event: { type: 'retry' }, entry: { kind: 'retried', comment } }))

/** Ends it; the record is as after a withdrawal. */
export const terminateInstance = (ctx: Context, id: string, { comment = null }: Repair) =>
  repair(ctx, id, () => ({ event: { type: 'terminate' }, entry: { kind: 'terminated', comment } }))

/** Gives an open task, by its key, to somebody else. */
export const reassignTask = (ctx: Context, id: string, { task, to, comment = null }: Repair & { task: string; to: string }) =>
  repair(ctx, id, ({ state }) => {
    const open = state.tasks.find((t) => t.key === task && t.status === 'open')
    if (!open || !ctx.model.directory.person(to)?.active) throw new AppError(422, 'badChoice', {}, [{ path: open ? '/to' : '/task', code: 'badChoice' }])
    return { event: { type: 'reassign', task, assignee: to, by: ctx.me.id }, entry: { kind: 'reassigned', node: open.node, person: open.assignee, people: [to], comment } }
  })

/** Moves a token to another node; out of a fork it takes the whole fork along. */
export const jumpInstance = (ctx: Context, id: string, { token, to, comment = null }: Repair & { token: number; to: string }) =>
  repair(ctx, id, async (instance) => {
    const from = instance.state.tokens.find((t) => t.id === token)
    const known = (await flowOf(ctx, instance)).nodes.some((n) => n.id === to)
    if (!from || !known) throw new AppError(422, 'badChoice', {}, [{ path: from ? '/to' : '/token', code: 'badChoice' }])
    return { event: { type: 'jump', token, to }, entry: { kind: 'jumped', node: from.node, to, comment } }
  })

type Prepared = { event: FlowEvent; entry: Omit<TrailEntry, 'at' | 'by'> }

async function repair(ctx: Context, id: string, prepare: (instance: Instance) => Prepared | Promise<Prepared>): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    if (!(await administers(tx, instance))) throw new AppError(403, 'forbidden')
    if (!isLive(instance)) throw new AppError(409, 'instanceEnded', {}, [], { status: instance.status })
    const { event, entry } = await prepare(instance)
    return viewOf(tx, await act(tx, instance, event, entry))
  })
}

/** Who submitted has corrected what was sent back to them. */
export async function resubmitInstance(ctx: Context, id: string, { comment = null }: Repair): Promise<InstanceView> {
  return inTransaction(ctx, async (tx) => {
    const instance = await visibleInstance(tx, id)
    const task = correctionOf(instance, await flowOf(tx, instance))
    if (!task) throw new AppError(409, 'taskDone', {}, [], { status: instance.status })
    if (task.assignee !== tx.me.id) throw new AppError(403, 'forbidden')
    return viewOf(tx, await act(tx, instance, { type: 'resubmit' }, { kind: 'resubmitted', comment }))
  })
}

export interface StuckInstance {
  id: string; flow: string; entity: string; record: string; title: string; status: string; faults: string[]
  label: Label; initiator: string; startedAt: string
  tokens: { id: number; node: string; incident?: string }[]
  /** Open ones, by which it can be given to others. */
  tasks: { key: string; node: string; assignee: string }[]
  /** Where a token can be moved. */
  nodes: { id: string; label?: Label; type: string }[]
}

/** Approvals that this person may repair and that cannot go on by themselves, the longest running first. What waits for nothing gets among them by `raiseDeadEnds`. */
export async function stuckInstances(ctx: Context): Promise<{ items: StuckInstance[]; titles: Record<string, string> }> {
  if (!administersSome(ctx)) throw new AppError(403, 'forbidden')
  const where = await administered(ctx, { path: ['status'], op: 'eq', value: 'incident' })
  const stuck = await readerOf(ctx).find(collections.instance, { where, sort: [{ column: 'startedAt' }] })
  const items = await Promise.all(stuck.map((doc) => present(ctx, toInstance(doc))))
  const people = items.flatMap((i) => [i.initiator, ...i.tasks.map((t) => t.assignee)])
  return { items, titles: Object.fromEntries(people.map((id) => [id, ctx.model.directory.nameOf(id) ?? '']).filter(([, name]) => name !== '')) }
}

async function present(ctx: Context, instance: Instance): Promise<StuckInstance> {
  const { id, flow, entity, record, title, status, initiator, startedAt, state } = instance
  const { label, nodes } = await flowOf(ctx, instance)
  return {
    id, flow, entity, record, title: titleAsSeen(ctx, entity, title), status, initiator, startedAt, label, faults: state.tokens.flatMap(({ incident }) => (incident === undefined ? [] : [reasonText(incident, ctx.language)])),
    tokens: state.tokens.map(({ id: token, node, incident }) => ({ id: token, node, ...(incident !== undefined && { incident: reasonText(incident, ctx.language) }) })),
    tasks: state.tasks.filter((t) => t.status === 'open').map(({ key, node, assignee }) => ({ key, node, assignee })),
    nodes: nodes.map(({ id: node, label: name, type }) => ({ id: node, type, ...(name && { label: name }) })),
  }
}
