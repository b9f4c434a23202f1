/** A client of the HTTP API; `formwright types` writes it behind the types of the published definitions. Needs nothing but fetch. */

export interface EntityTypes { record: { id: string; rev: number }; input: object; actions: object }

export type Filter =
  | { and: Filter[] } | { or: Filter[] } | { not: Filter }
  | { field: string; op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'nin' | 'contains' | 'startsWith' | 'between' | 'empty' | 'notEmpty' | 'withinDays' | 'within' | 'me' | 'myDepartment'; value?: unknown }

export interface ListQuery {
  filter?: Filter
  /** Field names, with a leading minus for descending. */
  sort?: string[]
  /** 1 to 500; 50 unless given. */
  limit?: number
  /** `nextCursor` of the page before. */
  cursor?: string
  /** Words to look for. */
  q?: string
  /** A published view, whose filter and sort apply. */
  view?: string
  count?: 'exact' | 'none'
}

export interface Page<R> { items: R[]; nextCursor: string | null; count?: number }
export interface ActionResult<R> { record: R; created: { entity: string; id: string; title: string }[] }
export interface FieldProblem { path: string; code: string; message: string; params?: { [name: string]: unknown } }

/** An answer that is no success, as RFC 9457 tells it. */
export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly problems: FieldProblem[] = []) {
    super(message)
    this.name = 'ApiError'
  }
}

type Body = { [member: string]: unknown } | object

export class FormwrightClient<E extends { [K in keyof E]: EntityTypes }> {
  private constructor(private readonly base: string, private readonly headers: Record<string, string>) {}

  /** Fails with an ApiError when the name or the password is wrong. `url`: of the server, without a path. */
  static async signIn<E extends { [K in keyof E]: EntityTypes }>(url: string, username: string, password: string): Promise<FormwrightClient<E>> {
    const base = new URL('/api/v1', url).href
    const response = await fetch(`${base}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }) })
    const { csrfToken } = await answerOf<{ csrfToken: string }>(response)
    return new FormwrightClient<E>(base, { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0]!, 'x-csrf-token': csrfToken })
  }

  list<K extends keyof E & string>(entity: K, { filter, sort, ...query }: ListQuery = {}): Promise<Page<E[K]['record']>> {
    const params = { ...query, ...(filter && { filter: JSON.stringify(filter) }), ...(sort && { sort: sort.join(',') }) }
    return this.send('GET', `/records/${entity}?${new URLSearchParams(params as Record<string, string>).toString()}`)
  }

  /** All records of a list, page by page. */
  async *all<K extends keyof E & string>(entity: K, query: Omit<ListQuery, 'cursor'> = {}): AsyncGenerator<E[K]['record']> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Page<E[K]['record']> = await this.list(entity, { ...query, ...(cursor !== undefined && { cursor }) })
      yield* page.items
      cursor = page.nextCursor
    }
  }

  get<K extends keyof E & string>(entity: K, id: string): Promise<E[K]['record']> {
    return this.send('GET', `/records/${entity}/${id}`)
  }

  create<K extends keyof E & string>(entity: K, values: E[K]['input']): Promise<E[K]['record']> {
    return this.send('POST', `/records/${entity}`, values)
  }

  /** Changes the given fields; null empties. `rev`: the revision the change is based on; 412 when it is no longer that. */
  update<K extends keyof E & string>(entity: K, id: string, values: Partial<E[K]['input']>, rev?: number): Promise<E[K]['record']> {
    return this.send('PATCH', `/records/${entity}/${id}`, values, rev)
  }

  remove(entity: keyof E & string, id: string, rev?: number): Promise<void> {
    return this.send('DELETE', `/records/${entity}/${id}`, undefined, rev)
  }

  /** Presses a button of the record. */
  act<K extends keyof E & string, A extends keyof E[K]['actions'] & string>(entity: K, id: string, action: A, input: E[K]['actions'][A]): Promise<ActionResult<E[K]['record']>> {
    return this.send('POST', `/records/${entity}/${id}/actions/${action}`, { input })
  }

  private async send<T>(method: string, path: string, body?: Body, rev?: number): Promise<T> {
    const headers = { ...this.headers, ...(body && { 'content-type': 'application/json' }), ...(rev !== undefined && { 'if-match': `"${rev}"` }) }
    return answerOf<T>(await fetch(this.base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const body = (response.status === 204 ? undefined : await response.json()) as T | { code: string; detail?: string; title: string; problems?: FieldProblem[] }
  if (response.ok) return body as T
  const { code, title, detail, problems } = body as { code: string; detail?: string; title: string; problems?: FieldProblem[] }
  throw new ApiError(response.status, code, detail ?? title, problems)
}
