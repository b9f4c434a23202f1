import { request } from './client'
import type { Id } from './types'

/** People who work here, by name. */
export async function findPeople(q: string, signal?: AbortSignal): Promise<{ id: Id; name: string }[]> {
  return (await request<{ items: { id: Id; name: string }[] }>('/people', { query: { q: q || undefined }, ...(signal && { signal }) })).items
}

/** Gives everything that waits for a person to another; the answer is in how many approvals. */
export const handOver = (person: Id, to: Id) => request<{ approvals: number }>(`/users/${person}/hand-over`, { method: 'POST', body: { to } })
