/** Between a route and a use-case: the context of a request, its answer, and idempotency. */
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import { inTransaction, type Context } from '../use-cases/context'
import { canonicalJson } from '../use-cases/definitions'
import { sendJson } from './json'
import type { Session } from '../use-cases/sessions'

/** `text`: instead of JSON, of the type its header says. */
export interface Answer { status?: number; body?: unknown; text?: string; headers?: Record<string, string> }
export type Handle = (ctx: Context, req: Request, session: Session) => Promise<Answer>

export const ok = (body: unknown): Answer => ({ body })
/** A record with its revision. */
export const withRev = (record: { rev?: number }, status = 200, headers: Record<string, string> = {}): Answer => ({ status, body: record, headers: { ETag: `"${record.rev}"`, ...headers } })

/** Reads and answers. */
export function handle(run: Handle): RequestHandler {
  return async (req, res) => { await send(req, res, await byPresentDefinitions(res, (ctx) => run(ctx, req, res.locals.session as Session))) }
}

/**
 * A command. With an Idempotency-Key the answer is kept in the command's own transaction: the same key gives the same answer and the
 * command happens once; the same key with another request is 422. `apart`: the command has transactions of its own.
 */
export function command(run: Handle, { apart = false } = {}): RequestHandler {
  return async (req, res) => {
    const session = res.locals.session as Session
    const key = req.get('idempotency-key')
    await send(req, res, await byPresentDefinitions(res, (ctx) => {
      if (key === undefined) return run(ctx, req, session)
      return apart ? keptApart(ctx, req, key, () => run(ctx, req, session)) : inTransaction(ctx, (inside) => kept(inside, req, key, (inner) => run(inner, req, session)))
    }))
  }
}

/** So often a request is begun again because of a release that came between; more come together in no honest installation. */
const mostReleases = 5

async function byPresentDefinitions(res: Response, run: (ctx: Context) => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(res.locals.context as Context)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'definitionsChanged' || attempt === mostReleases) throw error
      await (res.locals.renew as () => Promise<void>)()
    }
  }
}

async function kept(ctx: Context, req: Request, key: string, run: (ctx: Context) => Promise<Answer>): Promise<Answer> {
  const { id, fingerprint } = identify(ctx, req, key)
  const known = await ctx.tx!.get(collections.idempotency, id)
  if (known) return replay(known as never, fingerprint)
  const answer = await run(ctx)
  await ctx.tx!.insert(collections.idempotency, [keepsake(ctx, id, fingerprint, answer)])
  return answer
}

async function keptApart(ctx: Context, req: Request, key: string, run: () => Promise<Answer>): Promise<Answer> {
  const { id, fingerprint } = identify(ctx, req, key)
  const known = await ctx.store.get(collections.idempotency, id)
  if (known) return replay(known as never, fingerprint)
  const answer = await run()
  await ctx.store.transaction((tx) => tx.insert(collections.idempotency, [keepsake(ctx, id, fingerprint, answer)]))
  return answer
}

function identify(ctx: Context, req: Request, key: string) {
  if (key.length < 1 || key.length > 200) throw new AppError(400, 'badRequest', { reason: 'Idempotency-Key' })
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  return { id: digest(`${ctx.me.id}\n${key}`), fingerprint: digest(`${req.method}\n${req.originalUrl}\n${canonicalJson(req.body ?? null)}`) }
}

function replay(known: { fingerprint: string; status: number; body: unknown; headers: Record<string, string> | null }, fingerprint: string): Answer {
  if (known.fingerprint !== fingerprint) throw new AppError(422, 'idempotencyMismatch')
  return { status: known.status, body: known.body ?? undefined, headers: known.headers ?? {} }
}

const keepsake = (ctx: Context, id: string, fingerprint: string, { status = 200, body, headers }: Answer) =>
  ({ id, rev: 1, fingerprint, at: ctx.clock.now(), status, body: (body ?? null) as never, headers: (headers ?? null) as never })

async function send(req: Request, res: Response, { status = 200, body, text, headers }: Answer) {
  for (const name in headers) res.setHeader(name, headers[name]!)
  if (text !== undefined) { res.status(status).send(text); return }
  if (body === undefined) { res.status(status === 200 ? 204 : status).end(); return }
  await sendJson(req, res, status, body)
}

/** The revision of `If-Match: "7"`; undefined without the header. */
export function ifMatch(req: Request): number | undefined {
  const header = req.get('if-match')
  if (header === undefined || header === '*') return undefined
  const rev = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1]
  if (rev === undefined) throw new AppError(400, 'badRequest', { reason: 'If-Match' })
  return Number(rev)
}

/** A JSON object; anything else is 400. */
export function bodyOf(req: Request): { [k: string]: unknown } {
  const body: unknown = req.body
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) throw new AppError(400, 'badRequest', { reason: { en: 'a JSON object is expected', zh: '应为 JSON 对象' } })
  return body as { [k: string]: unknown }
}

export const param = (req: Request, name: string) => String(req.params[name])
