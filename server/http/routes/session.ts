import { Router, type RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { z } from 'zod'
import { AppError, withMessages } from '../../../schemas/errors'
import type { ModelHolder } from '../../model/model'
import type { Context, Services } from '../../use-cases/context'
import { changeOwnPassword, savePreference, setLanguage, setPersonsPassword, whoAmI } from '../../use-cases/me'
import { changeView, createView, deleteView, personalViews, type PersonalView, type ViewChanges, type ViewWish } from '../../use-cases/personal-views'
import { handOverTasks } from '../../use-cases/hand-over'
import { listDepartments, listPeople } from '../../use-cases/list-people'
import { addAbsence, endAbsence, listAbsences } from '../../use-cases/out-of-office'
import { signIn, signOut } from '../../use-cases/sessions'
import { bodyOf, command, handle, ifMatch, ok, param, withRev } from '../handler'
import { parse } from '../input'
import { clearCookie, setCookie } from '../session'

const credentials = z.strictObject({ username: z.string().min(1).max(60), password: z.string().min(1).max(200) })
const language = z.strictObject({ language: z.enum(['en', 'zh', 'zh-CN']) })
const passwords = z.strictObject({ current: z.string().max(200), password: z.string().max(200) })
const password = z.strictObject({ password: z.string().max(200) })

const viewMembers = {
  name: z.string().trim().min(1).max(60),
  filter: z.unknown().optional().meta({ description: '{"field", "op", "value"}, combined by and, or, not.' }),
  sort: z.array(z.string().max(100)).max(5).nullish(),
  columns: z.array(z.strictObject({ field: z.string().max(100), width: z.number().int().min(40).max(800).optional() })).min(1).max(40).nullish(),
  q: z.string().trim().max(200).nullish(),
  default: z.boolean().optional().meta({ description: 'What the list of the entity opens with.' }),
}
export const viewBody = z.strictObject({ ...viewMembers, entity: z.string().min(1).max(60) })
export const viewChanges = z.strictObject({ ...viewMembers, name: viewMembers.name.optional() })

export const absenceBody = z.strictObject({ from: z.iso.date(), until: z.iso.date(), deputy: z.string().min(1).max(64), flows: z.array(z.string().max(60)).min(1).max(100).nullish() })

const nameQuery = z.object({ q: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).optional() })
export const handOverBody = z.strictObject({ to: z.string().min(1).max(64) })

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
  const told = (ctx: Context, view: PersonalView) => ({ ...view, leftOut: withMessages(view.leftOut, ctx.language) })
  router.get('/me/views', handle(async (ctx, req) => ok({ items: (await personalViews(ctx, typeof req.query.entity === 'string' ? req.query.entity : undefined)).map((view) => told(ctx, view)) })))
  router.post('/me/views', command(async (ctx, req) => withRev(told(ctx, await createView(ctx, parse(viewBody, small(bodyOf(req))) as ViewWish)), 201)))
  router.patch('/me/views/:id', handle(async (ctx, req) => withRev(told(ctx, await changeView(ctx, param(req, 'id'), parse(viewChanges, small(bodyOf(req))) as ViewChanges, ifMatch(req))))))
  router.delete('/me/views/:id', handle(async (ctx, req) => { await deleteView(ctx, param(req, 'id')); return {} }))
  router.get('/people', handle((ctx, req) => Promise.resolve(ok(listPeople(ctx, parse(nameQuery, req.query))))))
  router.get('/departments', handle((ctx, req) => Promise.resolve(ok(listDepartments(ctx, parse(nameQuery, req.query))))))
  router.get('/me/out-of-office', handle(async (ctx) => ok(await listAbsences(ctx))))
  router.post('/me/out-of-office', command(async (ctx, req) => ({ status: 201, body: await addAbsence(ctx, parse(absenceBody, bodyOf(req))) })))
  router.delete('/me/out-of-office/:id', handle(async (ctx, req) => { await endAbsence(ctx, param(req, 'id')); return {} }))
  router.post('/users/:id/password', command(async (ctx, req) => { await setPersonsPassword(ctx, param(req, 'id'), parse(password, bodyOf(req)).password); return {} }, { apart: true }))
  router.post('/users/:id/hand-over', command(async (ctx, req) => ok(await handOverTasks(ctx, param(req, 'id'), parse(handOverBody, bodyOf(req)).to))))
  return router
}

const maxKept = 10_000
const preference = (value: unknown): unknown => small(value ?? null)
function small<T>(value: T): T {
  if (JSON.stringify(value).length > maxKept) throw new AppError(413, 'tooLargeBody', { limit: '10 KB' })
  return value
}
function preferenceKey(key: string): string {
  if (!/^[\w.-]{1,100}$/.test(key)) throw new AppError(400, 'badRequest', { reason: 'key' })
  return key
}
