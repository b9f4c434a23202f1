import { learnTitles } from '../titles/titles'
import { request } from './client'
import type { Problem } from '../../../schemas/errors'
import type { Filter } from '../../../schemas/generated/types'
import type { ActionResult, AggregateGroup, BinPage, Check, Commands, DuplicateGroup, Id, Merged, MergeRequest, PipelineSwitch, RecordDoc, RecordPage, Share, ShareWish, StageMove, StageResult, Timeline, Titles, Unmerged, Values } from './types'

export interface ListQuery {
  filter?: Filter | undefined
  /** Field names, with a leading minus for descending. */
  sort?: readonly string[] | undefined
  limit?: number
  page?: number
  q?: string | undefined
  fields?: readonly string[]
  view?: string | undefined
  count?: 'exact' | 'none'
}

const path = (entity: string, ...rest: string[]) => ['/records', entity, ...rest].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/')

export async function listRecords(entity: string, query: ListQuery, signal?: AbortSignal): Promise<RecordPage> {
  const { filter, sort, fields, ...plain } = query
  const page = await request<RecordPage>(path(entity), {
    query: { ...plain, filter: filter && JSON.stringify(filter), sort: sort?.join(','), fields: fields?.join(','), titles: true },
    ...(signal && { signal }),
  })
  learnTitles(page.titles)
  return page
}

export async function getRecord(entity: string, id: Id): Promise<RecordDoc> {
  const { $titles, ...record } = await request<RecordDoc>(path(entity, id), { query: { titles: true } })
  learnTitles($titles)
  return record as RecordDoc
}

/** `duplicatesSeen`: save although there are records alike. */
interface WriteOptions { duplicatesSeen?: boolean }
const writeQuery = ({ duplicatesSeen }: WriteOptions) => (duplicatesSeen ? { query: { duplicatesSeen } } : {})

export const createRecord = (entity: string, values: Values, options: WriteOptions = {}) =>
  request<RecordDoc>(path(entity), { method: 'POST', body: values, ...writeQuery(options) })

export const updateRecord = (entity: string, id: Id, rev: number, changes: Values, options: WriteOptions = {}) =>
  request<RecordDoc>(path(entity, id), { method: 'PATCH', body: changes, ifMatch: rev, ...writeQuery(options) })

export const deleteRecord = (entity: string, id: Id, rev?: number) =>
  request<{ pendingDeletion: Id } | undefined>(path(entity, id), { method: 'DELETE', ...(rev !== undefined && { ifMatch: rev }) })

export const restoreRecord = (entity: string, id: Id) => request<RecordDoc>(path(entity, id, 'restore'), { method: 'POST' })

export const getCommands = (entity: string, id: Id) => request<Commands>(path(entity, id, 'commands'))

/** `field`: only events that changed it. */
export async function getTimeline(entity: string, id: Id, field?: string): Promise<Timeline> {
  const timeline = await request<Timeline>(path(entity, id, 'timeline'), { query: { field } })
  learnTitles(timeline.titles)
  return timeline
}

export async function listBin(entity: string, cursor?: string): Promise<BinPage> {
  const page = await request<BinPage>(path(entity, 'bin'), { query: { cursor } })
  learnTitles(page.titles)
  return page
}

export const purgeRecord = (entity: string, id: Id) => request<void>(path(entity, id, 'purge'), { method: 'POST' })

export const mergeRecords = (entity: string, merge: MergeRequest) => request<Merged>(path(entity, 'merge'), { method: 'POST', body: merge })
export const mergePreview = (entity: string, from: Id[]) => request<{ items: { entity: string; count: number }[] }>(path(entity, 'merge', 'preview'), { method: 'POST', body: { from }, safe: true })
export const unmergeRecords = (entity: string, id: Id) => request<Unmerged>(path(entity, id, 'unmerge'), { method: 'POST' })

export async function listDuplicates(entity: string): Promise<DuplicateGroup[]> {
  const { items, titles } = await request<{ items: DuplicateGroup[]; titles: Titles }>(path(entity, 'duplicates'))
  learnTitles(titles)
  return items
}

/** What saving would say of records alike. */
export const checkDuplicates = (entity: string, typed: { id?: Id; values: Values }, signal?: AbortSignal) =>
  request<{ problems: Problem[] }>(path(entity, 'duplicates'), { method: 'POST', body: typed, safe: true, ...(signal && { signal }) })

/** Puts back what fields were before an event. */
export const restoreValues = (entity: string, id: Id, entry: Id, fields: string[]) =>
  request<RecordDoc>(path(entity, id, 'history', entry, 'restore'), { method: 'POST', body: { fields } })

export const runAction = (entity: string, id: Id, action: string, input: Values) =>
  request<ActionResult>(path(entity, id, 'actions', action), { method: 'POST', body: { input } })

export const moveStage = (entity: string, id: Id, move: StageMove) =>
  request<StageResult>(path(entity, id, 'stage'), { method: 'POST', body: move })

export const switchPipeline = (entity: string, id: Id, change: PipelineSwitch) =>
  request<StageResult>(path(entity, id, 'pipeline'), { method: 'POST', body: change })

export const checkItem = (entity: string, id: Id, item: string, done: boolean) =>
  request<{ items: Check[] }>(path(entity, id, 'checklist', item), { method: 'PUT', body: { done } })

export const listShares = (entity: string, id: Id) => request<{ items: Share[] }>(path(entity, id, 'shares'))
export const shareRecord = (entity: string, id: Id, wish: ShareWish) => request<Share>(path(entity, id, 'shares'), { method: 'POST', body: wish })
export const unshareRecord = (entity: string, id: Id, share: Id) => request<void>(path(entity, id, 'shares', share), { method: 'DELETE' })

export interface Measure { op: 'count' | 'sum' | 'min' | 'max' | 'avg'; field?: string }
export interface AggregateQuery { filter?: Filter; q?: string; groupBy: string[]; measures: Measure[] }

export const aggregate = (entity: string, query: AggregateQuery) =>
  request<{ groups: AggregateGroup[] }>(path(entity, 'aggregate'), { method: 'POST', body: query, safe: true })
