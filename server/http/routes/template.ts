import { Router } from 'express'
import { z } from 'zod'
import { messageOf } from '../../../schemas/errors'
import type { Definition } from '../../../schemas/generated/types'
import type { Context } from '../../use-cases/context'
import { discardParked, getTemplate, retargetParked, shown } from '../../use-cases/template'
import { giveUpUpgrade, previewUpgrade, settleConflict, takeUpUpgrade, type UpgradePlan } from '../../use-cases/template-upgrade'
import { bodyOf, command, handle, ok, param } from '../handler'
import { parse } from '../input'

const given = z.strictObject({ definitions: z.array(z.looseObject({ kind: z.string(), name: z.string() })).max(2000).optional() })
const decision = z.strictObject({ id: z.string().max(2000), choice: z.enum(['theirs', 'yours', 'edited']) })
const target = z.strictObject({ target: z.string().startsWith('/').max(2000) })

const told = (plan: UpgradePlan, { language }: Context) => ok({ ...plan, problems: plan.problems.map((p) => ({ ...p, message: messageOf(p.code, p.params ?? {}, language) })) })

export function templateRoutes(): Router {
  const router = Router()
  const definitions = (body: unknown) => parse(given, body).definitions as unknown as Definition[] | undefined
  router.get('/template', handle(async (ctx) => ok(await getTemplate(ctx))))
  router.post('/template/upgrade/preview', handle(async (ctx, req) => told(await previewUpgrade(ctx, definitions(bodyOf(req))), ctx)))
  router.post('/template/upgrade', command(async (ctx, req) => told(await takeUpUpgrade(ctx, definitions(bodyOf(req))), ctx)))
  router.delete('/template/upgrade', handle(async (ctx) => { await giveUpUpgrade(ctx); return {} }))
  router.post('/template/upgrade/settle', command(async (ctx, req) => { const { id, choice } = parse(decision, bodyOf(req)); return ok(shown(await settleConflict(ctx, id, choice))) }))
  router.delete('/template/parked/:id', handle(async (ctx, req) => { await discardParked(ctx, param(req, 'id')); return {} }))
  router.post('/template/parked/:id/retarget', command(async (ctx, req) => { await retargetParked(ctx, param(req, 'id'), parse(target, bodyOf(req)).target); return {} }))
  return router
}
