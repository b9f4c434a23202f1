import { Exact, type ExpressionValue } from '../../schemas/expressions'
import { enqueue } from '../outbox/outbox'
import { calculate, scopeFor } from './evaluate'
import { effectId, type EffectKind, type EffectRun } from './index'

/** Noted with the commit, sent after it: what the receiver answers cannot undo what was decided. */
export const webhook: EffectKind<'webhook'> = async ({ id, url, method = 'POST', body, secret, onError }, run) => {
  const delivery = effectId(run, id)
  await enqueue(run.ctx, { id: delivery, kind: 'webhook', params: { url, method, body: await contentFor(run, body), secret: secret ?? null }, onError })
}

/** The JSON that is sent; without a body the entity and the id of the record. */
export async function contentFor(run: Pick<EffectRun, 'ctx' | 'table' | 'record' | 'extra'>, body: { [member: string]: string } | undefined): Promise<unknown> {
  if (!body) return { entity: run.table.entity.name, id: run.record.id }
  const scope = await scopeFor(run, Object.values(body))
  return Object.fromEntries(Object.entries(body).map(([name, source]) => [name, plain(calculate(source, scope))]))
}

/** As the API writes values: whole numbers as numbers, others exactly, as text. */
function plain(value: ExpressionValue): unknown {
  if (value instanceof Exact) return value.isInteger() && Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value.toFixed()
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member as ExpressionValue)]))
  return value
}
