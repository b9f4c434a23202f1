import { Router } from 'express'
import { z } from 'zod'
import type { DefinitionProblem } from '../../../runtime/engine'
import { messageOf } from '../../../schemas/errors'
import type { Definition } from '../../../schemas/generated/types'
import { discardDraft, getDefinition, listDrafts, saveDraft, validateDefinitions, visibleDefinitions } from '../../use-cases/definitions'
import type { Context } from '../../use-cases/context'
import { draftImpact, listReleases, publishRelease } from '../../use-cases/publish-release'
import { bodyOf, command, handle, ok, param } from '../handler'
import { parse } from '../input'

const version = z.object({ version: z.coerce.number().int().min(1).optional() })
const validateBody = z.strictObject({ definitions: z.array(z.looseObject({ kind: z.string(), name: z.string() })).max(1000).optional() })
const publishBody = z.strictObject({ hash: z.string().optional() })

const told = (problems: DefinitionProblem[], { language }: Context) => problems.map((p) => ({ ...p, message: messageOf(p.code, p.params ?? {}, language) }))

export function definitionRoutes(): Router {
  const router = Router()
  router.get('/definitions', handle(async (ctx) => ok(visibleDefinitions(ctx))))
  router.get('/definitions/drafts', handle(async (ctx) => ok(await listDrafts(ctx))))
  router.get('/definitions/drafts/impact', handle(async (ctx) => ok(await draftImpact(ctx))))
  router.post('/definitions/validate', handle(async (ctx, req) => {
    const { valid, problems, warnings } = await validateDefinitions(ctx, (parse(validateBody, bodyOf(req)).definitions ?? []) as unknown as Definition[])
    return ok({ valid, problems: told(problems, ctx), warnings: told(warnings, ctx) })
  }))
  const one = '/definitions/:kind/:key'
  router.get(one, handle(async (ctx, req) => ok(await getDefinition(ctx, param(req, 'kind'), param(req, 'key'), parse(version, req.query).version))))
  router.put(one, handle(async (ctx, req) => ok(await saveDraft(ctx, param(req, 'kind'), param(req, 'key'), bodyOf(req)))))
  router.delete(one, handle(async (ctx, req) => { await discardDraft(ctx, param(req, 'kind'), param(req, 'key')); return {} }))
  router.get('/releases', handle(async (ctx) => ok(await listReleases(ctx))))
  router.post('/releases', command(async (ctx, req) => ({ status: 201, body: await publishRelease(ctx, parse(publishBody, bodyOf(req)).hash) }), { apart: true }))
  return router
}
