import { learnTitles } from '../titles/titles'
import { request } from './client'
import type { Decision, FlowInstance, FlowPreview, Id, Task, TaskBox, TaskPage } from './types'

export async function listInstances(entity: string, record: Id): Promise<FlowInstance[]> {
  const { items } = await request<{ items: FlowInstance[] }>(`/records/${entity}/${record}/flow-instances`)
  items.forEach((instance) => learnTitles(instance.titles))
  return items
}

export const submitFlow = (entity: string, record: Id, flow: string, comment: string) =>
  request<FlowInstance>(`/records/${entity}/${record}/flows/${flow}`, { method: 'POST', body: { comment } })

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

export interface DecideInput { decision: Decision; comment: string; rev?: number }

export const decideTask = (id: Id, input: DecideInput) =>
  request<{ task: Task; instance: FlowInstance }>(`/tasks/${id}/decide`, { method: 'POST', body: input })
