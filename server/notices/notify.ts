import { collections } from '../model/collections'
import { wantsMail } from '../mail/preference'
import { enqueue } from '../outbox/outbox'
import type { Stored } from '../ports/store'
import type { Where } from '../../schemas/filters'
import type { WriteContext } from '../use-cases/context'
import { touch } from './changes'
import type { NoticeKind } from '../../schemas/notices'

export interface NoticeLink { entity: string; record: string; instance?: string; task?: string }

export interface NoticeWish {
  /** Stable id of the occasion: telling twice is telling once. About a task it begins with the task's id and a point. */
  id: string
  /** Ids of people; the inactive are left out. */
  to: string[]
  kind: NoticeKind
  /** What the text names besides `title`, the title of the record: see `schemas/notices.ts`. */
  params: { [name: string]: unknown }
  /** What it is about; null: nothing one could open. */
  link: NoticeLink | null
}

/** Tells people something, with the commit at hand: in the app at once, by mail if they want it so. */
export async function notify(ctx: WriteContext, { id, to, kind, params, link }: NoticeWish): Promise<void> {
  for (const user of new Set(to)) {
    const notice = `${id}.${user}`
    if (ctx.model.directory.person(user)?.active !== true || (await ctx.tx.get(collections.notice, notice, []))) continue
    await ctx.tx.insert(collections.notice, [{
      id: notice, rev: 1, user, kind, params: params as Stored, entity: link?.entity ?? null, record: link?.record ?? null, instance: link?.instance ?? null, task: link?.task ?? null, at: ctx.clock.now(), readAt: null,
    }])
    await touch(ctx, user, 'notices')
    if (ctx.mailer && (await wantsMail(ctx, user))) await enqueue(ctx, { id: `${notice}.mail`, kind: 'mail', params: { notice } })
  }
}

/** What asked for something that is done meanwhile is not unread any more. */
export async function noticesDone(ctx: WriteContext, user: string, task: string): Promise<void> {
  const ofTask: Where = { and: [{ path: ['id'], op: 'gte', value: `${task}.` }, { path: ['id'], op: 'lt', value: `${task}.\uffff` }] }
  const unread = (await ctx.tx.find(collections.notice, { where: ofTask, columns: ['user', 'readAt'] })).filter((n) => n.user === user && n.readAt === null)
  for (const { id } of unread) await ctx.tx.update(collections.notice, id, undefined, { readAt: ctx.clock.now() })
  if (unread.length > 0) await touch(ctx, user, 'notices')
}
