/** What a person is told, as far as the person may see what it is about. */
import type { WireRecord } from '../../runtime/engine'
import { noticeText, type NoticeKind, type NoticeLink } from '../../schemas/notices'
import type { Where } from '../../schemas/filters'
import { administers } from '../flows/administrators'
import { toInstance } from '../flows/instances'
import { collections } from '../model/collections'
import { touch } from '../notices/changes'
import type { StoredDoc } from '../ports/store'
import { readable, titleAsSeen } from '../records/visibility'
import { inTransaction, readerOf, type Context } from './context'

export interface NoticeItem {
  id: string; kind: NoticeKind; text: string; at: string; readAt: string | null
  link: NoticeLink | null
}

/** The title of the record of a notice as the person may see it, and where it is looked at. */
export interface About { title: string; box: NoticeLink['box'] }

/** So many are looked at: the unread are counted up to it. */
const most = 100

/** Newest first. What is about a record that the person does not see any more is left out, and not counted. */
export async function listNotices(ctx: Context, { unread, limit = 30 }: { unread: boolean; limit?: number }): Promise<{ items: NoticeItem[]; unread: number }> {
  const open = await present(ctx, await newest(ctx, { path: ['readAt'], op: 'empty' }))
  const items = unread ? open : await present(ctx, await newest(ctx))
  return { items: items.slice(0, limit), unread: open.length }
}

/** Marks some or all as read. */
export async function readNotices(ctx: Context, ids?: string[]): Promise<void> {
  await inTransaction(ctx, async (inside) => {
    const mine: Where[] = [{ path: ['user'], op: 'eq', value: ctx.me.id }, { path: ['readAt'], op: 'empty' }]
    const changed = await inside.tx.updateWhere(collections.notice, { and: ids ? [...mine, { path: ['id'], op: 'in', value: ids }] : mine }, { readAt: ctx.clock.now() })
    if (changed > 0) await touch(inside, ctx.me.id, 'notices')
  })
}

const newest = (ctx: Context, where?: Where) =>
  readerOf(ctx).find(collections.notice, { where: { and: [{ path: ['user'], op: 'eq', value: ctx.me.id }, ...(where ? [where] : [])] }, sort: [{ column: 'at', descending: true }], limit: most })

async function present(ctx: Context, docs: StoredDoc[]): Promise<NoticeItem[]> {
  const known = await aboutOf(ctx, docs)
  return docs.filter((d) => d.record === null || known.has(d.id)).map((d) => presentOne(ctx, d, known.get(d.id)))
}

export function presentOne(ctx: Context, doc: StoredDoc, about: About | undefined): NoticeItem {
  const { id, kind, at, readAt, entity, record, instance, task } = doc as unknown as { id: string; kind: NoticeKind; at: string; readAt: string | null; entity: string | null; record: string; instance: string | null; task: string | null }
  const params = doc.params as { [name: string]: unknown }
  const by = typeof params.by === 'string' ? { by: ctx.model.directory.nameOf(params.by) } : {}
  return { id, kind, text: noticeText(kind, { ...params, ...by, title: about?.title }, ctx.language), at, readAt, link: entity === null ? null : { entity, record, instance, task, box: about?.box ?? null } }
}

/** What notices are about, by their ids, of what the person sees now: the record, or else the approval, as who submitted it or may repair it. */
export async function aboutOf(ctx: Context, docs: StoredDoc[]): Promise<Map<string, About>> {
  const titles = await titlesOf(ctx, docs)
  const known = docs.flatMap((d): [string, About][] => (titles.has(d.record as string) ? [[d.id, { title: titles.get(d.record as string)!, box: null }]] : []))
  return new Map([...known, ...(await throughInstances(ctx, docs.filter((d) => d.instance !== null && !titles.has(d.record as string))))])
}

async function throughInstances(ctx: Context, docs: StoredDoc[]): Promise<[string, About][]> {
  const instances = await readerOf(ctx).getMany(collections.instance, [...new Set(docs.map((d) => d.instance as string))], ['flow', 'entity', 'record', 'initiator', 'title'])
  const boxes = new Map<string, About>()
  for (const instance of instances.map(toInstance)) {
    const box = instance.initiator === ctx.me.id ? 'started' : (await administers(ctx, instance)) ? 'stuck' : undefined
    if (box) boxes.set(instance.id, { title: titleAsSeen(ctx, instance.entity, instance.title), box })
  }
  return docs.flatMap((d): [string, About][] => (boxes.has(d.instance as string) ? [[d.id, boxes.get(d.instance as string)!]] : []))
}

/** Titles of the records that the person sees. */
export async function titlesOf(ctx: Context, docs: StoredDoc[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const entity of new Set(docs.map((d) => d.entity as string | null))) {
    const ids = [...new Set(docs.filter((d) => d.entity === entity).map((d) => d.record as string))]
    if (entity !== null) for (const [id, title] of await seen(ctx, entity, ids)) titles.set(id, title)
  }
  return titles
}

async function seen(ctx: Context, entity: string, ids: string[]): Promise<[id: string, title: string][]> {
  const table = ctx.model.tables.get(entity)
  if (!table) return []
  const { titleField } = table.entity.definition
  const records = (await readerOf(ctx).getMany(table.collection, ids, [titleField, 'deletedAt'])).map(table.decode).filter((r) => !r.deletedAt)
  const mayRead = new Set((await readable(ctx, table, ids, [])).map((r) => r.id))
  const asked = await askedAbout(ctx, ids.filter((id) => !mayRead.has(id)))
  const title = (record: WireRecord) => titleAsSeen(ctx, entity, String(record[titleField] ?? ''))
  return records.filter((r) => mayRead.has(r.id) || asked.has(r.id!)).map((r) => [r.id!, title(r)])
}

/** Who is or was asked to decide about a record sees it. */
async function askedAbout(ctx: Context, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const where: Where = { and: [{ path: ['assignee'], op: 'eq', value: ctx.me.id }, { path: ['record'], op: 'in', value: ids }, { path: ['status'], op: 'ne', value: 'cancelled' }] }
  return new Set((await readerOf(ctx).find(collections.task, { where, columns: ['record'] })).map((t) => t.record as string))
}
