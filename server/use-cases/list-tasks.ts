import type { Where } from '../../schemas/filters'
import { AppError } from '../../schemas/errors'
import { administered } from '../flows/administrators'
import type { Label, Options } from '../../schemas/generated/types'
import type { Purpose } from '../flows/purposes'
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import { titleAsSeen } from '../records/visibility'
import { inTransaction, type Context } from './context'

export interface TaskItem {
  id: string; key: string; status: string; instance: string; flow: string; node: string; round: number; entity: string; record: string; title: string
  assignee: string; initiator: string; createdAt: string; decidedAt: string | null; decidedBy: string | null; comment: string | null
  /** In whose place the assignee is asked, by which out-of-office entry; how it came to them, from whom. */
  principal: string | null; proxy: string | null; via: string | null; givenBy: string | null
  /** When a copy was read. */
  readAt: string | null
}

export const toTask = (doc: StoredDoc) => doc as unknown as TaskItem
const shown = ['id', 'key', 'status', 'instance', 'flow', 'node', 'round', 'entity', 'record', 'assignee', 'initiator', 'createdAt', 'decidedAt', 'decidedBy', 'comment', 'principal', 'proxy', 'via', 'givenBy', 'readAt'] as const
export const presentTask = (ctx: Context, task: TaskItem): TaskItem =>
  ({ ...Object.fromEntries(shown.map((name) => [name, task[name] ?? null])), title: titleAsSeen(ctx, task.entity, task.title) }) as unknown as TaskItem

/** What an approval is for beside the record as such: a stage to be entered, a change, a deletion. */
export interface PurposeSeen { kind: Purpose['kind']; to?: string; label?: Label; comment?: string | null }

/** Of a stage nothing but that to who may not see it. */
export function purposeAsSeen({ model, access }: Context, entity: string, purpose: Purpose | null): PurposeSeen | null {
  if (purpose?.kind !== 'stage') return purpose && { kind: purpose.kind }
  const { fields, definition } = model.catalog.entities.get(entity)!
  const field = fields.get(definition.pipeline?.stageField ?? '')
  const right = field && access.entity(entity)?.fields.get(field.name)
  const { kind, to, comment, label = (field?.definition as { options?: Options } | undefined)?.options?.find((o) => o.value === to)?.label } = purpose
  return { kind, comment, ...(right !== 'hidden' && right !== 'mask' && { to, ...(label && { label }) }) }
}

export type Box = 'todo' | 'done' | 'started' | 'cc' | 'stuck'
export interface TaskPage { items: unknown[]; count: number; nextCursor: string | null; titles: Record<string, string> }

/** The task inbox: what waits for me, what I decided, what I started, what I was sent for information, what is stuck and mine to repair. */
export async function listTasks(ctx: Context, box: Box, options: { limit?: number; cursor?: string } = {}): Promise<TaskPage> {
  const { collection, where, sort, shape } = await boxes[box](ctx)
  const limit = Math.min(options.limit ?? 50, 200)
  const offset = options.cursor === undefined ? 0 : Number(options.cursor)
  if (!Number.isInteger(offset) || offset < 0) throw new AppError(400, 'badRequest', { reason: 'cursor' })
  const docs = await ctx.store.find(collection, { where, sort: [{ column: sort, descending: true }], limit: limit + 1, offset })
  const items = await withPurposes(ctx, docs.slice(0, limit).map(shape))
  return { items, count: await ctx.store.count(collection, { where }), nextCursor: docs.length > limit ? String(offset + limit) : null, titles: names(ctx, items) }
}

/** Tasks get the purpose of their instance; those of a page are read at once. Instances have theirs. */
async function withPurposes(ctx: Context, items: Item[]): Promise<Item[]> {
  const without = items.filter(({ purpose }) => purpose === undefined)
  const instances = await ctx.store.getMany(collections.instance, [...new Set(without.map((i) => i.instance as string))], ['entity', 'purpose'])
  const purposes = new Map(instances.map((i) => [i.id, purposeAsSeen(ctx, i.entity as string, i.purpose as Purpose | null)]))
  return items.map((item) => ({ purpose: purposes.get(item.instance as string) ?? null, ...item }))
}

export const openTasks = (ctx: Context) => ctx.store.count(collections.task, { where: boxes.todo(ctx).where })

type Item = { [k: string]: unknown }
interface BoxQuery { collection: (typeof collections)[keyof typeof collections]; where: Where; sort: string; shape: (doc: StoredDoc) => Item }
/** Copies that were not looked at yet. */
export const unreadCopies = (ctx: Context) => ctx.store.count(collections.task, { where: { and: [boxes.cc(ctx).where, { path: ['readAt'], op: 'empty' }] } })

/** A copy was looked at; reading it again changes nothing. 404 for what is no copy of one's own. */
export async function readCopy(ctx: Context, id: string): Promise<TaskItem> {
  return inTransaction(ctx, async (tx) => {
    const doc = await tx.tx.get(collections.task, id)
    if (doc?.assignee !== tx.me.id || doc.status !== 'copy') throw new AppError(404, 'notFound')
    if (doc.readAt === null) await tx.tx.update(collections.task, id, undefined, { readAt: tx.clock.now() })
    return presentTask(tx, toTask((await tx.tx.get(collections.task, id))!))
  })
}

const mine = (column: string, ctx: Context): Where => ({ path: [column], op: 'eq', value: ctx.me.id })

const boxes = {
  todo: (ctx) => ({ collection: collections.task, where: { and: [mine('assignee', ctx), { path: ['status'], op: 'eq', value: 'open' }] }, sort: 'createdAt', shape: (d) => ({ ...presentTask(ctx, toTask(d)) }) }),
  done: (ctx) => ({ collection: collections.task, where: { and: [mine('assignee', ctx), { path: ['status'], op: 'in', value: ['approved', 'rejected', 'superseded'] }] }, sort: 'decidedAt', shape: (d) => ({ ...presentTask(ctx, toTask(d)) }) }),
  cc: (ctx) => ({ collection: collections.task, where: { and: [mine('assignee', ctx), { path: ['status'], op: 'eq', value: 'copy' }] }, sort: 'createdAt', shape: (d) => ({ ...presentTask(ctx, toTask(d)) }) }),
  started: (ctx) => ofInstances(ctx, mine('initiator', ctx)),
  stuck: async (ctx) => ofInstances(ctx, await administered(ctx, { path: ['status'], op: 'eq', value: 'incident' })),
} satisfies Record<Box, (ctx: Context) => BoxQuery | Promise<BoxQuery>>

function ofInstances(ctx: Context, where: Where): BoxQuery {
  return {
    collection: collections.instance, where, sort: 'startedAt',
    shape: (d) => ({ id: d.id, status: d.status, instance: d.id, flow: d.flow, node: null, entity: d.entity, record: d.record, title: titleAsSeen(ctx, d.entity as string, d.title as string), assignee: null, initiator: d.initiator, createdAt: d.startedAt, decidedAt: d.endedAt, decidedBy: null, comment: null, purpose: purposeAsSeen(ctx, d.entity as string, d.purpose as Purpose | null) }),
  }
}

function names(ctx: Context, items: Item[]): Record<string, string> {
  const titles: Record<string, string> = {}
  for (const id of items.flatMap((i) => [i.initiator, i.assignee, i.decidedBy, i.principal, i.givenBy])) { const name = typeof id === 'string' ? ctx.model.directory.nameOf(id) : undefined; if (name !== undefined) titles[id as string] = name }
  return titles
}
