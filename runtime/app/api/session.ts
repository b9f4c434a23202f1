import { request } from './client'
import { connection } from './connection'
import type { Me, User } from './types'

export async function fetchMe(): Promise<Me> {
  const me = await request<Me>('/me')
  connection.csrfToken = me.csrfToken
  localStorage.setItem(signedInKey, 'yes')
  return me
}

/** A guess, good for asking early: whether somebody was signed in here when last looked. */
const signedInKey = 'formwright.session'
export const wasSignedIn = (): boolean => localStorage.getItem(signedInKey) !== null
export const noteSignedOut = (): void => localStorage.removeItem(signedInKey)

export async function signIn(username: string, password: string): Promise<void> {
  const session = await request<{ csrfToken: string; user: User }>('/session', { method: 'POST', body: { username, password } })
  connection.csrfToken = session.csrfToken
}

export async function signOut(): Promise<void> {
  await request<void>('/session', { method: 'DELETE' })
  connection.csrfToken = ''
}

export const saveLanguage = (language: string) => request<void>('/me', { method: 'PATCH', body: { language } })

export const changePassword = (current: string, password: string) =>
  request<void>('/me/password', { method: 'POST', body: { current, password } })

export const savePreference = (key: string, value: unknown) =>
  request<void>(`/me/preferences/${encodeURIComponent(key)}`, { method: 'PUT', body: value })
