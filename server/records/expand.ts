/** References followed: ids replaced by records, or collected into a dictionary of titles. Only what the person may see. */
import { fieldAccess, fieldOf, type CompiledEntity, type CompiledField, type WireRecord } from '../../runtime/engine'
import { systemEntities } from '../../schemas/system'
import { AppError } from '../../schemas/errors'
import { anyTable, type Context } from '../use-cases/context'
import { addFileNames } from './files'
import { asSeen, mayAskFor, mayName, readable, titleAsSeen } from './visibility'

/** What to follow: field → what to follow from there; `members` limits what is read. */
export interface Paths { [field: string]: { then: Paths; members?: Set<string> } }

const maxDepth = 3

/** `customer,project.owner` as a tree. */
export function parsePaths(expand: string): Paths {
  const tree: Paths = {}
  for (const path of expand.split(',').map((p) => p.trim()).filter(Boolean)) {
    const names = path.split('.')
    if (names.length > maxDepth) throw new AppError(400, 'badRequest', { reason: `expand: ${path}` })
    let at = tree
    for (const name of names) at = (at[name] ??= { then: {} }).then
  }
  return tree
}

/** `customer.name` among fields: follow customer, but read its name only. */
export function memberPaths(fields: string[]): Paths {
  const tree: Paths = {}
  for (const field of fields) {
    const [first, ...rest] = field.split('.') as [string, ...string[]]
    if (rest.length === 0) continue
    const entry = (tree[first] ??= { then: {}, members: new Set() })
    entry.members!.add(rest[0]!)
    if (rest.length > 1) Object.assign(entry.then, memberPaths([rest.join('.')]))
  }
  return tree
}

/** Replaces ids in place. Several records are served by one read for each reference. */
export async function expandRecords(ctx: Context, entity: CompiledEntity, records: WireRecord[], paths: Paths): Promise<void> {
  for (const [name, { then, members }] of Object.entries(paths)) {
    const field = fieldOf(entity, name)
    if (!field?.refersTo || !mayName(ctx)(entity, field.name)) throw new AppError(400, 'badRequest', { reason: `expand: ${name}` })
    const found = await readVisible(ctx, field.refersTo, idsIn(records, [field.name, name]), members)
    await expandRecords(ctx, anyTable(ctx, field.refersTo).entity, [...found.values()].filter((r) => r.rev !== undefined), then)
    const put = (id: string) => found.get(id) ?? { id }
    for (const record of records) {
      // A record cut to the fields asked for has the former name.
      const at = Object.hasOwn(record, field.name) ? field.name : name
      const value = record[at]
      if (typeof value === 'string') record[at] = put(value)
      else if (Array.isArray(value)) record[at] = (value as string[]).map(put)
    }
  }
}

function idsIn(records: WireRecord[], names: string[]): string[] {
  const ids = new Set<string>()
  for (const value of records.flatMap((record) => names.map((name) => record[name]))) {
    if (typeof value === 'string') ids.add(value)
    else if (Array.isArray(value)) for (const id of value as string[]) ids.add(id)
  }
  return [...ids]
}

async function readVisible(ctx: Context, entity: string, ids: string[], members: Set<string> | undefined): Promise<Map<string, WireRecord>> {
  const table = anyTable(ctx, entity)
  const found = new Map<string, WireRecord>()
  if (ids.length === 0 || !ctx.access.entity(entity)) return found
  const wanted = members && [...members].filter((name) => name !== 'id')
  const present = (name: string) => table.entity.aliases.get(name) ?? name
  const unknown = wanted?.find((name) => !table.flat.includes(present(name)) || !mayAskFor(ctx)(table.entity, present(name)))
  if (unknown !== undefined) throw new AppError(400, 'badRequest', { reason: `fields: ${unknown}` })
  for (const record of await readable(ctx, table, ids, wanted?.map(present) ?? table.flat)) {
    const seen = asSeen(ctx, table.entity, record)
    found.set(record.id!, Object.fromEntries((wanted ? ['id', ...wanted] : ['id', 'rev', ...table.flat]).filter((name) => present(name) in seen).map((name) => [name, seen[present(name)]])))
  }
  return found
}

/** Titles of all records the given ones refer to and names of the files they hold, by id, rows included. */
export async function titlesFor(ctx: Context, entity: CompiledEntity, records: WireRecord[], fields: Iterable<string> = entity.fields.keys()): Promise<Record<string, string>> {
  const wanted = new Map<string, Set<string>>()
  const files: string[] = []
  const collect = (field: CompiledField, items: WireRecord[]) => {
    if (field.type.files) files.push(...idsIn(items, [field.name]))
    if (!field.refersTo) return
    const ids = wanted.get(field.refersTo) ?? new Set()
    for (const id of idsIn(items, [field.name])) ids.add(id)
    wanted.set(field.refersTo, ids)
  }
  for (const name of fields) {
    const field = entity.fields.get(name)
    if (!field) continue
    collect(field, records)
    for (const column of field.rows ?? []) collect(column, records.flatMap((r) => (r[name] as WireRecord[] | null | undefined) ?? []))
  }
  const titles: Record<string, string> = {}
  for (const [target, ids] of wanted) await addTitles(ctx, target, [...ids], titles)
  await addFileNames(ctx, files, titles)
  return titles
}

/** Adds the titles of visible records of an entity. Names of people and departments are known to everyone in the company. */
export async function addTitles(ctx: Context, entity: string, ids: string[], titles: Record<string, string>): Promise<void> {
  if (ids.length === 0) return
  const known = knownName(ctx, entity)
  if (known) { for (const id of ids) { const name = known(id); if (name !== undefined) titles[id] = name } return }
  const table = anyTable(ctx, entity)
  const { titleField } = table.entity.definition
  if (fieldAccess(ctx.access.entity(entity), table.entity, titleField) === 'hidden') return
  for (const record of await readable(ctx, table, ids, [titleField])) titles[record.id!] = titleAsSeen(ctx, entity, String(record[titleField] ?? ''))
}

function knownName(ctx: Context, entity: string): ((id: string) => string | undefined) | undefined {
  if (entity === systemEntities.user) return (id) => ctx.model.directory.nameOf(id)
  return entity === systemEntities.department ? (id) => ctx.model.directory.departmentName(id) : undefined
}

/** What was made, with the titles of what the person may see. */
export async function namedAsSeen<C extends { entity: string; id: string; title: string }>(ctx: Context, made: C[]): Promise<C[]> {
  const titles: Record<string, string> = {}
  for (const { entity, id } of made) await addTitles(ctx, entity, [id], titles)
  return made.map((one) => ({ ...one, title: titles[one.id] ?? '' }))
}
