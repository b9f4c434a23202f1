import { request } from './client'
import type { Id } from './types'

interface Named { id: Id; name: string }

const finder = (path: string) => async (q: string, signal?: AbortSignal): Promise<Named[]> =>
  (await request<{ items: Named[] }>(path, { query: { q: q || undefined }, ...(signal && { signal }) })).items

/** People who work here, by name. */
export const findPeople = finder('/people')
export const findDepartments = finder('/departments')

/** Gives everything that waits for a person to another; the answer is in how many approvals. */
export const handOver = (person: Id, to: Id) => request<{ approvals: number }>(`/users/${person}/hand-over`, { method: 'POST', body: { to } })
