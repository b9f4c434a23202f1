/** The world of a rights matrix: everything there is, who looks, and what they should see of it. */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import type { Definition, Filter } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import type { Answer, Client, ProblemBody } from './client'
import type { TestHost } from './host'
import { maskOf, oracleFor, type Oracle, type Share } from './rights-oracle'

export type Kept = WireRecord & { id: string }
export interface World { host: TestHost; documents: Definition[]; entities: CompiledEntity[]; records: Map<string, Kept[]>; below: (department: string | null) => string[]; shares: Share[]; tasks: Kept[]; instances: Kept[]; notices: Kept[]; deleted: Map<string, Kept[]>; collections: typeof collections; /** Made by the viewers, and whose they are. */ views: Map<string, string>; /** Viewer and entity of records that were accepted. */ created: Set<string>; /** Every request of the viewers, as METHOD path. */ asked: Set<string> }
/** `turn` tells people apart when a sample is taken. */
export interface Viewer { id: string; name: string; turn: number; client: Client; oracle: Oracle; world: World }

/** Everything there is, as it is stored. */
export async function worldOf(host: TestHost): Promise<World> {
  const model = await host.holder.current()
  const [records, deleted] = [new Map<string, Kept[]>(), new Map<string, Kept[]>()]
  for (const table of model.tables.values()) {
    const all = (await host.services.store.find(table.collection, { columns: table.collection.columns.map((c) => c.name) })).map((d) => table.decode(d) as Kept)
    records.set(table.entity.name, all.filter((r) => r.deletedAt === null))
    deleted.set(table.entity.name, all.filter((r) => r.deletedAt !== null))
  }
  const departments = records.get('department')!
  const below = (id: string | null): string[] => (id === null ? [] : [id, ...departments.filter((d) => d.parent === id).flatMap((d) => below(d.id))])
  const every = async (collection: Parameters<typeof host.services.store.find>[0]) => (await host.services.store.find(collection, {})) as unknown[]
  return { host, documents: [...model.published.values()].map((p) => p.body), entities: [...model.catalog.entities.values()], records, below, shares: (await every(collections.share)) as Share[], tasks: (await every(collections.task)) as Kept[], instances: (await every(collections.instance)) as Kept[], notices: (await every(collections.notice)) as Kept[], deleted, collections, views: new Map(), created: new Set(), asked: new Set() }
}

export async function viewerOf(world: World, username: string, turn: number): Promise<Viewer> {
  const user = world.records.get('user')!.find((u) => u.username === username)!
  const upFrom = (id: string | null): string[] => { const d = world.records.get('department')!.find((x) => x.id === id); return d ? [d.name as string, ...upFrom(d.parent as string | null)] : [] }
  const person = { id: user.id, roles: (user.roles as string[] | null) ?? [], department: user.department as string | null, username, departmentNames: upFrom(user.department as string | null) }
  const client = noting(await world.host.signIn(username, { language: 'en' }), world.asked)
  return { id: user.id, name: username, turn, client, oracle: oracleFor(person, world.documents, world.below, world.host.services.clock.today(), world.shares), world }
}

function noting(client: Client, asked: Set<string>): Client {
  const request = client.request.bind(client)
  client.request = (method, path, sent) => { asked.add(`${method} ${path}`); return request(method, path, sent) }
  return client
}

export const status = async (answer: Promise<Answer<unknown>>) => { const { status, body } = await answer; return `${status} ${(body as ProblemBody | undefined)?.code}` }
export const ids = (records: { id?: string }[]) => records.map((r) => r.id!).sort()
export const seenBy = ({ oracle, world }: Viewer, name: string) => world.records.get(name)!.filter((r) => oracle.may('read', name, r))
export const titleField = (e: CompiledEntity) => e.definition.titleField
export const list = ({ client }: Viewer, name: string, query: Record<string, string> = {}, filter?: Filter) => client.list(name, { limit: '500', ...query } as never, filter)
export const fieldsOf = (e: CompiledEntity) => [...e.fields.values()]
export const shown = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField) => oracle.field(e.name, f.name) !== 'hidden'
export const namable = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField) => oracle.field(e.name, f.name) === 'read' || oracle.field(e.name, f.name) === 'write'
export const single = (f: CompiledField) => !f.volatile && !f.rows && f.effectiveType.storage !== 'json'
export const people = new Set(['user', 'department'])

export const asShown = ({ oracle }: Viewer, e: CompiledEntity, f: CompiledField, value: unknown) => (oracle.field(e.name, f.name) === 'mask' ? maskOf(f.effective.type, value) : (value ?? null))

/** What a record must look like to a person: every stored field that is not hidden, some masked. */
export function view(v: Viewer, e: CompiledEntity, record: WireRecord, fields = fieldsOf(e)): WireRecord {
  return Object.fromEntries(fields.filter((f) => !f.volatile && shown(v, e, f)).map((f) => [f.name, asShown(v, e, f, record[f.name])]))
}
export const stored = (e: CompiledEntity, record: WireRecord, rows: boolean) => Object.fromEntries(Object.entries(record).filter(([name]) => { const f = e.fields.get(name); return f && !f.volatile && (rows || !f.rows) }))

/** One of each group, another one for the next person: all of them together see every member of every group. */
export function sampled<T>({ turn }: Viewer, items: T[], group: (item: T) => string, size = 1): T[] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(group(item), [...(groups.get(group(item)) ?? []), item])
  return [...groups.values()].flatMap((g) => Array.from({ length: Math.min(size, g.length) }, (_, n) => g[(turn + n) % g.length]!))
}

/** Fields a path could tell apart: by what the person may do with them, their type, and whether they are computed or lead anywhere. */
export const sampledFields = (v: Viewer, e: CompiledEntity, fields: CompiledField[]) => sampled(v, fields, (f) => [v.oracle.field(e.name, f.name), f.effective.type, f.computed, f.system, f.refersTo !== undefined].join())

/** Records by what the person may do with them. */
export const sampledRecords = (v: Viewer, e: CompiledEntity, size: number) => sampled(v, v.world.records.get(e.name)!, (r) => (['read', 'update', 'delete', 'share'] as const).map((verb) => v.oracle.may(verb, e.name, r)).join(), size)

/** An error without the name it is about: hidden and absent must read the same. */
export const sameWords = ({ status, code, detail }: ProblemBody, name: string) => ({ status, code, detail: detail.replaceAll(name, 'it') })
export const absent = async (v: Viewer, e: CompiledEntity, key: string, value: string) => (await v.client.get<ProblemBody>(`/records/${e.name}`, { [key]: value })).body
