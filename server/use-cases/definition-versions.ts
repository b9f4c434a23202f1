/** Former versions: listed, compared, brought back. */
import { differences, placesUsing, restored, type Difference, type UsePlace } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Where } from '../../schemas/filters'
import type { Definition, Entity } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import { readerOf, type Context } from './context'
import { assembleWithFormer, documentsOf, getDefinition, readDrafts, removalsOf, requireStudio, saveDraft, type Draft, type Kind } from './definitions'
import { formerBase, pendingUpgrade } from './layers'
import { publishInTurn, publishSoon, type Coming, type Release } from './publish-release'
import type { Decisions } from './change-rules'
import { withValuesKept } from './trash'

export interface Version { version: number; hash: string; release: number; at: string | null; by: string | null; current: boolean; removed: boolean }

/** All versions, newest first. */
export async function listVersions(ctx: Context, kind: string, key: string): Promise<{ items: Version[] }> {
  requireStudio(ctx)
  const docs = await readerOf(ctx).find(collections.definition, { where: versionsOf(kind, key), sort: [{ column: 'version', descending: true }], limit: 200, columns: ['version', 'hash', 'release', 'current', 'removed'] })
  if (docs.length === 0) throw new AppError(404, 'noSuchDefinition', { kind, name: key })
  const releases = await readerOf(ctx).find(collections.release, { where: { path: ['number'], op: 'in', value: docs.map((d) => Number(d.release)) }, columns: ['number', 'at', 'by'] })
  return { items: docs.map((d) => {
    const release = releases.find((r) => r.number === Number(d.release))
    return { version: d.version as number, hash: d.hash as string, release: Number(d.release), at: (release?.at as string | undefined) ?? null, by: (release?.by as string | undefined) ?? null, current: d.current === true, removed: d.removed === true }
  }) }
}

const is = (column: string, value: string | number): Where => ({ path: [column], op: 'eq', value })
const versionsOf = (kind: string, key: string): Where => ({ and: [is('kind', kind), is('key', key)] })

/** What changed from one version (that in force unless given) to another; `draft` is what is being written. */
export async function compareVersions(ctx: Context, kind: string, key: string, from: number | undefined, to: number | 'draft'): Promise<{ changes: Difference[] }> {
  requireStudio(ctx)
  const before = from === undefined ? ctx.model.published.get(idOf(kind, key))?.body : await bodyAt(ctx, kind, key, from)
  const current = to === 'draft' ? await getDefinition(ctx, kind, key) : undefined
  const after = to === 'draft' ? ((current as { draft?: Draft }).draft?.definition ?? current!.definition) : await bodyAt(ctx, kind, key, to)
  return { changes: differences(before, after) }
}

async function bodyAt(ctx: Context, kind: string, key: string, version: number): Promise<Definition> {
  const [doc] = await readerOf(ctx).find(collections.definition, { where: { and: [versionsOf(kind, key), is('version', version)] }, limit: 1 })
  if (!doc) throw new AppError(404, 'noSuchDefinition', { kind, name: `${key} ${version}` })
  return doc.body as unknown as Definition
}

/** A draft with the contents of a former version; fields added since stay, hidden. Published like every draft, by the same rules. */
export async function draftFormerVersion(ctx: Context, kind: string, key: string, version: number, rev?: number): Promise<Draft> {
  requireStudio(ctx)
  return saveDraft(ctx, kind, key, await again(ctx, await bodyAt(ctx, kind, key, version)), rev)
}

/** As it can be published again over what is published now. */
async function again(ctx: Context, former: Definition): Promise<Definition> {
  const now = former.kind === 'entity' ? ctx.model.published.get(idOf('entity', former.name)) : undefined
  return now ? withValuesKept(ctx, restored(former as Entity, now.body as Entity), now.body as Entity) : former
}

/**
 * Undoes a release: a new release in which each of its definitions is what it was before; those that were new are taken away, those that
 * were taken away come back. The base of customizations goes back with an upgrade that is undone. 409 when one of them was changed again since, 422 when the records do not allow it.
 */
export async function rollBackRelease(ctx: Context, number: number, decisions?: Decisions, wait = true): Promise<Release | Coming> {
  requireStudio(ctx)
  const docs = await readerOf(ctx).find(collections.definition, { where: is('release', String(number)), columns: ['kind', 'key', 'version', 'removed'] })
  if (docs.length === 0) throw new AppError(404, 'notFound')
  const items = docs.map((d) => ({ kind: d.kind as string, key: d.key as string, version: d.version as number, removed: d.removed === true }))
  await refuseChangedSince(ctx, number, items)
  const base = await formerBase(ctx, number)
  if (base) await refuseMidUpgrade(ctx)
  const documents: Definition[] = []
  const removed: string[] = []
  for (const { kind, key, version } of items) {
    const [former] = await readerOf(ctx).find(collections.definition, { where: { and: [versionsOf(kind, key), { path: ['version'], op: 'lt', value: version }] }, sort: [{ column: 'version', descending: true }], limit: 1 })
    if (former && former.removed !== true) documents.push(await again(ctx, former.body as unknown as Definition))
    else removed.push(idOf(kind, key))
  }
  return (wait ? publishInTurn : publishSoon)(ctx, { documents, removed, decisions, ...(base && { base }) })
}

/** A pending upgrade was merged under the base that would go. */
async function refuseMidUpgrade(ctx: Context) {
  const pending = await pendingUpgrade(ctx)
  if (pending) throw new AppError(409, 'upgradePending', { version: pending.version })
}

async function refuseChangedSince(ctx: Context, number: number, items: { kind: string; key: string; version: number }[]) {
  const later: string[] = []
  for (const { kind, key, version } of items) if ((await readerOf(ctx).count(collections.definition, { where: { and: [versionsOf(kind, key), { path: ['version'], op: 'gt', value: version }] } })) > 0) later.push(`${kind} ${key}`)
  if (later.length > 0) throw new AppError(409, 'changedSince', { items: later, number, release: number })
}

/** Every place, drafts included, that relies on a definition or (named) one of the fields of an entity, or a column (`lines.qty`). */
export async function whereUsed(ctx: Context, kind: string, key: string, field?: string): Promise<{ items: UsePlace[] }> {
  requireStudio(ctx)
  const drafts = await readDrafts(ctx)
  return { items: placesUsing(await assembleWithFormer(ctx, documentsOf(drafts), removalsOf(drafts)), kind as Kind, key, field) }
}
