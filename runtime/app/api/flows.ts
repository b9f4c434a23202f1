import { learnTitles } from '../titles/titles'
import { request } from './client'
import type { Absence, BulkResult, Decision, FlowInstance, FlowPreview, Id, Task, TaskBox, TaskPage, Values } from './types'

export async function listInstances(entity: string, record: Id): Promise<FlowInstance[]> {
  const { items } = await request<{ items: FlowInstance[] }>(`/records/${entity}/${record}/flow-instances`)
  items.forEach((instance) => learnTitles(instance.titles))
  return items
}

export const submitFlow = (entity: string, record: Id, flow: string, comment: string, people: Record<string, Id[]> = {}) =>
  request<FlowInstance>(`/records/${entity}/${record}/flows/${flow}`, { method: 'POST', body: { comment, people } })

/** Who will be asked when the record is submitted now, node by node. */
export async function previewFlow(entity: string, record: Id, flow: string): Promise<FlowPreview> {
  const preview = await request<FlowPreview>(`/records/${entity}/${record}/flows/${flow}/preview`)
  learnTitles(preview.titles)
  return preview
}

export async function getInstance(id: Id): Promise<FlowInstance> {
  const instance = await request<FlowInstance>(`/flow-instances/${id}`)
  learnTitles(instance.titles)
  return instance
}

export const withdraw = (id: Id, comment: string) =>
  request<FlowInstance>(`/flow-instances/${id}/withdraw`, { method: 'POST', body: { comment } })

export async function listTasks(box: TaskBox, limit: number, cursor?: string): Promise<TaskPage> {
  const page = await request<TaskPage>('/tasks', { query: { box, limit, cursor } })
  learnTitles(page.titles)
  return page
}

export interface DecideInput { decision: Decision; comment: string; rev?: number; to?: Id[]; fields?: Values; people?: Record<string, Id[]>; signature?: Id; attachments?: Id[] }

export const decideTask = (id: Id, input: DecideInput) =>
  request<{ task: Task; instance: FlowInstance }>(`/tasks/${id}/decide`, { method: 'POST', body: input })

/** The same decision for many tasks; each answers for itself. */
export const decideTasks = (ids: Id[], decision: 'approve' | 'reject', comment: string) =>
  request<{ items: BulkResult[] }>('/tasks/decide', { method: 'POST', body: { items: ids.map((id) => ({ id })), decision, comment } })

export type Repair = 'retry' | 'reassign' | 'jump' | 'terminate'
export const repair = (id: Id, how: Repair, body: { comment: string | null; task?: string; token?: number; to?: string }) => request<FlowInstance>(`/flow-instances/${id}/${how}`, { method: 'POST', body })

export const readCopy = (id: Id) => request<Task>(`/tasks/${id}/read`, { method: 'POST' })
export const urge = (id: Id) => request<FlowInstance>(`/flow-instances/${id}/urge`, { method: 'POST', body: {} })
export const comment = (id: Id, text: string, attachments: Id[]) => request<FlowInstance>(`/flow-instances/${id}/comment`, { method: 'POST', body: { comment: text, ...(attachments.length > 0 && { attachments }) } })

export async function listAbsences(): Promise<Absence[]> {
  const { items, titles } = await request<{ items: Absence[]; titles: Record<Id, string> }>('/me/out-of-office')
  learnTitles(titles)
  return items
}
export const addAbsence = (absence: Omit<Absence, 'id' | 'flows'>) => request<Absence>('/me/out-of-office', { method: 'POST', body: absence })
export const endAbsence = (id: Id) => request<undefined>(`/me/out-of-office/${id}`, { method: 'DELETE' })
