import type { NoticeLink } from '../../../schemas/notices'
import { request } from './client'
import type { Id } from './types'

export interface Notice {
  id: Id
  kind: string
  text: string
  at: string
  readAt: string | null
  link: NoticeLink | null
}
/** `unread` counts up to a hundred. */
export interface NoticePage { items: Notice[]; unread: number }

export const listNotices = () => request<NoticePage>('/notices', { query: { limit: 50 } })

/** Marks some or all as read. */
export const readNotices = (ids?: Id[]) => request<undefined>('/notices/read', { method: 'POST', body: ids ? { ids } : {} })
