/** Cookie → person. Writes need the session's CSRF token too. */
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../schemas/errors'
import type { Model, ModelHolder } from '../model/model'
import { contextFor, type Services } from '../use-cases/context'
import { findSession, sessionHours, type Session } from '../use-cases/sessions'
import { languageOf } from './problem'

const cookieName = 'fw_session'
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

export function setCookie(req: Request, res: Response, token: string) {
  res.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/', maxAge: sessionHours * 3_600_000 })
}
export const clearCookie = (res: Response) => res.clearCookie(cookieName, { path: '/' })

function cookieOf(req: Request): string | undefined {
  const header = req.headers.cookie
  const at = header?.indexOf(`${cookieName}=`) ?? -1
  if (at < 0 || (at > 0 && header![at - 1] !== ' ' && header![at - 1] !== ';')) return undefined
  const end = header!.indexOf(';', at)
  return header!.slice(at + cookieName.length + 1, end < 0 ? undefined : end)
}

/** Our own apps name themselves; everything else is an integration. */
const originOf = (req: Request) => (req.get('x-client') === 'app' ? 'screen' : 'api')

/** Puts the session and the use-cases' context on the response, or answers 401. */
export function requireSession(services: Services, holder: ModelHolder): RequestHandler {
  return async (req, res, next) => {
    const model = await holder.current()
    res.setHeader('X-Release', String(model.release))
    const token = cookieOf(req)
    const session = token ? await findSession(services, model, token) : undefined
    if (!session) throw new AppError(401, 'notSignedIn')
    res.locals.language = session.person.language
    if (!reading.has(req.method) && req.get('x-csrf-token') !== session.csrf) throw new AppError(403, 'badCsrfToken')
    res.locals.session = session satisfies Session
    const context = (now: Model) => contextFor(services, now, now.directory.person(session.person.id) ?? session.person, languageOf(req, session.person.language), originOf(req))
    res.locals.context = context(model)
    res.locals.renew = async () => { res.locals.context = context(await holder.current()) }
    next()
  }
}
