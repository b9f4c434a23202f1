import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Filter } from '../../../schemas/generated/types'
import { dateParts, havingOps } from '../../ports/store'
import { AppError } from '../../../schemas/errors'
import { aggregateRecords, type AggregateRequest } from '../../use-cases/aggregate-records'
import { checkDuplicates } from '../../use-cases/check-duplicates'
import { checkItem } from '../../use-cases/check-item'
import { switchPipeline } from '../../use-cases/switch-pipeline'
import { changeStage } from '../../use-cases/change-stage'
import { listBin, purgeRecord } from '../../use-cases/bin'
import { createRecord } from '../../use-cases/create-record'
import { deleteRecord, restoreRecord } from '../../use-cases/delete-record'
import { listInstances, viewOf } from '../../use-cases/flow-instances'
import { getRecord } from '../../use-cases/get-record'
import { listRecords, type ListQuery } from '../../use-cases/list-records'
import { listDuplicates } from '../../use-cases/list-duplicates'
import { mergePreview, mergeRecords, unmergeRecords } from '../../use-cases/merge-records'
import { recordCommands } from '../../use-cases/record-commands'
import { recordHistory } from '../../use-cases/record-history'
import { restoreValues } from '../../use-cases/restore-values'
import { runAction } from '../../use-cases/run-action'
import { listShares, shareRecord, unshareRecord } from '../../use-cases/shares'
import { submitFlow } from '../../use-cases/submit-flow'
import { submitChange, type Submitted } from '../../use-cases/update-record'
import { withMessages } from '../../../schemas/errors'
import { bodyOf, command, handle, ifMatch, ok, param, withRev } from '../handler'
import { parse } from '../input'

export function recordRoutes(): Router {
  const router = Router()
  const at = '/records/:entity'
  const one = `${at}/:id`
  router.get(at, handle(async (ctx, req) => ok(await listRecords(ctx, param(req, 'entity'), listQuery(req)))))
  router.post(at, command(async (ctx, req) => {
    const record = await createRecord(ctx, param(req, 'entity'), bodyOf(req), { duplicatesSeen: flag(req, 'duplicatesSeen') })
    return withRev(record, 201, { Location: `/api/v1/records/${param(req, 'entity')}/${record.id}` })
  }))
  router.post(`${at}/aggregate`, handle(async (ctx, req) => ok(await aggregateRecords(ctx, param(req, 'entity'), parse(aggregateBody, bodyOf(req)) as AggregateRequest))))
  router.get(`${at}/bin`, handle(async (ctx, req) => ok(await listBin(ctx, param(req, 'entity'), parse(binQuery, req.query)))))
  router.get(`${at}/duplicates`, handle(async (ctx, req) => ok(await listDuplicates(ctx, param(req, 'entity')))))
  router.post(`${at}/duplicates`, handle(async (ctx, req) => ok({ problems: withMessages(await checkDuplicates(ctx, param(req, 'entity'), parse(typedBody, bodyOf(req))), ctx.language) })))
  router.post(`${at}/merge`, command(async (ctx, req) => ok(await mergeRecords(ctx, param(req, 'entity'), parse(mergeBody, bodyOf(req))))))
  router.post(`${at}/merge/preview`, handle(async (ctx, req) => ok(await mergePreview(ctx, param(req, 'entity'), parse(previewBody, bodyOf(req)).from))))
  router.get(one, handle(async (ctx, req) => withRev(await getRecord(ctx, param(req, 'entity'), param(req, 'id'), { expand: text(req, 'expand'), titles: flag(req, 'titles'), deleted: flag(req, 'deleted') }))))
  router.patch(one, handle(async (ctx, req) => {
    return submitted(await submitChange(ctx, param(req, 'entity'), param(req, 'id'), bodyOf(req), ifMatch(req), { duplicatesSeen: flag(req, 'duplicatesSeen') }))
  }))
  router.delete(one, handle(async (ctx, req) => {
    const { pending } = await deleteRecord(ctx, param(req, 'entity'), param(req, 'id'), ifMatch(req))
    return pending === undefined ? {} : { status: 202, body: { pendingDeletion: pending } }
  }))
  router.post(`${one}/restore`, command(async (ctx, req) => withRev(await restoreRecord(ctx, param(req, 'entity'), param(req, 'id')))))
  router.post(`${one}/purge`, command(async (ctx, req) => { await purgeRecord(ctx, param(req, 'entity'), param(req, 'id')); return {} }))
  router.post(`${one}/unmerge`, command(async (ctx, req) => ok(await unmergeRecords(ctx, param(req, 'entity'), param(req, 'id')))))
  router.get(`${one}/history`, handle(async (ctx, req) => {
    const { items, titles } = await recordHistory(ctx, param(req, 'entity'), param(req, 'id'), parse(historyQuery, req.query))
    return ok({ items: items.filter((i) => i.changes.length > 0 || i.kind !== 'action'), titles })
  }))
  router.get(`${one}/timeline`, handle(async (ctx, req) => ok(await recordHistory(ctx, param(req, 'entity'), param(req, 'id'), parse(historyQuery, req.query)))))
  router.post(`${one}/history/:entry/restore`, command(async (ctx, req) => submitted(await restoreValues(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'entry'), { ...parse(restoreBody, bodyOf(req)), rev: ifMatch(req) }))))
  router.get(`${one}/commands`, handle(async (ctx, req) => ok(localized(await recordCommands(ctx, param(req, 'entity'), param(req, 'id')), ctx.language))))
  router.post(`${one}/actions/:action`, command(async (ctx, req) => {
    const { input } = parse(actionBody, bodyOf(req))
    return ok(await runAction(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'action'), input ?? {}, ifMatch(req)))
  }))
  router.post(`${one}/pipeline`, command(async (ctx, req) => ok(await switchPipeline(ctx, param(req, 'entity'), param(req, 'id'), parse(switchBody, bodyOf(req)), ifMatch(req)))))
  router.put(`${one}/checklist/:item`, command(async (ctx, req) => ok(await checkItem(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'item'), parse(checkBody, bodyOf(req)).done))))
  router.post(`${one}/stage`, command(async (ctx, req) => ok(await changeStage(ctx, param(req, 'entity'), param(req, 'id'), parse(stageBody, bodyOf(req)), ifMatch(req)))))
  router.post(`${one}/flows/:flow`, command(async (ctx, req) => {
    const { comment = null, people } = parse(submitBody, bodyOf(req))
    const instance = await submitFlow(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'flow'), comment, people)
    return { status: 201, body: await viewOf(ctx, instance) }
  }))
  router.get(`${one}/shares`, handle(async (ctx, req) => ok(await listShares(ctx, param(req, 'entity'), param(req, 'id')))))
  router.post(`${one}/shares`, command(async (ctx, req) => ({ status: 201, body: await shareRecord(ctx, param(req, 'entity'), param(req, 'id'), parse(shareBody, bodyOf(req))) })))
  router.delete(`${one}/shares/:share`, handle(async (ctx, req) => { await unshareRecord(ctx, param(req, 'entity'), param(req, 'id'), param(req, 'share')); return {} }))
  router.get(`${one}/flow-instances`, handle(async (ctx, req) => ok(await listInstances(ctx, param(req, 'entity'), param(req, 'id')))))
  return router
}

const comment = z.string().max(2000).nullish()
export const commentBody = z.strictObject({ comment })
export const submitBody = z.strictObject({ comment, people: z.record(z.string().max(60), z.array(z.string().min(1).max(64)).max(20)).optional() })
const historyQuery = z.object({ field: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(500).optional() })
const binQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.coerce.number().int().min(0).optional() })
const id = z.string().min(1).max(64)
const typedBody = z.strictObject({ id: id.optional(), values: z.record(z.string(), z.unknown()) })
const losers = z.array(id).min(1).max(4)
export const mergeBody = z.strictObject({ into: id, from: losers, fields: z.record(z.string(), id).optional(), revs: z.record(id, z.number().int().min(1)).optional() })
const previewBody = z.strictObject({ from: losers })
const restoreBody = z.strictObject({ fields: z.array(z.string().max(120)).min(1).max(400).optional() })
const actionBody = z.strictObject({ input: z.record(z.string(), z.unknown()).optional() })
const checkBody = z.strictObject({ done: z.boolean() })
const switchBody = z.strictObject({ to: z.string().min(1).max(60), stage: z.string().min(1).max(60).optional(), fields: z.record(z.string(), z.unknown()).optional(), comment })
const stageBody = z.strictObject({ to: z.string().min(1).max(60), fields: z.record(z.string(), z.unknown()).optional(), comment })
const share = { right: z.enum(['read', 'write']), until: z.iso.date().nullish() }
const shareBody = z.union([z.strictObject({ user: z.string().min(1).max(64), ...share }), z.strictObject({ department: z.string().min(1).max(64), ...share })])
/** Of a group or measure in the request, from 0. */
const place = z.number().int().min(0).max(9)
export const aggregateBody = z.strictObject({
  filter: z.unknown().optional(),
  q: z.string().max(200).optional(),
  groupBy: z.array(z.union([z.string(), z.strictObject({ field: z.string(), by: z.enum(dateParts) })])).max(4).default([]),
  measures: z.array(z.strictObject({ op: z.enum(['count', 'sum', 'min', 'max', 'avg']), field: z.string().optional() })).min(1).max(10),
  having: z.array(z.strictObject({ measure: place, op: z.enum(havingOps), value: z.union([z.string(), z.number()]) })).max(10).optional(),
  sort: z.array(z.union([z.strictObject({ group: place, descending: z.boolean().optional() }), z.strictObject({ measure: place, descending: z.boolean().optional() })])).max(5).optional(),
  limit: z.number().int().min(1).max(10_000).optional(),
  titles: z.boolean().optional(),
})

function text(req: Request, name: string): string | undefined {
  const value = req.query[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw new AppError(400, 'badRequest', { reason: name })
  return value
}
const flag = (req: Request, name: string) => text(req, name) === 'true'
const number = (req: Request, name: string) => { const value = text(req, name); return value === undefined ? undefined : Number(value) }

const known = new Set(['filter', 'sort', 'limit', 'cursor', 'page', 'fields', 'expand', 'q', 'count', 'view', 'titles'])

function listQuery(req: Request): ListQuery {
  const unknown = Object.keys(req.query).find((name) => !known.has(name))
  if (unknown !== undefined) throw new AppError(400, 'badRequest', { reason: `?${unknown}` })
  return {
    filter: filterOf(text(req, 'filter')), sort: text(req, 'sort'), limit: number(req, 'limit'), cursor: text(req, 'cursor'), page: number(req, 'page'),
    fields: text(req, 'fields')?.split(',').map((f) => f.trim()).filter(Boolean), expand: text(req, 'expand'), q: text(req, 'q'), count: text(req, 'count') === 'exact', view: text(req, 'view'), titles: flag(req, 'titles'),
  }
}

function filterOf(source: string | undefined): Filter | undefined {
  if (source === undefined) return undefined
  try { return JSON.parse(source) as Filter } catch { throw new AppError(400, 'badFilter', { reason: 'JSON' }, [{ path: '/filter', code: 'badJson' }]) }
}

/** Problems of offers in the reader's language. */
function localized(commands: Awaited<ReturnType<typeof recordCommands>>, language: 'en' | 'zh') {
  const one = <T extends { problem?: Parameters<typeof withMessages>[0][number] }>(offer: T) => (offer.problem ? { ...offer, problem: withMessages([offer.problem], language)[0] } : offer)
  return { ...commands, actions: commands.actions.map(one), flows: commands.flows.map(one), moves: commands.moves.map((m) => ({ ...m, problems: withMessages(m.problems, language) })) }
}

/** A change that was written, or waits for an approval. */
const submitted = ({ record, pending }: Submitted) => (pending === undefined ? withRev(record) : withRev(Object.assign({}, record, { pendingChange: pending }), 202))
