import { Router } from 'express'
import { z } from 'zod'
import { decideTask } from '../../use-cases/decide-task'
import { getInstance, viewOf, withdrawInstance } from '../../use-cases/flow-instances'
import { listTasks } from '../../use-cases/list-tasks'
import { simulateFlow, previewFlow, type Trial } from '../../use-cases/simulate-flow'
import { bodyOf, command, handle, ok, param } from '../handler'
import { parse } from '../input'
import { commentBody } from './records'

const decision = z.strictObject({ decision: z.enum(['approve', 'reject']), comment: z.string().max(2000).nullish(), rev: z.int().min(1).optional() })
const taskQuery = z.object({ box: z.enum(['todo', 'done', 'started']).default('todo'), limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().optional() })
const id = z.string().min(1).max(64)
export const trialBody = z.strictObject({
  definition: z.looseObject({}).optional(), recordId: id.optional(), sample: z.record(z.string(), z.unknown()).optional(), initiator: id.optional(),
  choices: z.record(z.string().max(60), z.enum(['approve', 'reject'])).optional(),
})

export function flowRoutes(): Router {
  const router = Router()
  router.get('/tasks', handle(async (ctx, req) => { const { box, ...page } = parse(taskQuery, req.query); return ok(await listTasks(ctx, box, page)) }))
  router.post('/tasks/:id/decide', command(async (ctx, req) => {
    const { task, instance } = await decideTask(ctx, param(req, 'id'), parse(decision, bodyOf(req)))
    return ok({ task, instance: await viewOf(ctx, instance) })
  }))
  router.get('/flow-instances/:id', handle(async (ctx, req) => ok(await getInstance(ctx, param(req, 'id')))))
  router.post('/flow-instances/:id/withdraw', command(async (ctx, req) => ok(await withdrawInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req)).comment ?? null))))
  router.get('/records/:entity/:id/flows/:flow/preview', handle(async (ctx, req) => ok(await previewFlow(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'flow')))))
  router.post('/flows/:name/simulate', handle(async (ctx, req) => ok(await simulateFlow(ctx, param(req, 'name'), parse(trialBody, bodyOf(req)) as Trial))))
  return router
}
