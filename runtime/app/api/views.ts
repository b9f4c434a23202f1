import { request } from './client'
import type { Id, PersonalView, ViewContent } from './types'

export const saveView = (entity: string, view: ViewContent & { name: string; default?: boolean }) =>
  request<PersonalView>('/me/views', { method: 'POST', body: { ...view, entity } })

/** What is not mentioned stays; null takes it away. */
export const changeView = (id: Id, changes: { name?: string; default?: boolean } & { [K in keyof ViewContent]?: ViewContent[K] | null }) =>
  request<PersonalView>(`/me/views/${id}`, { method: 'PATCH', body: changes })

export const deleteView = (id: Id) => request<void>(`/me/views/${id}`, { method: 'DELETE' })
