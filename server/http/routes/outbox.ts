import { Router } from 'express'
import { z } from 'zod'
import { listOutbox, replayDelivery } from '../../use-cases/outbox'
import { command, handle, ok, param } from '../handler'
import { parse } from '../input'

const outboxQuery = z.object({ status: z.enum(['waiting', 'done', 'dead']).default('dead'), limit: z.coerce.number().int().min(1).max(200).optional() })

export function outboxRoutes(): Router {
  const router = Router()
  router.get('/outbox', handle(async (ctx, req) => { const { status, limit } = parse(outboxQuery, req.query); return ok(await listOutbox(ctx, status, limit)) }))
  router.post('/outbox/:id/replay', command(async (ctx, req) => { await replayDelivery(ctx, param(req, 'id')); return {} }))
  return router
}
