/** Which version of a flow holds: the latest that is in force on its day. */
import type { WireRecord } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { idOf, type Published } from '../model/model'
import { readerOf, type Context } from '../use-cases/context'
import { inPresentNames, toPublished } from './pins'

/** The day is that of submission, or one that the record tells; a version that begins later leaves it to the one before. */
export async function effectiveFlow(ctx: Context, name: string, record: WireRecord): Promise<Published | undefined> {
  const published = ctx.model.published.get(idOf('flow', name))
  const present = published && inPresentNames(ctx, published)
  if (!present || holds(ctx, present, record)) return present
  const where = { and: [{ path: ['kind'], op: 'eq' as const, value: 'flow' }, { path: ['key'], op: 'eq' as const, value: name }, { path: ['version'], op: 'lt' as const, value: present.version }] }
  const earlier = await readerOf(ctx).find(collections.definition, { where, sort: [{ column: 'version', descending: true }] })
  return earlier.filter((doc) => doc.removed !== true).map((doc) => inPresentNames(ctx, toPublished(doc))).find((published) => holds(ctx, published, record))
}

function holds(ctx: Context, { body }: Published, record: WireRecord): boolean {
  const { effectiveFrom, effectiveBasis = 'submittedAt' } = body as Flow
  return effectiveFrom === undefined || effectiveFrom <= dayOf(ctx, effectiveBasis, record)
}

/** A record that tells no day goes by that of submission. */
function dayOf(ctx: Context, basis: string, record: WireRecord): string {
  const value = basis === 'submittedAt' ? undefined : record[basis.slice('record.'.length)]
  return typeof value === 'string' && value !== '' ? value.slice(0, 10) : ctx.clock.today()
}
