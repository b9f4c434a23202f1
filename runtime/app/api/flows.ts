import { request } from './client'
import type { Decision, FlowInstance, Id, Task, TaskBox, TaskPage } from './types'

export const listInstances = (entity: string, record: Id) =>
  request<{ items: FlowInstance[] }>(`/records/${entity}/${record}/flow-instances`)

export const submitFlow = (entity: string, record: Id, flow: string, comment: string) =>
  request<FlowInstance>(`/records/${entity}/${record}/flows/${flow}`, { method: 'POST', body: { comment } })

export const getInstance = (id: Id) => request<FlowInstance>(`/flow-instances/${id}`)

export const withdraw = (id: Id, comment: string) =>
  request<FlowInstance>(`/flow-instances/${id}/withdraw`, { method: 'POST', body: { comment } })

export const listTasks = (box: TaskBox, limit: number, cursor?: string) =>
  request<TaskPage>('/tasks', { query: { box, limit, cursor } })

export interface DecideInput { decision: Decision; comment: string; rev: number }

export const decideTask = (id: Id, input: DecideInput) =>
  request<{ task: Task; instance: FlowInstance }>(`/tasks/${id}/decide`, { method: 'POST', body: input })
