import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { listNotices, readNotices, type NoticePage } from '../api/notices'
import type { Id } from '../api'
import { useLive, type Topic } from './live'

export const noticesKey = ['notices'] as const

export function useNotices() {
  return useQuery({ queryKey: noticesKey, queryFn: listNotices })
}

/** What each event makes worth asking again. */
const concerned: Record<Topic, readonly string[]> = { ready: ['notices', 'tasks', 'me'], tasks: ['tasks', 'me'], notices: ['notices'], release: ['me'] }

/** Keeps what is on the screen up to what the server says. */
export function useLiveQueries(): void {
  const client = useQueryClient()
  useLive(useCallback((topic) => { for (const key of concerned[topic]) void client.invalidateQueries({ queryKey: [key] }) }, [client]))
}

/** Marks some or all as read, on the screen at once. */
export function useRead(): (ids?: Id[]) => void {
  const client = useQueryClient()
  return (ids) => {
    client.setQueryData<NoticePage>(noticesKey, (page) => page && withRead(page, ids))
    void readNotices(ids).finally(() => void client.invalidateQueries({ queryKey: noticesKey }))
  }
}

function withRead({ items, unread }: NoticePage, ids: Id[] | undefined): NoticePage {
  const hit = items.filter((n) => n.readAt === null && (ids === undefined || ids.includes(n.id)))
  const now = new Date().toISOString()
  return { items: items.map((n) => (hit.includes(n) ? { ...n, readAt: now } : n)), unread: ids === undefined ? 0 : Math.max(0, unread - hit.length) }
}
