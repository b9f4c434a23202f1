/** Every error as RFC 9457 problem+json, in the reader's language. */
import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Logger } from 'pino'
import { AppError, messageOf, withMessages } from '../../schemas/errors'
import type { Language } from '../../schemas/field-types/field-type'
import { StoreError } from '../ports/store'

export function languageOf(req: Request, preferred: Language = 'en'): Language {
  const header = req.headers['accept-language']
  if (!header || header === '*') return preferred
  const first = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase()).find((l) => l === 'zh' || l === 'en')
  return (first as Language | undefined) ?? preferred
}

export function sendProblem(req: Request, res: Response, error: AppError) {
  const language = languageOf(req, res.locals.language as Language | undefined)
  const requestId = res.locals.requestId as string
  const detail = messageOf(error.code, { ...error.params, requestId }, language)
  if (error.status === 429) res.setHeader('Retry-After', String(error.params.seconds ?? 60))
  res.status(error.status).type('application/problem+json').send(JSON.stringify({
    type: `/errors/${error.code}`, title: messageOf(error.code, { ...error.params, requestId }, 'en'), status: error.status, code: error.code, detail,
    problems: withMessages(error.problems, language), requestId, ...(error.current !== undefined && { current: error.current }),
  }))
}

/** Translates what Express and its parts throw. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) { next(error); return }
    const problem = toAppError(error)
    if (problem.status === 500) log.error({ err: error, requestId: res.locals.requestId as string, url: req.originalUrl }, 'request failed')
    sendProblem(req, res, problem)
  }
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof StoreError && error.code === 'RETRYABLE') return new AppError(503, 'unavailable')
  if (error instanceof StoreError && error.code === 'BAD_QUERY') return new AppError(400, 'badRequest', { reason: { en: error.message, zh: '查询条件不成立。' } })
  const { type, status } = error as { type?: string; status?: number }
  if (type === 'entity.too.large') return new AppError(413, 'tooLargeBody', { limit: '1 MB' })
  if (type === 'entity.parse.failed') return new AppError(400, 'badJson')
  if (status === 415) return new AppError(415, 'unsupportedMediaType')
  if (status === 404) return new AppError(404, 'notFound')
  if (status === 400 || error instanceof URIError) return new AppError(400, 'badRequest', { reason: '' })
  return new AppError(500, 'internal')
}
