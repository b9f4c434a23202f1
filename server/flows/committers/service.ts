import { scopeFor, valuesFor } from '../../effects/evaluate'
import { contentFor } from '../../effects/webhook'
import { enqueue } from '../../outbox/outbox'
import { changeRecord } from '../../records/write'
import { AppError } from '../../../schemas/errors'
import { asEngine } from '../../use-cases/context'
import { answer, requestId } from '../services'
import type { Committer } from './committer'

/** Sent after the commit. A request that cannot be put together is a failure like any other. */
export const request: Committer<'request'> = async ({ node, round, request: { url, method, body, secret, onError } }, run) => {
  const { ctx, instance, later } = run
  const place = { instance: instance.id, node, round }
  try {
    const content = await contentFor({ ...run, ctx: asEngine(ctx, `flow:${instance.flow}`), extra: {} }, body)
    await enqueue(ctx, { id: requestId(place), kind: 'webhook', params: { url, method, body: content, secret: secret ?? null }, onError, listener: { kind: 'service', params: place }, again: true })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    later.push(() => answer(ctx, place, { ok: false, status: null, body: null, error: error.message }))
  }
}

export const fill: Committer<'fill'> = async ({ fill: { values, result } }, run) => {
  const ctx = asEngine(run.ctx, `flow:${run.instance.flow}`)
  const scope = await scopeFor({ ctx, table: run.table, record: run.record, extra: { result } }, Object.values(values))
  run.record = await changeRecord(ctx, run.table, run.record, valuesFor(run.table, values, scope), { byPerson: false })
}
