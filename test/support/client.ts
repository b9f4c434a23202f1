/** A signed-in person at the HTTP API: the cookie, the CSRF token, JSON in and out. */
import type { Problem } from '../../schemas/errors'
import type { Filter } from '../../schemas/generated/types'
import type { WireRecord } from '../../runtime/engine'

export interface ClientOptions { language?: 'en' | 'zh-CN' }

/** What the API says went wrong, RFC 9457. */
export interface ProblemBody { type: string; title: string; status: number; code: string; detail: string; problems: Problem[]; requestId: string; current?: unknown }

export interface Answer<T = WireRecord> { status: number; body: T; headers: Headers }

export interface Sent { body?: unknown; headers?: Record<string, string>; /** Sent as it is instead of `body`. */ raw?: string | Uint8Array; query?: Record<string, string> }

export class Client {
  cookie = ''
  csrf = ''
  userId = ''
  constructor(readonly url: string, readonly options: ClientOptions = {}) {}

  static async signIn(url: string, username: string, password: string, options: ClientOptions = {}): Promise<Client> {
    const client = new Client(url, options)
    const { status, body, headers } = await client.post<{ csrfToken: string; user: { id: string } }>('/session', { username, password })
    if (status !== 200) throw new Error(`${username} could not sign in: ${status} ${JSON.stringify(body)}`)
    client.cookie = headers.get('set-cookie')!.split(';')[0]!
    client.csrf = body.csrfToken
    client.userId = body.user.id
    return client
  }

  async request<T = WireRecord>(method: string, path: string, { body, headers = {}, raw, query }: Sent = {}): Promise<Answer<T>> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${this.url}/api/v1${path}${query ? `?${new URLSearchParams(query).toString()}` : ''}`, {
      method,
      body: sent as BodyInit | undefined,
      headers: {
        ...(sent !== undefined && { 'content-type': 'application/json' }), ...(this.cookie && { cookie: this.cookie }), ...(this.csrf && { 'x-csrf-token': this.csrf }),
        ...(this.options.language && { 'accept-language': this.options.language }), ...headers,
      },
    })
    const text = await response.text()
    const isXml = response.headers.get('content-type')?.includes('xml') === true
    return { status: response.status, headers: response.headers, body: (text === '' ? undefined : isXml ? text : JSON.parse(text)) as T }
  }

  get<T = WireRecord>(path: string, query?: Record<string, string>) { return this.request<T>('GET', path, { query }) }
  post<T = WireRecord>(path: string, body: unknown = {}, headers?: Record<string, string>) { return this.request<T>('POST', path, { body, headers }) }
  put<T = WireRecord>(path: string, body: unknown) { return this.request<T>('PUT', path, { body }) }
  patch<T = WireRecord>(path: string, body: unknown, headers?: Record<string, string>) { return this.request<T>('PATCH', path, { body, headers }) }
  delete<T = WireRecord>(path: string, headers?: Record<string, string>) { return this.request<T>('DELETE', path, { headers }) }

  /** Fails unless the request succeeds. */
  async must<T = WireRecord>(answer: Promise<Answer<T>>): Promise<T> {
    const { status, body } = await answer
    if (status >= 400) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  create(entity: string, record: WireRecord) { return this.must<WireRecord & { id: string; rev: number }>(this.post(`/records/${entity}`, record)) }
  read(entity: string, id: string) { return this.must(this.get(`/records/${entity}/${id}`)) }
  list(entity: string, query: Record<string, string> & { filter?: never } = {}, filter?: Filter) {
    return this.must<{ items: WireRecord[]; nextCursor: string | null; count?: number; titles?: Record<string, string> }>(this.get(`/records/${entity}`, { ...query, ...(filter && { filter: JSON.stringify(filter) }) }))
  }
  action<T = { record: WireRecord; created: { entity: string; id: string; title: string }[]; instance?: string }>(entity: string, id: string, name: string, input: WireRecord = {}) { return this.post<T>(`/records/${entity}/${id}/actions/${name}`, { input }) }
}
