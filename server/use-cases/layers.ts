/** What is kept of the layers: the template's own documents, an upgrade that is offered or pending, and changes parked by former ones. */
import { keyOf, operationsBetween, restored, uidOf, type Conflict, type DefinitionProblem, type Operation } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition, Entity, Template } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { idOf, type Model } from '../model/model'
import type { Stored, StoredDoc, Transaction } from '../ports/store'
import { readerOf, type Context, type WriteContext } from './context'

export type Choice = 'theirs' | 'yours' | 'edited'
interface Place { kind: Definition['kind']; key: string }
/** `path`: JSON pointer into the draft. `choice`: null until it is settled. */
export interface KeptConflict extends Place, Conflict { id: string; path: string; choice: Choice | null }
export interface KeptOrphan extends Place { operation: Operation }
export interface ParkedChange extends KeptOrphan { id: string; version: string; at: string }

export interface Upgrade {
  name: string
  version: string
  at: string
  by: string
  documents: Definition[]
  conflicts: KeptConflict[]
  orphans: KeptOrphan[]
}

export const templateIn = (documents: Iterable<Definition>): Template | undefined => [...documents].find((d) => d.kind === 'template')

/** Versions of three numbers. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((v) => v.split('.').map(Number))
  const first = a!.findIndex((n, i) => n !== b![i])
  return first >= 0 && a![first]! > b![first]!
}

/** The template's documents by kind:key. */
export async function readBase(ctx: Context): Promise<Map<string, Definition>> {
  return new Map((await readerOf(ctx).find(collections.base, {})).map((d) => [d.id, d.body as unknown as Definition]))
}

export async function writeBase(tx: Transaction, documents: Definition[]): Promise<void> {
  await tx.remove(collections.base, (await tx.find(collections.base, { columns: [] })).map((d) => d.id))
  await tx.insert(collections.base, documents.map((d) => ({ id: idOf(d.kind, keyOf(d)), rev: 1, kind: d.kind, key: keyOf(d), body: d as never })))
}

/** What the installation changed of the template, document by document; computed, so that it cannot disagree with what is published. */
export function customizationsOf(base: Map<string, Definition>, { published }: Model): (Place & { operations: Operation[] })[] {
  return [...base].map(([id, document]) => ({ kind: document.kind, key: keyOf(document), operations: operationsBetween(document, published.get(id)?.body) })).filter(({ operations }) => operations.length > 0)
}

type Slot = 'offered' | 'pending'

async function readUpgrade(ctx: Context, slot: Slot): Promise<Upgrade | undefined> {
  const doc = await readerOf(ctx).get(collections.upgrade, slot)
  return doc && (({ id: _id, rev: _rev, ...upgrade }: StoredDoc) => upgrade as unknown as Upgrade)(doc)
}

export const pendingUpgrade = (ctx: Context) => readUpgrade(ctx, 'pending')
export const offeredUpgrade = (ctx: Context) => readUpgrade(ctx, 'offered')
export const offeredDocuments = async (ctx: Context) => (await offeredUpgrade(ctx))?.documents

export async function requirePending(ctx: Context): Promise<Upgrade> {
  const upgrade = await pendingUpgrade(ctx)
  if (!upgrade) throw new AppError(404, 'noUpgrade')
  return upgrade
}

export async function keepUpgrade({ tx }: WriteContext, slot: Slot, upgrade: Upgrade): Promise<void> {
  const stored = upgrade as unknown as { [column: string]: Stored }
  if (await tx.get(collections.upgrade, slot, [])) await tx.update(collections.upgrade, slot, undefined, stored)
  else await tx.insert(collections.upgrade, [{ ...stored, id: slot, rev: 1 }])
}

export const dropUpgrade = ({ tx }: WriteContext, slot: Slot) => tx.remove(collections.upgrade, [slot])

/** Conflicts that are not settled stop publishing. */
export const openConflicts = (upgrade: Upgrade | undefined): DefinitionProblem[] =>
  (upgrade?.conflicts ?? []).filter((c) => c.choice === null).map(({ kind, key, path }) => ({ kind, key, path, code: 'upgradeConflict', params: { version: upgrade!.version } }))

/** Definitions and fields that neither the template nor an upgrade of it brings, under names that a later one may take. */
export async function foreignNames(ctx: Context, changed: Definition[]): Promise<DefinitionProblem[]> {
  const templates = [...(await readBase(ctx)).values(), ...((await pendingUpgrade(ctx))?.documents ?? [])]
  const isOwn = ({ name }: { name: string }) => name.startsWith('x_')
  return changed.flatMap((document): DefinitionProblem[] => {
    const known = [ctx.model.published.get(idOf(document.kind, keyOf(document)))?.body, ...templates.filter((d) => d.kind === document.kind && keyOf(d) === keyOf(document))].filter((d) => d !== undefined)
    const warn = (path: string, { name }: { name: string }): DefinitionProblem => ({ kind: document.kind, key: keyOf(document), path, code: 'nameNotOwn', params: { name } })
    if (known.length === 0) return isOwn(document) ? [] : [warn('/name', document)]
    if (document.kind !== 'entity' || isOwn(document)) return []
    const uids = new Set(known.flatMap((d) => (d as Entity).fields.map(uidOf)))
    return document.fields.flatMap((field, i) => (isOwn(field) || uids.has(uidOf(field)) ? [] : [warn(`/fields/${i}/name`, field)]))
  })
}

/** In the transaction of the release that publishes it: from now on the newer version is what customizations are measured against. */
export async function concludeUpgrade(ctx: WriteContext, { version, documents, orphans }: Upgrade, release: number): Promise<void> {
  await moveBase(ctx, release, documents)
  await ctx.tx.insert(collections.parked, orphans.map(({ kind, key, operation }) => ({ id: ctx.newId(), rev: 1, kind, key, version, at: ctx.clock.now(), operation: operation as never })))
  await dropOffered(ctx, version)
  await dropUpgrade(ctx, 'pending')
}

async function dropOffered(ctx: WriteContext, upTo: string) {
  const offered = await offeredUpgrade(ctx)
  if (offered && !isNewer(offered.version, upTo)) await dropUpgrade(ctx, 'offered')
}

export interface FormerBase { documents: Definition[]; parked: ParkedChange[] }

/** What the base was before a release; undefined when that release did not move it. */
export async function formerBase(ctx: Context, release: number): Promise<FormerBase | undefined> {
  return (await readerOf(ctx).get(collections.formerBase, String(release))) as unknown as FormerBase | undefined
}

async function moveBase(ctx: WriteContext, release: number, documents: Definition[], leaving: ParkedChange[] = []) {
  const before = [...(await readBase(ctx)).values()]
  await ctx.tx.insert(collections.formerBase, [{ id: String(release), rev: 1, documents: before as never, parked: leaving as never }])
  await writeBase(ctx.tx, documents)
}

/** In the transaction of the release that undoes one: the base is what it was, changes that had been parked are again, and what is left is offered once more. */
export async function takeBaseBack(ctx: WriteContext, { documents, parked }: FormerBase, release: number): Promise<void> {
  const left = [...(await readBase(ctx)).values()]
  const [from, to] = [templateIn(left)!, templateIn(documents)!]
  const leaving = isNewer(from.version, to.version) ? (await listParked(ctx)).filter((p) => p.version === from.version) : []
  await moveBase(ctx, release, withFieldsSince(documents, left), leaving)
  await ctx.tx.remove(collections.parked, leaving.map(({ id }) => id))
  await ctx.tx.insert(collections.parked, parked.map((p) => ({ ...p, rev: 1, operation: p.operation as never })))
  if (isNewer(from.version, to.version)) await offerAgain(ctx, from, left)
  else await dropOffered(ctx, to.version)
}

/** What the release that is undone had brought stays hidden, here as in what is published: otherwise it would be told as yours, and stand against itself when it comes again. */
function withFieldsSince(documents: Definition[], left: Definition[]): Definition[] {
  const now = new Map(left.filter((d) => d.kind === 'entity').map((d) => [d.name, d]))
  return documents.map((d) => (d.kind === 'entity' && now.has(d.name) ? restored(d, now.get(d.name)!) : d))
}

/** Unless something newer is offered already. */
async function offerAgain(ctx: WriteContext, { name, version }: Template, documents: Definition[]) {
  const offered = await offeredUpgrade(ctx)
  if (!offered || isNewer(version, offered.version)) await keepUpgrade(ctx, 'offered', { name, version, at: ctx.clock.now(), by: ctx.me.id, documents, conflicts: [], orphans: [] })
}

export async function listParked(ctx: Context): Promise<ParkedChange[]> {
  const docs = await readerOf(ctx).find(collections.parked, { sort: [{ column: 'at', descending: true }] })
  return docs.map(({ id, kind, key, version, at, operation }) => ({ id, kind, key, version, at, operation }) as unknown as ParkedChange)
}
