import { Router } from 'express'
import { z } from 'zod'
import { kinds } from '../../flows/decisions'
import { decideTask } from '../../use-cases/decide-task'
import { decideTasks } from '../../use-cases/decide-tasks'
import { getInstance, viewOf, withdrawInstance } from '../../use-cases/flow-instances'
import { listTasks, readCopy } from '../../use-cases/list-tasks'
import { jumpInstance, reassignTask, resubmitInstance, retryInstance, stuckInstances, terminateInstance } from '../../use-cases/repair-flow'
import { exportBpmn, importBpmn } from '../../use-cases/flow-bpmn'
import { migrateInstances, mostMigrated, tryMigration } from '../../use-cases/migrate-instances'
import { flowInsight } from '../../use-cases/flow-insight'
import { replayFlow } from '../../use-cases/replay-flow'
import { simulateFlow, previewFlow, type Trial } from '../../use-cases/simulate-flow'
import { commentInstance, urgeInstance } from '../../use-cases/talk-about-instance'
import { bodyOf, command, handle, ok, param } from '../handler'
import { parse } from '../input'
import { commentBody } from './records'

const id = z.string().min(1).max(64)
const decisions = Object.keys(kinds) as [keyof typeof kinds, ...(keyof typeof kinds)[]]
const comment = z.string().max(2000)
const files = z.array(id).max(20)
export const decisionBody = z.strictObject({
  decision: z.enum(decisions), comment: comment.nullish(), rev: z.int().min(1).optional(),
  to: z.union([id.transform((one) => [one]), z.array(id).max(20)]).optional(),
  fields: z.record(z.string().max(120), z.unknown()).optional(), people: z.record(z.string().max(60), z.array(id).max(20)).optional(),
  signature: id.optional(), attachments: files.optional(),
})
export const bulkBody = z.strictObject({
  items: z.array(z.strictObject({ id: z.string().min(1).max(200), rev: z.int().min(1).optional() })).min(1).max(200),
  decision: z.enum(['approve', 'reject']), comment: comment.nullish(),
})
export const remarkBody = z.strictObject({ comment, attachments: files.optional() })
const taskQuery = z.object({ box: z.enum(['todo', 'done', 'started', 'cc', 'stuck']).default('todo'), limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().optional() })
export const reassignBody = z.strictObject({ task: z.string().max(200), to: id, comment: comment.nullish() })
export const jumpBody = z.strictObject({ token: z.int().min(1), to: z.string().max(60), comment: comment.nullish() })
const periodQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() })
export const replayBody = z.strictObject({ definition: z.looseObject({}), from: z.iso.date().optional(), to: z.iso.date().optional(), cursor: z.string().max(200).optional() })
const migration = { to: z.int().min(1).optional(), mapping: z.record(z.string().max(60), z.string().max(60)).optional(), instances: z.array(id).max(mostMigrated).optional() }
export const migrationTrialBody = z.strictObject(migration)
export const migrationBody = z.strictObject({ ...migration, comment: comment.nullish() })
const technical = z.string().regex(/^(x_)?[a-z][A-Za-z0-9]*$/).max(60)
export const bpmnBody = z.strictObject({ xml: z.string(), name: technical.optional(), entity: technical.optional() })
export const trialBody = z.strictObject({
  definition: z.looseObject({}).optional(), recordId: id.optional(), sample: z.record(z.string(), z.unknown()).optional(), initiator: id.optional(),
  choices: z.record(z.string().max(60), z.enum(['approve', 'reject'])).optional(),
})

export function flowRoutes(): Router {
  const router = Router()
  router.get('/tasks', handle(async (ctx, req) => { const { box, ...page } = parse(taskQuery, req.query); return ok(await listTasks(ctx, box, page)) }))
  router.post('/tasks/decide', command(async (ctx, req) => {
    const { items, decision, comment = null } = parse(bulkBody, bodyOf(req))
    return ok(await decideTasks(ctx, items, { decision, comment }))
  }, { apart: true }))
  router.post('/tasks/:id/decide', command(async (ctx, req) => {
    const given = parse(decisionBody, bodyOf(req))
    const { task, instance } = await decideTask(ctx, param(req, 'id'), { ...given, comment: given.comment ?? null })
    return ok({ task, instance: await viewOf(ctx, instance) })
  }))
  router.post('/tasks/:id/read', command(async (ctx, req) => ok(await readCopy(ctx, param(req, 'id')))))
  router.get('/flow-instances/stuck', handle(async (ctx) => ok(await stuckInstances(ctx))))
  router.get('/flow-instances/:id', handle(async (ctx, req) => ok(await getInstance(ctx, param(req, 'id')))))
  router.post('/flow-instances/:id/withdraw', command(async (ctx, req) => ok(await withdrawInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req)).comment ?? null))))
  router.get('/records/:entity/:id/flows/:flow/preview', handle(async (ctx, req) => ok(await previewFlow(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'flow')))))
  router.get('/flows/:name/insight', handle(async (ctx, req) => ok(await flowInsight(ctx, param(req, 'name'), parse(periodQuery, req.query)))))
  router.get('/flows/:name/bpmn', handle(async (ctx, req) => {
    const name = param(req, 'name')
    return { text: await exportBpmn(ctx, name, req.query.draft === 'true'), headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.bpmn` } }
  }))
  router.post('/flows/bpmn', handle(async (ctx, req) => ok(await importBpmn(ctx, parse(bpmnBody, bodyOf(req))))))
  router.post('/flows/:name/replay', handle(async (ctx, req) => ok(await replayFlow(ctx, param(req, 'name'), parse(replayBody, bodyOf(req))))))
  router.post('/flows/:name/migrate/preview', handle(async (ctx, req) => ok(await tryMigration(ctx, param(req, 'name'), parse(migrationTrialBody, bodyOf(req))))))
  router.post('/flows/:name/migrate', command(async (ctx, req) => {
    const given = parse(migrationBody, bodyOf(req))
    return ok(await migrateInstances(ctx, param(req, 'name'), { ...given, comment: given.comment ?? null }))
  }, { apart: true }))
  router.post('/flows/:name/simulate', handle(async (ctx, req) => ok(await simulateFlow(ctx, param(req, 'name'), parse(trialBody, bodyOf(req)) as Trial))))
  router.post('/flow-instances/:id/urge', command(async (ctx, req) => ok(await urgeInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req)).comment ?? null))))
  router.post('/flow-instances/:id/comment', command(async (ctx, req) => ok(await commentInstance(ctx, param(req, 'id'), parse(remarkBody, bodyOf(req))))))
  router.post('/flow-instances/:id/resubmit', command(async (ctx, req) => ok(await resubmitInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req))))))
  router.post('/flow-instances/:id/retry', command(async (ctx, req) => ok(await retryInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req))))))
  router.post('/flow-instances/:id/terminate', command(async (ctx, req) => ok(await terminateInstance(ctx, param(req, 'id'), parse(commentBody, bodyOf(req))))))
  router.post('/flow-instances/:id/reassign', command(async (ctx, req) => ok(await reassignTask(ctx, param(req, 'id'), parse(reassignBody, bodyOf(req))))))
  router.post('/flow-instances/:id/jump', command(async (ctx, req) => ok(await jumpInstance(ctx, param(req, 'id'), parse(jumpBody, bodyOf(req))))))
  return router
}
