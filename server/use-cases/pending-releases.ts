/** Releases that wait until fields have got another form, or keys are filled: noted with everything that is to be published, so that a start takes them up again. */
import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import type { Context, WriteContext } from './context'
import { fillColumns, type Conversion } from './convert-fields'
import type { Publication, Release } from './publish-release'

export interface PendingRelease {
  id: string
  /** When it was begun. */
  at: string
}

/** Of the publication with fields that change their form. */
export async function notePending(ctx: Context, conversions: Conversion[], { drafts, ...publication }: Publication): Promise<PendingRelease> {
  const job = { id: ctx.newId(), at: ctx.clock.now() }
  const fields = conversions.flatMap(({ after, fields: own }) => own.map((f) => `${after.entity.name}.${f.to.name}`))
  const slim = { ...publication, drafts: drafts?.map(({ kind, key, rev }) => ({ kind, key, rev })) }
  let total = 0
  for (const { before } of conversions) total += await ctx.store.count(before.collection, {})
  const doc = { ...job, rev: 1, kind: fields.length > 0 ? 'convert' : 'compare', entity: conversions[0]!.after.entity.name, params: { fields, base: ctx.model.release } as never, status: 'running', release: 0, total, done: 0, last: null, by: ctx.me.id, problems: [], publication: JSON.parse(JSON.stringify(slim)) as never }
  await ctx.store.transaction((tx) => tx.insert(collections.dataChange, [doc]))
  return job
}

export async function fillAll(ctx: Context, conversions: Conversion[], { id }: PendingRelease): Promise<void> {
  let before = 0
  for (const conversion of conversions) {
    let done = 0
    await fillColumns(ctx, conversion, async ({ tx }, count) => { done = count; await tx.update(collections.dataChange, id, undefined, { done: before + count }) })
    before += done
  }
}

/** In the transaction of the release. */
export async function noteReleased({ tx }: WriteContext, { id }: PendingRelease, release: number): Promise<void> {
  await tx.update(collections.dataChange, id, undefined, { status: 'done', release, publication: null })
}

/** Gives the release; when another process was faster with the same, that one's. What fails is noted, and nothing is published. */
export async function whileNoted(ctx: Context, { id }: PendingRelease, work: () => Promise<Release>): Promise<Release> {
  try {
    return await work()
  } catch (error) {
    const doc = await ctx.store.get(collections.dataChange, id)
    if (doc?.status === 'done') return releaseOf(ctx, doc)
    if (error instanceof AppError) await noteFailed(ctx, id, error)
    throw error
  }
}

async function releaseOf(ctx: Context, { release }: StoredDoc): Promise<Release> {
  const [doc] = await ctx.store.find(collections.release, { where: { path: ['number'], op: 'eq', value: release as number }, limit: 1 })
  return { number: doc!.number as number, at: doc!.at as string, by: doc!.by as string, items: doc!.items as unknown as Release['items'] }
}

export async function noteFailed(ctx: Context, id: string, { code, params, problems }: AppError): Promise<void> {
  const noted = problems.length > 0 ? problems : [{ path: '', code, params }]
  await ctx.store.transaction((tx) => tx.update(collections.dataChange, id, undefined, { status: 'incomplete', problems: [{ id: '', problems: noted }] as never, publication: null }))
}
