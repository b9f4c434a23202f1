import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Filter, Pipeline, Stage } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { stagesOf } from '../../engine/pipeline-versions'
import type { EntityRights, RecordDoc, RecordPage } from '../api'
import { aggregate, listRecords, type ListQuery } from '../api/records'
import { canAsk, useCatalog } from '../session'
import { allOf, toFilter, where } from '../list/conditions'
import { columnsOf, type ListColumn } from '../list/fields'
import type { ListState } from '../list/list-state'

/** Cards a column shows at first, and more at each press. */
const step = 30

export interface Board {
  /** Those in force, and former ones that records stand in. */
  stages: Stage[]
  columns: ListColumn[]
  totals: CompiledField[]
  /** Cards of a stage; undefined while they load. */
  cards: (stage: string) => RecordDoc[] | undefined
  count: (stage: string) => number | undefined
  /** Sums of a stage, in the order of `totals`. */
  sums: (stage: string) => unknown[]
  more: (stage: string) => void
  /** Shows the card in another column; returns how to take that back. */
  place: (record: RecordDoc, from: string, to: string) => () => void
  error: Error | null
  retry: () => void
}

export function useBoard(entity: CompiledEntity, pipeline: Pipeline, list: ListState, rights: EntityRights): Board {
  const { pipelineField, stageField } = entity.definition.pipeline!
  const [limits, setLimits] = useState<Record<string, number>>({})
  const filter = allOf(where(pipelineField, 'eq', pipeline.name), list.view?.filter, toFilter(list.conditions), list.rotting)!
  const stages = stagesOf(useCatalog(), entity, pipeline)
  const queries = stages.map((stage) => stageQuery(stageField, stage.id, filter, list, limits[stage.id] ?? step))
  const pages = useQueries({ queries: queries.map((query) => ({ queryKey: boardKey(entity.name, query), queryFn: () => listRecords(entity.name, query), placeholderData: keepPreviousData })) })
  const totals = useTotals(entity, list, rights)
  const sums = useSums(entity.name, stageField, filter, totals)
  const index = (stage: string) => stages.findIndex(({ id }) => id === stage)
  const place = usePlacing(entity.name, stageField, (stage) => queries[index(stage)]!)
  const failed = pages.find((page) => page.error)
  return {
    stages: stages.filter((stage) => pipeline.stages.includes(stage) || sums.data?.has(stage.id)),
    columns: useMemo(() => columnsOf(entity, list.view, rights), [entity, list.view, rights]),
    totals,
    cards: (stage) => pages[index(stage)]?.data?.items,
    count: (stage) => sums.data?.get(stage)?.count ?? (sums.data ? 0 : undefined),
    sums: (stage) => sums.data?.get(stage)?.sums ?? [],
    more: (stage) => setLimits((before) => ({ ...before, [stage]: (before[stage] ?? step) + step })),
    place,
    error: failed && !failed.data ? failed.error : null,
    retry: () => pages.forEach((page) => void page.refetch()),
  }
}

const boardKey = (entity: string, query: ListQuery) => ['records', entity, 'board', query] as const

const stageQuery = (stageField: string, stage: string, filter: Filter, list: ListState, limit: number): ListQuery => ({
  filter: allOf(where(stageField, 'eq', stage), filter), sort: list.sort, q: list.q || undefined, limit, count: 'none',
})

/** Fields the view adds up, as far as this person sees them. */
function useTotals(entity: CompiledEntity, list: ListState, rights: EntityRights): CompiledField[] {
  return useMemo(
    () => (list.view?.totals ?? []).flatMap((name) => entity.fields.get(name) ?? []).filter((field) => canAsk(field, rights)),
    [entity, list.view, rights],
  )
}

interface StageSums { count: number; sums: unknown[] }

function useSums(entity: string, stageField: string, filter: Filter, totals: CompiledField[]) {
  const measures = [{ op: 'count' as const }, ...totals.map(({ name }) => ({ op: 'sum' as const, field: name }))]
  return useQuery({
    queryKey: ['records', entity, 'sums', filter, measures],
    queryFn: async () => {
      const { groups } = await aggregate(entity, { filter, groupBy: [stageField], measures })
      return new Map<string, StageSums>(groups.map(({ keys, values: [count, ...sums] }) => [String(keys[0]), { count: Number(count), sums }]))
    },
    placeholderData: keepPreviousData,
  })
}

/** Puts a card where it was dropped before the server has answered. */
function usePlacing(entity: string, stageField: string, queryOf: (stage: string) => ListQuery): Board['place'] {
  const client = useQueryClient()
  return (record, from, to) => {
    const keys = [from, to].map((stage) => boardKey(entity, queryOf(stage)))
    const before = keys.map((key) => client.getQueryData<RecordPage>(key))
    const edit = (key: readonly unknown[], change: (items: RecordDoc[]) => RecordDoc[]) =>
      client.setQueryData<RecordPage>(key, (page) => page && { ...page, items: change(page.items) })
    edit(keys[0]!, (items) => items.filter(({ id }) => id !== record.id))
    edit(keys[1]!, (items) => [{ ...record, [stageField]: to }, ...items])
    return () => keys.forEach((key, i) => client.setQueryData(key, before[i]))
  }
}
