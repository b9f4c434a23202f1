import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Filter, View } from '../../../schemas/generated/types'
import { rottingFilter } from '../../engine/rotting'
import type { PersonalView } from '../api'
import { useCatalog, useMe, usePreference } from '../session'
import { parseConditions, toConditions, type Condition } from './conditions'

const pageSizes = [20, 50, 100, 200]

export interface ListState {
  view: View | undefined
  /** Published views. */
  views: View[]
  /** The person's own views of the entity, and the one that is open. */
  ownViews: PersonalView[]
  own: PersonalView | undefined
  /** The own view is shown otherwise than it was saved. */
  changed: boolean
  q: string
  conditions: Condition[]
  sort: readonly string[]
  page: number
  size: number
  /** Stages say when a record has lain in them for too long; the condition for it while only such records are shown. */
  canRot: boolean
  rotting: Filter | undefined
  /** `view` is the name of a published view or the id of an own one. */
  change: (changes: { view?: string; conditions?: Condition[]; sort?: readonly string[]; page?: number; size?: number; q?: string; rotting?: boolean }) => void
}

const newestFirst = ['-createdAt']
/** What of the address an own view keeps. */
const kept = ['sort', 'filter', 'q']

/** What a list shows stands in the address; how a published view is sorted is remembered for the person as well. */
export function useListState(entity: string): ListState {
  const [params, setParams] = useSearchParams()
  const { views, ownViews, own, view, saved } = useViews(entity, params.get('view'))
  const [savedSort, saveSort] = usePreference<string[]>(`sort.${entity}.${view?.name ?? 'all'}`)
  const filterText = params.get('filter')
  const conditions = useMemo(() => (filterText === null && own ? saved : parseConditions(filterText)), [filterText, own, saved])
  const size = Number(params.get('size'))
  const rotting = useRotting(entity)
  return {
    view,
    views,
    ownViews,
    own,
    changed: own !== undefined && kept.some((name) => params.has(name)),
    conditions,
    canRot: rotting !== undefined,
    rotting: params.has('rotting') ? rotting : undefined,
    q: params.get('q') ?? own?.q ?? '',
    sort: params.get('sort')?.split(',') ?? (own ? undefined : savedSort) ?? view?.sort ?? newestFirst,
    page: Math.max(1, Number(params.get('page')) || 1),
    size: pageSizes.includes(size) ? size : 50,
    change: (changes) => {
      if (changes.sort && !own) saveSort([...changes.sort])
      setParams((before) => write(before, changes, own, ownViews), { replace: true })
    },
  }
}

/** As of when the list was opened. */
function useRotting(name: string): Filter | undefined {
  const catalog = useCatalog()
  return useMemo(() => { const entity = catalog.entities.get(name); return entity && rottingFilter(entity, catalog, new Date().toISOString()) }, [catalog, name])
}

/** The views of an entity and the one that is open: the named one, the person's default, the first. */
function useViews(entity: string, named: string | null) {
  const published = useCatalog().views.get(entity)
  const { views: all } = useMe()
  return useMemo(() => {
    const views = published ?? []
    const ownViews = all.filter((view) => view.entity === entity)
    const open = views.find((view) => view.name === named)
    const own = open ? undefined : (ownViews.find((view) => view.id === named) ?? ownViews.find((view) => view.default))
    const { conditions, rest } = toConditions(own?.filter)
    return { views, ownViews, own, saved: conditions, view: open ?? (own ? asView(own, rest, views) : views[0]) }
  }, [published, all, entity, named])
}

/** An own view is a table; it offers what the first published table offers. */
function asView({ id, entity, name, sort, columns }: PersonalView, filter: View['filter'], views: View[]): View {
  const base = views.find((view) => view.type === 'table')
  const shown = columns ?? base?.columns
  return {
    kind: 'view', name: id, entity, type: 'table', label: { en: name, zh: name },
    ...(filter && { filter }), ...(sort && { sort }), ...(shown && { columns: shown }),
    ...(base?.filters && { filters: base.filters }), ...(base?.rowActions && { rowActions: base.rowActions }),
  }
}

/**
 * Anything but turning the page leads back to the first one; another view is sorted its own way, and an own one is opened as it was
 * saved. What the open own view has saved is overruled by an empty member of the address.
 */
function write(before: URLSearchParams, { view, conditions, sort, page, size, q, rotting }: Parameters<ListState['change']>[0], own: PersonalView | undefined, ownViews: PersonalView[]): URLSearchParams {
  const next = new URLSearchParams(before)
  const put = (name: string, value: string) => (value || own ? next.set(name, value) : next.delete(name))
  next.delete('page')
  if (view !== undefined) {
    for (const name of own || ownViews.some((one) => one.id === view) ? kept : ['sort']) next.delete(name)
    next.set('view', view)
  }
  if (conditions !== undefined) put('filter', conditions.length > 0 ? JSON.stringify(conditions) : '')
  if (sort !== undefined) next.set('sort', sort.join(','))
  if (size !== undefined) next.set('size', String(size))
  if (q !== undefined) put('q', q)
  if (rotting !== undefined) { if (rotting) next.set('rotting', '1'); else next.delete('rotting') }
  if (page !== undefined && page > 1) next.set('page', String(page))
  return next
}
