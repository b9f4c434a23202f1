import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { View } from '../../../schemas/generated/types'
import { useCatalog, usePreference } from '../session'
import { parseConditions, type Condition } from './conditions'

const pageSizes = [20, 50, 100, 200]

export interface ListState {
  view: View | undefined
  views: View[]
  q: string
  conditions: Condition[]
  sort: readonly string[]
  page: number
  size: number
  change: (changes: { view?: string; conditions?: Condition[]; sort?: readonly string[]; page?: number; size?: number; q?: string }) => void
}

const newestFirst = ['-createdAt']

/** What a list shows stands in the address; how it is sorted is remembered for the person as well. */
export function useListState(entity: string): ListState {
  const [params, setParams] = useSearchParams()
  const views = useCatalog().views.get(entity) ?? []
  const view = views.find((candidate) => candidate.name === params.get('view')) ?? views[0]
  const [savedSort, saveSort] = usePreference<string[]>(`sort.${entity}.${view?.name ?? 'all'}`)
  const filterText = params.get('filter')
  const conditions = useMemo(() => parseConditions(filterText), [filterText])
  const size = Number(params.get('size'))
  return {
    view,
    views,
    conditions,
    q: params.get('q') ?? '',
    sort: params.get('sort')?.split(',') ?? savedSort ?? view?.sort ?? newestFirst,
    page: Math.max(1, Number(params.get('page')) || 1),
    size: pageSizes.includes(size) ? size : 50,
    change: (changes) => {
      if (changes.sort) saveSort([...changes.sort])
      setParams((before) => write(before, changes), { replace: true })
    },
  }
}

/** Anything but turning the page leads back to the first one. */
function write(before: URLSearchParams, { view, conditions, sort, page, size, q }: Parameters<ListState['change']>[0]): URLSearchParams {
  const next = new URLSearchParams(before)
  const put = (name: string, value: string | undefined) => (value ? next.set(name, value) : next.delete(name))
  next.delete('page')
  if (view !== undefined) { put('view', view); next.delete('sort') }
  if (conditions !== undefined) put('filter', conditions.length > 0 ? JSON.stringify(conditions) : undefined)
  if (sort !== undefined) put('sort', sort.join(','))
  if (size !== undefined) put('size', String(size))
  if (q !== undefined) put('q', q)
  if (page !== undefined && page > 1) next.set('page', String(page))
  return next
}
