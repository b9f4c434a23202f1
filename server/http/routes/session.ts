import { Router, type RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { z } from 'zod'
import { AppError } from '../../../schemas/errors'
import type { ModelHolder } from '../../model/model'
import type { Services } from '../../use-cases/context'
import { changeOwnPassword, savePreference, setLanguage, setPersonsPassword, whoAmI } from '../../use-cases/me'
import { signIn, signOut } from '../../use-cases/sessions'
import { bodyOf, command, handle, ok, param } from '../handler'
import { parse } from '../input'
import { clearCookie, setCookie } from '../session'

const credentials = z.strictObject({ username: z.string().min(1).max(60), password: z.string().min(1).max(200) })
const language = z.strictObject({ language: z.enum(['en', 'zh', 'zh-CN']) })
const passwords = z.strictObject({ current: z.string().max(200), password: z.string().max(200) })
const password = z.strictObject({ password: z.string().max(200) })

const windowSeconds = 60
/** Failed attempts a minute from one address at one account. */
const attempts = 10

function throttle(): RequestHandler {
  return rateLimit({
    windowMs: windowSeconds * 1000, limit: attempts, skipSuccessfulRequests: true, standardHeaders: false, legacyHeaders: false,
    keyGenerator: (req) => `${ipKeyGenerator(req.ip ?? '')} ${String((req.body as { username?: unknown } | undefined)?.username).toLowerCase()}`,
    handler: () => { throw new AppError(429, 'tooManyRequests', { seconds: windowSeconds }) },
  })
}

/** Signing in needs no session. */
export function signInRoute(services: Services, holder: ModelHolder): Router {
  const router = Router()
  router.post('/session', throttle(), async (req, res) => {
    const { username, password } = parse(credentials, bodyOf(req))
    const { token, session } = await signIn(services, await holder.current(), username, password)
    setCookie(req, res, token)
    const { id, name, roles, department, language } = session.person
    res.status(200).json({ csrfToken: session.csrf, user: { id, username: session.person.username, name, roles, department, language } })
  })
  return router
}

export function sessionRoutes(): Router {
  const router = Router()
  router.delete('/session', async (_req, res) => {
    const { context, session } = res.locals as { context: Services; session: { id: string } }
    await signOut(context, session.id)
    clearCookie(res).status(204).end()
  })
  router.get('/me', handle(async (ctx, _req, session) => ok(await whoAmI(ctx, session.csrf))))
  router.patch('/me', handle(async (ctx, req) => { await setLanguage(ctx, parse(language, bodyOf(req)).language.slice(0, 2) as 'en' | 'zh'); return {} }))
  router.post('/me/password', handle(async (ctx, req, session) => { const { current, password } = parse(passwords, bodyOf(req)); await changeOwnPassword(ctx, session.id, current, password); return {} }))
  router.put('/me/preferences/:key', handle(async (ctx, req) => { await savePreference(ctx, preferenceKey(param(req, 'key')), preference(req.body)); return {} }))
  router.post('/users/:id/password', command(async (ctx, req) => { await setPersonsPassword(ctx, param(req, 'id'), parse(password, bodyOf(req)).password); return {} }, { apart: true }))
  return router
}

const maxPreference = 10_000
function preference(value: unknown): unknown {
  if (JSON.stringify(value ?? null).length > maxPreference) throw new AppError(413, 'tooLargeBody', { limit: '10 KB' })
  return value ?? null
}
function preferenceKey(key: string): string {
  if (!/^[\w.-]{1,100}$/.test(key)) throw new AppError(400, 'badRequest', { reason: 'key' })
  return key
}
