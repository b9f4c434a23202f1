import { ApiProblem, isProblem, type ProblemDocument } from './api-problem'
import { connection, noticeRelease, signedOut } from './connection'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Query = Record<string, string | number | boolean | undefined>

export interface RequestOptions {
  method?: Method
  query?: Query
  body?: unknown
  /** Revision the change is based on; another stored revision answers 412. */
  ifMatch?: number
  signal?: AbortSignal
  /** A POST that only reads: needs no Idempotency-Key. */
  safe?: boolean
}

const base = '/api/v1'

/** The one way to the server. Resolves with the parsed body (undefined for 204), rejects with `ApiProblem`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const send = prepare(path, options)
  let response = await send()
  if (response.status === 403 && (await isStaleToken(response))) {
    await renewToken()
    response = await send()
  }
  noticeRelease(response.headers.get('X-Release'))
  return read<T>(response)
}

/** Keeps the same Idempotency-Key over its repetitions, so that a lost answer does not lead to a second record. */
function prepare(path: string, options: RequestOptions): () => Promise<Response> {
  const method = options.method ?? 'GET'
  const key = method === 'POST' && !options.safe ? newKey() : undefined
  const once = () => fetch(base + path + queryString(options.query), { ...init(method, options), headers: headers(method, options, key) })
  return () => once().catch((error: unknown) => retryOrFail(error, method, once))
}

async function retryOrFail(error: unknown, method: Method, again: () => Promise<Response>): Promise<Response> {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  if (method === 'GET' || method === 'POST') return again().catch(unreachable)
  return unreachable()
}

function unreachable(): never {
  throw new ApiProblem({ title: 'No answer from the server', status: 0, code: 'network' })
}

/** Browsers let at most 64 KiB under way outlive their page; more than this each is an ordinary request. */
const outlivesPage = 4_096

/** A small change is carried out even when the page is left right after the click. */
function init(method: Method, { body, signal }: RequestOptions): RequestInit {
  const text = body === undefined ? null : JSON.stringify(body)
  return { method, credentials: 'same-origin', signal: signal ?? null, body: text, keepalive: method !== 'GET' && (text ?? '').length <= outlivesPage }
}

function headers(method: Method, { body, ifMatch }: RequestOptions, key: string | undefined): Record<string, string> {
  return {
    Accept: 'application/json',
    'X-Client': 'app',
    'Accept-Language': connection.language,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(method !== 'GET' && connection.csrfToken !== '' && { 'X-CSRF-Token': connection.csrfToken }),
    ...(ifMatch !== undefined && { 'If-Match': `"${ifMatch}"` }),
    ...(key !== undefined && { 'Idempotency-Key': key }),
  }
}

export function queryString(query: Query = {}): string {
  const entries = Object.entries(query).flatMap(([k, v]) => (v === undefined || v === '' ? [] : [[k, String(v)]]))
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
}

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  const problem = new ApiProblem(await problemOf(response))
  if (response.status === 401) signedOut.emit()
  throw problem
}

async function problemOf(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument
  } catch {
    return { title: response.statusText, status: response.status, code: 'internal' }
  }
}

async function isStaleToken(response: Response): Promise<boolean> {
  return (await problemOf(response.clone())).code === 'badCsrfToken'
}

/** Another tab signed in again: the cookie is shared, the token here is old. */
async function renewToken(): Promise<void> {
  try {
    connection.csrfToken = (await request<{ csrfToken: string }>('/me')).csrfToken
  } catch (error) {
    if (!isProblem(error)) throw error
  }
}

/** Not `crypto.randomUUID`: that one is missing on plain http in a company network. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
