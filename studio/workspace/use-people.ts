import { useQuery } from '@tanstack/react-query'
import { listRecords } from '../../runtime/app/api/records'

export interface PersonEntry { id: string; username: string; name: string }

/** Everybody with an account, for choosing approvers and for naming who changed a draft. */
export function usePeople(): readonly PersonEntry[] {
  const people = useQuery({
    queryKey: ['records', 'user', 'studio'],
    queryFn: () => listRecords('user', { limit: 500, fields: ['username', 'name'] }),
    staleTime: 60_000,
  })
  return (people.data?.items ?? []).map((r) => ({ id: r.id, username: String(r.username ?? ''), name: String(r.name ?? r.username ?? r.id) }))
}

export function usePersonName(): (id: string | null | undefined) => string {
  const people = usePeople()
  return (id) => people.find((p) => p.id === id || p.username === id)?.name ?? id ?? ''
}
