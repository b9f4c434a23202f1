/** What screens read, cached; and what to read again after something was written. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { listInstances, previewFlow } from './flows'
import { getCommands, getRecord, getTimeline, listRecords, listShares, type ListQuery } from './records'
import type { Id } from './types'

export const recordKey = (entity: string, id: Id) => ['records', entity, 'one', id] as const

/** Keeps the rows of the former page or filter until the new ones are there. */
export function useRecords(entity: string, query: ListQuery, enabled = true) {
  return useQuery({
    queryKey: ['records', entity, 'list', query],
    queryFn: ({ signal }) => listRecords(entity, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function useRecord(entity: string, id: Id | undefined) {
  return useQuery({ queryKey: recordKey(entity, id ?? ''), queryFn: () => getRecord(entity, id!), enabled: id !== undefined })
}

export function useCommands(entity: string, id: Id) {
  return useQuery({ queryKey: ['records', entity, 'commands', id], queryFn: () => getCommands(entity, id) })
}

export function useTimeline(entity: string, id: Id, field?: string) {
  return useQuery({ queryKey: ['records', entity, 'timeline', id, field], queryFn: () => getTimeline(entity, id, field), placeholderData: keepPreviousData })
}

export function useShares(entity: string, id: Id) {
  return useQuery({ queryKey: ['records', entity, 'shares', id], queryFn: () => listShares(entity, id) })
}

export function useInstances(entity: string, id: Id) {
  return useQuery({ queryKey: ['records', entity, 'flows', id], queryFn: () => listInstances(entity, id) })
}

/** Asked anew each time it is opened: who is asked can change with the record and with the people. */
export function useFlowPreview(entity: string, id: Id, flow: string) {
  return useQuery({ queryKey: ['records', entity, 'preview', id, flow], queryFn: () => previewFlow(entity, id, flow), staleTime: 0, retry: false })
}

const written = new Set<unknown>(['records', 'tasks', 'me'])

/**
 * Totals and states of other records may follow from any write, so everything on the screen is asked for again. `gone` is a
 * record that was deleted: its page is being left and needs no answer any more.
 */
export function useAfterWrite(): (gone?: Id) => Promise<void> {
  const client = useQueryClient()
  return (gone) => client.invalidateQueries({ predicate: ({ queryKey }) => written.has(queryKey[0]) && (gone === undefined || !queryKey.includes(gone)) })
}
