/** What the past says of a flow, for who designs it: numbers of its nodes, so that steps get removed. */
import { dueAt, insightOf, workClock, type CompiledCalendar, type NodeInsight, type PastTask } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import type { Where } from '../../schemas/filters'
import { flowOf } from '../flows/instances'
import { collections } from '../model/collections'
import { readerOf, type Context } from './context'
import { requireStudio } from './definitions'
import { publishedFlow } from './simulate-flow'

/** Days, YYYY-MM-DD, both counting; the last 90 unless given. */
export interface Period { from?: string | undefined; to?: string | undefined }

export interface FlowInsight {
  from: string
  to: string
  /** Tasks of the period, and how many of them, the newest, the numbers rest on. */
  tasks: { all: number; read: number }
  /** Instances that were started in the period, by what became of them. */
  instances: Record<string, number>
  nodes: NodeInsight[]
  /** What waits now, whenever it was asked. */
  open: { node: string; count: number; since: string }[]
  /** Names of the people in it. */
  titles: Record<string, string>
}

const mostTasks = 20_000
const page = 500
const day = 86_400_000

export async function flowInsight(ctx: Context, name: string, given: Period): Promise<FlowInsight> {
  requireStudio(ctx)
  const flow = publishedFlow(ctx, name)
  const period = periodOf(ctx, given)
  const where: Where = { and: [of(name), ...within('createdAt', period), { path: ['status'], op: 'ne', value: 'copy' }] }
  const tasks = await readTasks(ctx, flow, where)
  const now = ctx.clock.now()
  const earliest = tasks.at(-1)?.createdAt ?? now
  const nodes = insightOf(tasks, { worked: workClock(calendarOf(ctx, flow), earliest, now), now })
  return {
    ...period, nodes, tasks: { all: tasks.length < mostTasks ? tasks.length : await readerOf(ctx).count(collections.task, { where }), read: tasks.length },
    instances: await instancesOf(ctx, name, period), open: await openNow(ctx, name),
    titles: Object.fromEntries(nodes.flatMap((n) => n.people).map(({ person }) => [person, ctx.model.directory.nameOf(person) ?? person])),
  }
}

export function periodOf(ctx: Context, { from, to = ctx.clock.today() }: Period): Required<{ from: string; to: string }> {
  const period = { from: from ?? new Date(Date.parse(to) - 89 * day).toISOString().slice(0, 10), to }
  if (period.from > period.to) throw new AppError(400, 'badRequest', { reason: 'from > to' })
  return period
}

const of = (flow: string): Where => ({ path: ['flow'], op: 'eq', value: flow })

export const within = (column: string, { from, to }: { from: string; to: string }): Where[] =>
  [{ path: [column], op: 'gte', value: from }, { path: [column], op: 'lt', value: new Date(Date.parse(to) + day).toISOString().slice(0, 10) }]

/** The newest first. */
async function readTasks(ctx: Context, flow: Flow, where: Where): Promise<PastTask[]> {
  const columns = ['node', 'instance', 'decidedBy', 'status', 'createdAt', 'decidedAt']
  const docs = await readerOf(ctx).find(collections.task, { where, sort: [{ column: 'createdAt', descending: true }], limit: mostTasks, columns })
  const versions = await versionsOf(ctx, [...new Set(docs.map((d) => d.instance as string))])
  const due = await dueBy(ctx, flow, new Set(versions.values()))
  const tasks: PastTask[] = []
  for (const doc of docs) {
    const task = { ...(doc as unknown as PastTask), version: versions.get(doc.instance as string) ?? 0 }
    if (tasks.push({ ...task, due: due(task) }) % turn === 0) await othersTurn()
  }
  return tasks
}

/** Calendars are counted in long enough that others must not wait for all of it. */
const turn = 100
const othersTurn = () => new Promise((resolve) => { setImmediate(resolve) })

async function versionsOf(ctx: Context, instances: string[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>()
  for (let i = 0; i < instances.length; i += page) {
    for (const doc of await readerOf(ctx).getMany(collections.instance, instances.slice(i, i + page), ['version'])) versions.set(doc.id, doc.version as number)
  }
  return versions
}

/** When tasks were due, by the version they belong to. */
async function dueBy(ctx: Context, { name }: Flow, versions: Set<number>) {
  const durations = new Map<string, string>()
  const calendars = new Map<number, CompiledCalendar | undefined>()
  for (const version of versions) {
    const flow = await flowOf(ctx, { flow: name, version })
    calendars.set(version, calendarOf(ctx, flow))
    for (const node of flow.nodes as { id: string; due?: string }[]) if (node.due !== undefined) durations.set(`${version} ${node.id}`, node.due)
  }
  return ({ version, node, createdAt }: PastTask) => {
    const duration = durations.get(`${version} ${node}`)
    return duration === undefined ? undefined : dueAt(calendars.get(version), createdAt, duration)
  }
}

/** The calendar a flow counts by. */
function calendarOf(ctx: Context, flow: Flow & { calendar?: string }): CompiledCalendar | undefined {
  return ctx.model.catalog.calendars.get(flow.calendar ?? 'default')
}

async function instancesOf(ctx: Context, flow: string, period: { from: string; to: string }): Promise<Record<string, number>> {
  const rows = await readerOf(ctx).aggregate(collections.instance, { where: { and: [of(flow), ...within('startedAt', period)] }, groupBy: ['status'], measures: [{ op: 'count' }] })
  return Object.fromEntries(rows.map(({ keys, values }) => [String(keys[0]), Number(values[0])]))
}

async function openNow(ctx: Context, flow: string): Promise<FlowInsight['open']> {
  const where: Where = { and: [of(flow), { path: ['status'], op: 'eq', value: 'open' }] }
  const rows = await readerOf(ctx).aggregate(collections.task, { where, groupBy: ['node'], measures: [{ op: 'count' }, { op: 'min', column: 'createdAt' }] })
  return rows.map(({ keys, values }) => ({ node: String(keys[0]), count: Number(values[0]), since: String(values[1]) }))
}
