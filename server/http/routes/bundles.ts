import { Router } from 'express'
import { z } from 'zod'
import { messageOf } from '../../../schemas/errors'
import type { Definition } from '../../../schemas/generated/types'
import { exportBundle, importBundle, previewBundle } from '../../use-cases/bundles'
import { bodyOf, command, handle, ok } from '../handler'
import { released } from './definitions'
import { parse } from '../input'

const ids = z.array(z.string().max(200)).max(1000)
const chosen = z.object({ items: z.string().max(20_000).optional() })
const bundle = z.strictObject({ definitions: z.array(z.looseObject({ kind: z.string(), name: z.string() })).max(2000), removals: ids.optional() })

export function bundleRoutes(): Router {
  const router = Router()
  router.get('/bundles', handle((ctx, req) => Promise.resolve(ok(exportBundle(ctx, parse(chosen, req.query).items?.split(','))))))
  router.post('/bundles/preview', handle((ctx, req) => {
    const { definitions, removals } = parse(bundle, bodyOf(req))
    const { items, problems } = previewBundle(ctx, definitions as unknown as Definition[], removals)
    return Promise.resolve(ok({ items, problems: problems.map((p) => ({ ...p, message: messageOf(p.code, p.params ?? {}, ctx.language) })) }))
  }))
  router.post('/bundles', command(async (ctx, req) => {
    const { definitions, removals } = parse(bundle, bodyOf(req))
    const release = await importBundle(ctx, definitions as unknown as Definition[], removals)
    return release ? released(ctx, release) : ok({ unchanged: true })
  }, { apart: true }))
  return router
}
