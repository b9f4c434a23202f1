/**
 * Pinning: an instance keeps the version and content hash of everything it depends on, found when it is submitted. Nothing that is
 * published later changes it. A flow that another calls runs on the pins of the caller.
 */
import { meantToday, type Catalog } from '../../runtime/engine'
import type { Definition, Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { collections } from '../model/collections'
import { idOf, type Published } from '../model/model'
import type { StoredDoc } from '../ports/store'
import { readerOf, type Context } from '../use-cases/context'
import type { Instance } from './instances'

export interface Pin { kind: Definition['kind']; key: string; version: number; hash: string }

/** The definition of a kind that an instance runs on; undefined when it depends on none of that name. */
export async function pinnedDefinition<D extends Definition>(ctx: Context, { pins }: Pick<Instance, 'pins'>, kind: D['kind'], key: string): Promise<D | undefined> {
  const pin = pins?.find((p) => p.kind === kind && p.key === key)
  return pin ? ((await versionOf(ctx, pin)).body as D) : undefined
}

/** A definition as it was published; read once, for what was published stays as it is. */
export async function versionOf(ctx: Context, { kind, key, version }: Pick<Pin, 'kind' | 'key' | 'version'>): Promise<Published> {
  const read = versionsKnown(ctx).get(versionId({ kind, key, version }))
  if (read) return read
  const present = ctx.model.published.get(idOf(kind, key))
  if (present?.version === version) return inPresentNames(ctx, present)
  const where = { and: [{ path: ['kind'], op: 'eq' as const, value: kind }, { path: ['key'], op: 'eq' as const, value: key }, { path: ['version'], op: 'eq' as const, value: version }] }
  const [doc] = await readerOf(ctx).find(collections.definition, { where, limit: 1 })
  return inPresentNames(ctx, toPublished(doc!))
}

export const toPublished = (doc: StoredDoc) => doc as unknown as Published

const known = new WeakMap<Catalog, Map<string, Published>>()
function versionsKnown({ model: { catalog } }: Context): Map<string, Published> {
  const versions = known.get(catalog) ?? new Map<string, Published>()
  known.set(catalog, versions)
  return versions
}
const versionId = ({ kind, key, version }: Pick<Pin, 'kind' | 'key' | 'version'>) => `${idOf(kind, key)}@${version}`

/** What runs speaks of fields by the names they have today; version and hash are those of what was published. */
export function inPresentNames(ctx: Context, published: Published): Published {
  const versions = versionsKnown(ctx)
  const id = versionId(published)
  const found = versions.get(id) ?? { ...published, body: meantToday(published.body, ctx.model.catalog) }
  versions.set(id, found)
  return found
}

/** Everything a flow depends on; `find` gives the flows it calls. */
export async function pinsOf(ctx: Context, flow: Published, find: (name: string) => Promise<Published | undefined>): Promise<Pin[]> {
  const pins = new Map<string, Pin>()
  const pin = (published: Published | undefined) => { if (published) pins.set(idOf(published.kind, published.key), pick(published)) }
  for (const open: Published[] = [flow]; open.length > 0; ) {
    const one = open.pop()!
    if (pins.has(idOf('flow', one.key))) continue
    pin(one)
    const body = one.body as Flow
    for (const [kind, key] of dependencies(body)) pin(ctx.model.published.get(idOf(kind, key)))
    for (const name of called(body)) { const other = await find(name); if (other) open.push(other) }
  }
  return [...pins.values()]
}

/** What a draft would run on today. */
export const presentPins = (ctx: Context, flow: Flow): Promise<Pin[]> =>
  pinsOf(ctx, { kind: 'flow', key: flow.name, version: 0, hash: '', body: flow }, async (name) => ctx.model.published.get(idOf('flow', name)))

const pick = ({ kind, key, version, hash }: Published): Pin => ({ kind, key, version, hash })
const called = (flow: Flow) => flow.nodes.map((node) => nodeTypeOf(node).calling?.(node).flow).filter((name) => name !== undefined)

export const defaultCalendar = 'default'

/** The entity carries the form of the fields; rules, calendars and what nodes show are named by the flow. */
function dependencies(flow: Flow): [Definition['kind'], string][] {
  const tables = flow.nodes.map((node) => nodeTypeOf(node).ruleTable?.(node)).filter((name) => name !== undefined)
  return [['entity', flow.entity], ['calendar', flow.calendar ?? defaultCalendar], ...tables.map((name): [Definition['kind'], string] => ['ruleTable', name])]
}
