/**
 * Files that records hold. A field holds ids; which record holds which file is kept beside (`collections.attachment`), because who may
 * see one of the records, with the field, may read the file. What no record holds any more goes after a day (use-cases/files.ts).
 */
import { uidOf, type CompiledEntity, type CompiledField, type WireRecord } from '../../runtime/engine'
import { invalid, type Problem } from '../../schemas/errors'
import { isOfKind, sizeText, type FileInfo, type FileRules } from '../../schemas/files'
import { collections } from '../model/collections'
import type { StoredDoc, Where } from '../ports/store'
import { readerOf, type Context, type WriteContext } from '../use-cases/context'
import { loadRecord } from './load'
import { seeing } from './visibility'

/** kept: the content is there. going: it is being removed. gone: only the name is left, for the history. */
export type FileState = 'kept' | 'going' | 'gone'
export type StoredFile = FileInfo & StoredDoc & { state: FileState; unattachedSince: string | null }

interface Held { path: string; field: CompiledField; /** Uid of the record's field that it is in. */ holder: string; id: string }

const holding = new WeakMap<CompiledEntity, CompiledField[]>()

/** The fields that hold files, themselves or in their rows. */
function fieldsWithFiles(entity: CompiledEntity): CompiledField[] {
  let fields = holding.get(entity)
  if (!fields) holding.set(entity, (fields = entity.own.filter((f) => f.type.files || f.rows?.some((c) => c.type.files))))
  return fields
}

/** Every id of a file in a record, rows included. */
function heldBy(entity: CompiledEntity, record: WireRecord | undefined): Held[] {
  if (!record) return []
  return fieldsWithFiles(entity).flatMap((field) => {
    const holder = uidOf(field.definition)
    if (!field.rows) return idsOf(field, record[field.name], `/${field.name}`, holder)
    const columns = field.rows.filter((c) => c.type.files)
    return ((record[field.name] as WireRecord[] | null | undefined) ?? []).flatMap((row, i) => columns.flatMap((c) => idsOf(c, row[c.name], `/${field.name}/${i}/${c.name}`, holder)))
  })
}

function idsOf(field: CompiledField, value: unknown, path: string, holder: string): Held[] {
  if (!field.type.files || value === null || value === undefined) return []
  return Array.isArray(value) ? value.map((id: string, i) => ({ path: `${path}/${i}`, field, holder, id })) : [{ path, field, holder, id: value as string }]
}

/** Files that a record newly holds must be there, be readable for the writer and be what the field takes. */
export async function fileProblems(ctx: Context, entity: CompiledEntity, record: WireRecord, stored: WireRecord | undefined, byPerson: boolean): Promise<Problem[]> {
  const before = new Set(heldBy(entity, stored).map((h) => h.id))
  const given = heldBy(entity, record).filter((h) => !before.has(h.id))
  if (given.length === 0) return []
  const files = new Map(((await readerOf(ctx).getMany(collections.file, [...new Set(given.map((h) => h.id))])) as StoredFile[]).map((file) => [file.id, file]))
  const problems: Problem[] = []
  for (const { id, field, path } of given) {
    const problem = await problemOf(ctx, files.get(id), field, byPerson)
    if (problem) problems.push({ ...problem, path, params: { label: field.definition.label, ...problem.params } })
  }
  return problems
}

async function problemOf(ctx: Context, file: StoredFile | undefined, field: CompiledField, byPerson: boolean): Promise<Omit<Problem, 'path'> | undefined> {
  if (file?.state !== 'kept' || (byPerson && !(await mayReadFile(ctx, file)))) return { code: 'noSuchRecord' }
  return broken(file, field.type.files!(field.definition))
}

function broken({ name, type, size }: FileInfo, { kinds, maxBytes }: FileRules): Omit<Problem, 'path'> | undefined {
  if (kinds && !isOfKind(type, kinds)) return { code: 'badFileType', params: { name, expected: [...kinds] } }
  if (size > maxBytes) return { code: 'fileTooLarge', params: { name, limit: sizeText(maxBytes) } }
  return undefined
}

/** Who uploaded it, as long as no record holds it; then whoever may see one of these records with the field, those in the bin too. */
export async function mayReadFile(ctx: Context, { id, uploadedBy }: StoredFile): Promise<boolean> {
  const holders = await readerOf(ctx).find(collections.attachment, { where: { path: ['file'], op: 'eq', value: id } })
  if (holders.length === 0) return uploadedBy === ctx.me.id
  for (const { entity, record, field } of holders) if (await seesField(ctx, entity as string, record as string, field as string)) return true
  return false
}

/** Stands where the uid of a field would: the file belongs to the record's approvals. */
export const inTrail = '$trail'

/** Files become part of a record's approvals, for whoever sees the record; 422 for what is not there, or not the person's to give. */
export async function attachToTrail(ctx: WriteContext, entity: string, record: string, ids: string[], path: string, kinds?: FileRules['kinds']): Promise<void> {
  const files = (await ctx.tx.getMany(collections.file, ids)) as StoredFile[]
  const problems: Problem[] = []
  for (const [i, id] of ids.entries()) {
    const file = files.find((f) => f.id === id)
    const sound = file?.state === 'kept' && (await mayReadFile(ctx, file))
    const problem = sound ? broken(file, { kinds, maxBytes: Infinity }) : { code: 'noSuchRecord' as const }
    if (problem) problems.push({ ...problem, path: `${path}/${i}`, params: { label: { en: 'File', zh: '文件' }, ...problem.params } })
  }
  if (problems.length > 0) throw invalid(problems)
  for (const file of new Set(ids)) {
    const id = `${record} ${inTrail} ${file}`
    if (!(await ctx.tx.get(collections.attachment, id, []))) await ctx.tx.insert(collections.attachment, [{ id, rev: 1, file, entity, record, field: inTrail }])
    await ctx.tx.update(collections.file, file, undefined, { unattachedSince: null })
  }
}

async function seesField(ctx: Context, entity: string, id: string, uid: string): Promise<boolean> {
  const table = ctx.model.tables.get(entity)
  const field = table?.entity.own.find((f) => uidOf(f.definition) === uid)
  if (!table || !(field || uid === inTrail)) return false
  const record = await loadRecord(ctx, table, id, true)
  const seen = record && (await seeing(ctx, table.entity, record))
  const right = field && seen?.access.entity(entity)?.fields.get(field.name)
  return seen !== undefined && right !== 'hidden' && right !== 'mask'
}

/** Follows a change of a record: notes what it holds now and no longer. */
export async function followFiles(ctx: WriteContext, entity: CompiledEntity, before: WireRecord | undefined, after: WireRecord): Promise<void> {
  if (fieldsWithFiles(entity).length === 0) return
  const key = ({ holder, id }: Held) => `${after.id} ${holder} ${id}`
  const [held, holds] = [before, after].map((record) => new Map(heldBy(entity, record).map((h) => [key(h), h]))) as [Map<string, Held>, Map<string, Held>]
  const added = [...holds].filter(([k]) => !held.has(k))
  const removed = [...held].filter(([k]) => !holds.has(k))
  await ctx.tx.insert(collections.attachment, added.map(([k, { holder, id }]) => ({ id: k, rev: 1, file: id, entity: entity.name, record: after.id!, field: holder })))
  for (const id of new Set(added.map(([, h]) => h.id))) await ctx.tx.update(collections.file, id, undefined, { unattachedSince: null })
  await ctx.tx.remove(collections.attachment, removed.map(([k]) => k))
  await noteUnattached(ctx, removed.map(([, h]) => h.id))
}

/** What is purged for good, a record, a field or a whole entity, holds nothing any more. */
export async function releaseFiles(ctx: WriteContext, gone: { record: string } | { entity: string; field?: string }): Promise<void> {
  const where: Where = { and: Object.entries(gone).map(([column, value]) => ({ path: [column], op: 'eq', value })) }
  const held = await ctx.tx.find(collections.attachment, { where })
  await ctx.tx.remove(collections.attachment, held.map((h) => h.id))
  await noteUnattached(ctx, held.map((h) => h.file as string))
}

async function noteUnattached(ctx: WriteContext, ids: string[]): Promise<void> {
  for (const id of new Set(ids)) {
    if ((await ctx.tx.count(collections.attachment, { where: { path: ['file'], op: 'eq', value: id } })) === 0) await ctx.tx.update(collections.file, id, undefined, { unattachedSince: ctx.clock.now() })
  }
}

/** Names of files, for whoever sees a value with their ids. */
export async function addFileNames(ctx: Context, ids: string[], titles: Record<string, string>): Promise<void> {
  if (ids.length === 0) return
  for (const { id, name } of await readerOf(ctx).getMany(collections.file, ids, ['name'])) titles[id] = name as string
}
