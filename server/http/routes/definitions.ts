import { Router } from 'express'
import { z } from 'zod'
import type { DefinitionProblem } from '../../../runtime/engine'
import { messageOf } from '../../../schemas/errors'
import type { Definition } from '../../../schemas/generated/types'
import { accessReport, draftAccess } from '../../use-cases/access-preview'
import { discardDraft, draftRemoval, getDefinition, listDrafts, saveDraft, validateDefinitions, visibleDefinitions, writtenDefinitions, type Draft } from '../../use-cases/definitions'
import type { Context } from '../../use-cases/context'
import { listDataChanges } from '../../use-cases/data-changes'
import { compareVersions, draftFormerVersion, listVersions, rollBackRelease, whereUsed } from '../../use-cases/definition-versions'
import { draftImpact } from '../../use-cases/draft-impact'
import { listReleases, publishRelease, type Coming, type Release } from '../../use-cases/publish-release'
import { listTrash, purge, restoreFromTrash } from '../../use-cases/trash'
import { bodyOf, command, handle, ifMatch, ok, param, withRev, type Answer } from '../handler'
import { parse } from '../input'

const version = z.object({ version: z.coerce.number().int().min(1).optional() })
const validateBody = z.strictObject({ definitions: z.array(z.looseObject({ kind: z.string(), name: z.string() })).max(1000).optional() })
const name = z.string().max(120)
const mostDecisions = 1000
const decisions = z.strictObject({
  options: z.array(z.strictObject({ entity: name, field: name, from: name, to: name.nullable() })).max(mostDecisions).optional(),
  stages: z.array(z.strictObject({ pipeline: name, from: name, to: name })).max(mostDecisions).optional(),
  fill: z.array(z.strictObject({ entity: name, field: name, value: z.unknown().optional(), expr: z.string().max(4000).optional() })).max(mostDecisions).optional(),
  types: z.array(z.strictObject({ entity: name, field: name, failing: z.enum(['refuse', 'empty', 'cut']) })).max(mostDecisions).optional(),
})
const wait = z.boolean().optional()
const publishBody = z.strictObject({ hash: z.string().optional(), decisions: decisions.optional(), wait })
const rollbackBody = z.strictObject({ decisions: decisions.optional(), wait })
const undo = (ctx: Context, number: number, { decisions: decided, wait: waits = false }: z.infer<typeof rollbackBody>) => rollBackRelease(ctx, number, decided, waits)
const formerBody = z.strictObject({ version: z.number().int().min(1) })
const comparison = z.object({ from: z.coerce.number().int().min(1).optional(), to: z.union([z.literal('draft'), z.coerce.number().int().min(1)]).default('draft') })
const accessQuery = z.strictObject({ role: name.optional(), person: name.optional(), entity: name.optional(), drafts: z.stringbool().optional() })
const definitionsQuery = z.strictObject({ written: z.stringbool().optional() })
const useQuery = z.object({ field: name.optional() })

const told = (problems: DefinitionProblem[], { language }: Context) => problems.map((p) => ({ ...p, message: messageOf(p.code, p.params ?? {}, language) }))

const drafted = (draft: Draft) => withRev(draft)
/** A new release with its warnings in the reader's language; 202 for one that is still to come. */
export function released(ctx: Context, result: Release | Coming): Answer {
  if ('pending' in result) return { status: 202, body: result }
  const { warnings, ...release } = result
  return { status: 201, body: { ...release, ...(warnings && { warnings: told(warnings, ctx) }) } }
}
const publishNow = (ctx: Context, { hash, decisions: decided, wait = false }: z.infer<typeof publishBody>) => publishRelease(ctx, hash, decided, wait)

export function definitionRoutes(): Router {
  const router = Router()
  router.get('/definitions', handle(async (ctx, req) => ok(parse(definitionsQuery, req.query).written ? writtenDefinitions(ctx) : await visibleDefinitions(ctx))))
  router.get('/definitions/drafts', handle(async (ctx) => ok(await listDrafts(ctx))))
  router.get('/definitions/drafts/impact', handle(async (ctx) => { const { items, refusals } = await draftImpact(ctx); return ok({ items, refusals: told(refusals, ctx) }) }))
  router.get('/definitions/drafts/access', handle(async (ctx) => ok(await draftAccess(ctx))))
  router.get('/definitions/access', handle(async (ctx, req) => ok(await accessReport(ctx, parse(accessQuery, req.query)))))
  router.post('/definitions/validate', handle(async (ctx, req) => {
    const { valid, problems, warnings } = await validateDefinitions(ctx, (parse(validateBody, bodyOf(req)).definitions ?? []) as unknown as Definition[])
    return ok({ valid, problems: told(problems, ctx), warnings: told(warnings, ctx) })
  }))
  const one = '/definitions/:kind/:key'
  router.get(one, handle(async (ctx, req) => ok(await getDefinition(ctx, param(req, 'kind'), param(req, 'key'), parse(version, req.query).version))))
  router.put(one, handle(async (ctx, req) => drafted(await saveDraft(ctx, param(req, 'kind'), param(req, 'key'), bodyOf(req), ifMatch(req)))))
  router.delete(one, handle(async (ctx, req) => { await discardDraft(ctx, param(req, 'kind'), param(req, 'key'), ifMatch(req)); return {} }))
  router.post(`${one}/removal`, command(async (ctx, req) => drafted(await draftRemoval(ctx, param(req, 'kind'), param(req, 'key'), ifMatch(req)))))
  router.get(`${one}/versions`, handle(async (ctx, req) => ok(await listVersions(ctx, param(req, 'kind'), param(req, 'key')))))
  router.get(`${one}/differences`, handle(async (ctx, req) => { const { from, to } = parse(comparison, req.query); return ok(await compareVersions(ctx, param(req, 'kind'), param(req, 'key'), from, to)) }))
  router.post(`${one}/rollback`, command(async (ctx, req) => drafted(await draftFormerVersion(ctx, param(req, 'kind'), param(req, 'key'), parse(formerBody, bodyOf(req)).version, ifMatch(req)))))
  router.get(`${one}/where-used`, handle(async (ctx, req) => ok(await whereUsed(ctx, param(req, 'kind'), param(req, 'key'), parse(useQuery, req.query).field))))
  router.get('/releases', handle(async (ctx) => ok(await listReleases(ctx))))
  router.post('/releases', command(async (ctx, req) => released(ctx, await publishNow(ctx, parse(publishBody, bodyOf(req)))), { apart: true }))
  router.post('/releases/:number/rollback', command(async (ctx, req) => released(ctx, await undo(ctx, Number(param(req, 'number')), parse(rollbackBody, bodyOf(req)))), { apart: true }))
  router.get('/data-changes', handle(async (ctx) => ok(await listDataChanges(ctx))))
  router.get('/trash', handle(async (ctx) => ok(await listTrash(ctx))))
  router.post('/trash/:id/restore', command(async (ctx, req) => drafted(await restoreFromTrash(ctx, param(req, 'id')))))
  router.post('/trash/:id/purge', command(async (ctx, req) => { await purge(ctx, param(req, 'id')); return {} }, { apart: true }))
  return router
}
