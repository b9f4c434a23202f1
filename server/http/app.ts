/** The HTTP server's shape: what a request passes, in order. See README.md beside this file. */
import { randomUUID } from 'node:crypto'
import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors'
import type { ModelHolder } from '../model/model'
import { troubles } from '../use-cases/check-approvals'
import type { Services } from '../use-cases/context'
import { openApiRoute } from './openapi'
import { refuseDeep } from './depth'
import { problemHandler } from './problem'
import { bundleRoutes } from './routes/bundles'
import { decideRoutes } from './routes/decide'
import { definitionRoutes } from './routes/definitions'
import { fileRoutes, uploadRoute } from './routes/files'
import { flowRoutes } from './routes/flows'
import type { Live } from '../notices/live'
import { noticeRoutes } from './routes/notices'
import { outboxRoutes } from './routes/outbox'
import { recordRoutes } from './routes/records'
import { sessionRoutes, signInRoute } from './routes/session'
import { templateRoutes } from './routes/template'
import { requireSession } from './session'
import { appPages } from './static'

export interface AppOptions {
  services: Services
  holder: ModelHolder
  live: Live
  log: Logger
  /** Folder of the built apps. */
  pages: string
  /** Number of proxies in front, whose X-Forwarded-* count. */
  trustProxy: number
  /** Largest file that is taken, in bytes. */
  maxUpload: number
  /** False while the server is closing. */
  ready: () => boolean
}

const bodyLimit = '1mb'

export function createApp({ services, holder, live, log, pages, trustProxy, maxUpload, ready }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by').set('trust proxy', trustProxy).set('etag', false).set('query parser', 'simple')
  app.use(identify(log), securityHeaders)
  app.use('/api/v1', api(services, holder, live, maxUpload, ready))
  app.use(decideRoutes(services, holder))
  app.use(compression({ threshold: 2048 }), appPages(pages))
  app.use(() => { throw new AppError(404, 'notFound') })
  app.use(problemHandler(log))
  return app
}

function api(services: Services, holder: ModelHolder, live: Live, maxUpload: number, ready: () => boolean) {
  const router = express.Router()
  const session = requireSession(services, holder)
  router.get('/health/live', (_req, res) => { res.json({ status: 'ok' }) })
  router.get('/health/ready', async (_req, res) => {
    if (!ready()) throw new AppError(503, 'unavailable')
    res.json({ status: 'ok', release: (await holder.current()).release, troubles: await troubles(services) })
  })
  router.use(noStore, uploadRoute(session, maxUpload))
  router.use(jsonOnly, express.json({ limit: bodyLimit, strict: false, verify: refuseDeep, type: ['application/json', 'application/merge-patch+json'] }))
  router.use(signInRoute(services, holder), session)
  router.use(recordRoutes(), sessionRoutes(), fileRoutes(), flowRoutes(), outboxRoutes(), noticeRoutes(live), definitionRoutes(), bundleRoutes(), templateRoutes(), openApiRoute())
  router.use(() => { throw new AppError(404, 'notFound') })
  return router
}

function identify(log: Logger): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID()
    res.locals.requestId = requestId
    res.setHeader('X-Request-Id', requestId)
    if (log.isLevelEnabled('debug')) {
      const start = performance.now()
      res.on('finish', () => log.debug({ requestId, method: req.method, url: req.originalUrl, status: res.statusCode, ms: Math.round(performance.now() - start) }, 'request'))
    }
    next()
  }
}

/** Those of OWASP's recommendations that apply to an API and its own pages; pages add a Content-Security-Policy. */
const securityHeaders: RequestHandler = (req, res, next) => {
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('X-Frame-Options', 'DENY')
  res.setHeader('Referrer-Policy', 'same-origin')
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  if (req.secure) res.setHeader('Strict-Transport-Security', 'max-age=31536000')
  next()
}

const noStore: RequestHandler = (_req, res, next) => { res.setHeader('Cache-Control', 'no-store'); next() }

/** A body of another type would be dropped silently; say so instead. */
const jsonOnly: RequestHandler = (req, _res, next) => {
  const length = req.headers['content-length']
  const hasBody = req.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  if (hasBody && !req.is(['application/json', 'application/merge-patch+json'])) throw new AppError(415, 'unsupportedMediaType')
  next()
}
