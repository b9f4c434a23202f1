/** A draft run against the approvals of a past period: who would have been asked, and the steps more or fewer. Nothing is written. */
import type { Simulation } from '../../runtime/engine'
import { AppError, reasonText } from '../../schemas/errors'
import type { Where } from '../../schemas/filters'
import type { Flow } from '../../schemas/generated/types'
import { simulateOn } from '../flows/simulate'
import { toInstance, type Instance } from '../flows/instances'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import type { Scalar } from '../ports/store'
import { recordAsOf } from '../records/former'
import { loadRecord } from '../records/load'
import { readable } from '../records/visibility'
import { anyTable, readerOf, type Context } from './context'
import { requireStudio } from './definitions'
import { periodOf, within, type Period } from './flow-insight'
import { soundFlow } from './simulate-flow'

export interface ReplayRequest extends Period { definition: unknown; /** `nextCursor` of the part before. */ cursor?: string | undefined }

/** People by node, in the order in which they were asked. */
export type Asked = { node: string; people: string[] }[]
export interface Replayed {
  instance: string
  record: string
  /** Null where the person may not see the record. */
  title: string | null
  startedAt: string
  was: { status: Instance['status']; asked: Asked }
  /** Null: the record was removed for good. */
  would: { status: Simulation['status']; stuck?: { node: string; reason: string }; asked: Asked } | null
}
export interface ReplayTotals { instances: number; /** Nodes with people. */ stepsBefore: number; stepsAfter: number; askedBefore: number; askedAfter: number; stuck: number; gone: number }
export interface ReplayPart { from: string; to: string; /** Finished instances of the period. */ total: number; items: Replayed[]; totals: ReplayTotals; nextCursor: string | null; titles: Record<string, string> }

const batch = 50
/** A part takes about so long (ms); the caller asks on and shows how far it is. */
const mostTime = 1000
/** More than the newest so many would be nobody's reading. */
export const mostReplayed = 2000

/**
 * One part of a replay, newest first. Conditions and people in fields see the record as it was submitted; people are those of today. What was
 * rejected is rejected at the same node, so that steps compare.
 */
export async function replayFlow(ctx: Context, name: string, request: ReplayRequest): Promise<ReplayPart> {
  requireStudio(ctx)
  const flow = await soundFlow(ctx, name, request.definition)
  const table = anyTable(ctx, flow.entity)
  const period = periodOf(ctx, request)
  const where: Where = { and: [{ path: ['flow'], op: 'eq', value: name }, ...within('startedAt', period), { path: ['status'], op: 'in', value: ['approved', 'rejected'] }] }
  const { items, nextCursor } = await partOf(ctx, flow, table, where, request.cursor)
  return { ...period, total: Math.min(mostReplayed, await readerOf(ctx).count(collections.instance, { where })), items, totals: totalsOf(items), nextCursor, titles: titlesOf(ctx, items) }
}

async function partOf(ctx: Context, flow: Flow, table: Table, where: Where, cursor: string | undefined) {
  const [done, values, id] = cursorOf(cursor)
  const ends = Date.now() + mostTime
  const items: Replayed[] = []
  let after = id === undefined ? undefined : { values, id }
  for (let count = done; count < mostReplayed && Date.now() < ends; count += batch) {
    const docs = await readerOf(ctx).find(collections.instance, { where, sort: [{ column: 'startedAt', descending: true }], limit: batch, ...(after && { after }), columns: collections.instance.columns.map((c) => c.name) })
    items.push(...await replayed(ctx, flow, table, docs.map(toInstance)))
    const last = docs.at(-1)
    if (docs.length < batch || !last) return { items, nextCursor: null }
    after = { values: [last.startedAt as string], id: last.id }
  }
  const next = done + items.length
  return { items, nextCursor: next >= mostReplayed || !after ? null : JSON.stringify([next, after.values[0], after.id]) }
}

function cursorOf(cursor: string | undefined): [number, Scalar[], string | undefined] {
  if (cursor === undefined) return [0, [], undefined]
  try {
    const [done, startedAt, id] = JSON.parse(cursor) as [number, string, string]
    if (Number.isInteger(done) && typeof startedAt === 'string' && typeof id === 'string') return [done, [startedAt], id]
  } catch { /* said below */ }
  throw new AppError(400, 'badRequest', { reason: 'cursor' })
}

async function replayed(ctx: Context, flow: Flow, table: Table, instances: Instance[]): Promise<Replayed[]> {
  const titleField = table.entity.definition.titleField
  const seen = new Map((await readable(ctx, table, instances.map((i) => i.record), [titleField])).map((r) => [r.id, String(r[titleField] ?? '')]))
  const items: Replayed[] = []
  for (const instance of instances) items.push({ instance: instance.id, record: instance.record, title: seen.get(instance.record) ?? null, startedAt: instance.startedAt, ...(await compare(ctx, flow, table, instance)) })
  return items
}

async function compare(ctx: Context, flow: Flow, table: Table, instance: Instance): Promise<Pick<Replayed, 'was' | 'would'>> {
  const tasks = instance.state.tasks.filter((t) => t.opened !== undefined || t.status !== 'pending')
  const was = { status: instance.status, asked: byNode(tasks.map((t) => ({ node: t.node, people: [t.assignee] }))) }
  const record = await loadRecord(ctx, table, instance.record, true)
  if (!record) return { was, would: null }
  const former = await recordAsOf(ctx, table, record, instance.startedAt, `flow:${instance.flow}`)
  const choices = Object.fromEntries(tasks.filter((t) => t.status === 'rejected').map((t) => [t.node, 'reject' as const]))
  const { status, stuck, steps } = await simulateOn(ctx, { flow, table, record: former, initiator: instance.initiator, choices })
  return { was, would: { status, ...(stuck && { stuck: { ...stuck, reason: reasonText(stuck.reason, ctx.language) } }), asked: byNode(steps.map((s) => ({ node: s.node, people: s.asked }))) } }
}

/** Each node once with everybody asked there. */
function byNode(asked: Asked): Asked {
  const nodes = new Map<string, Set<string>>()
  for (const { node, people } of asked) for (const person of people) nodes.set(node, (nodes.get(node) ?? new Set()).add(person))
  return [...nodes].map(([node, people]) => ({ node, people: [...people] }))
}

const people = (asked: Asked) => asked.reduce((sum, a) => sum + a.people.length, 0)

/** Of those that could be replayed. */
function totalsOf(items: Replayed[]): ReplayTotals {
  const totals: ReplayTotals = { instances: items.length, stepsBefore: 0, stepsAfter: 0, askedBefore: 0, askedAfter: 0, stuck: 0, gone: 0 }
  for (const { was, would } of items) {
    if (!would) { totals.gone += 1; continue }
    totals.stepsBefore += was.asked.length
    totals.stepsAfter += would.asked.length
    totals.askedBefore += people(was.asked)
    totals.askedAfter += people(would.asked)
    if (would.stuck) totals.stuck += 1
  }
  return totals
}

function titlesOf(ctx: Context, items: Replayed[]): Record<string, string> {
  const ids = items.flatMap(({ was, would }) => [...was.asked, ...(would?.asked ?? [])].flatMap((a) => a.people))
  return Object.fromEntries(ids.map((id) => [id, ctx.model.directory.nameOf(id) ?? id]))
}
