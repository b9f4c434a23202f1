/** Duplicates: looked for by key before writing, so that the person can be led to them; refused for certain by the store's unique index. */
import { comparedIn, fingerprint, uniqueKeysOf, type CompiledEntity, type CompiledField, type UniqueKey, type WireRecord } from '../../runtime/engine'
import { both } from '../../schemas/filters'
import { AppError, type Problem } from '../../schemas/errors'
import type { Table } from '../model/tables'
import { StoreError } from '../ports/store'
import { readerOf, type Context, type WriteContext } from '../use-cases/context'
import { addTitles } from './expand'
import { mayName, whereFor } from './visibility'

/** So many records alike are named. */
const shown = 5

interface Asked { byPerson: boolean; duplicatesSeen?: boolean }

/**
 * 409 with the records alike that the person may see; of those he may not see nothing is told but that a value is taken. What definitions
 * write is refused by the store's index, and here by records of other kinds, which no index spans.
 */
export async function refuseDuplicates(ctx: WriteContext, table: Table, record: WireRecord, stored: WireRecord | undefined, { byPerson, duplicatesSeen }: Asked) {
  const problems: Problem[] = []
  for (const { key, value } of comparisons(table, record, stored)) {
    if (warns(key) ? !byPerson || duplicatesSeen : !byPerson && !key.rule.against) continue
    const found = await problemsBy(ctx, table, key, value)
    problems.push(...found)
    if (found.length === 0 && !warns(key) && (await takenElsewhere(ctx, key, value))) problems.push(...problemsOf(key.fields, 'duplicate'))
  }
  const worst = problems.find((p) => p.code === 'duplicate') ?? problems[0]
  if (worst) throw new AppError(409, worst.code, worst.params, problems)
}

/** What is to be said of records alike that the person may see, rule by rule. */
export async function duplicatesOf(ctx: Context, table: Table, record: WireRecord, stored: WireRecord | undefined): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const { key, value } of comparisons(table, record, stored)) problems.push(...(await problemsBy(ctx, table, key, value)))
  return problems
}

/** The rules that look at a record. What it shared with others before is not said again. */
function comparisons({ entity }: Table, record: WireRecord, stored: WireRecord | undefined): { key: UniqueKey; value: string }[] {
  return uniqueKeysOf(entity).flatMap((key) => {
    const value = key.of(record)
    return value === null || (stored && key.of(stored) === value) ? [] : [{ key, value }]
  })
}

const warns = ({ rule }: UniqueKey) => rule.mode === 'warn'

async function problemsBy(ctx: Context, table: Table, key: UniqueKey, value: string): Promise<Problem[]> {
  if (!mayCompare(ctx, table, key)) return []
  const records = await alike(ctx, table, key, value)
  for (const { table: other, key: there } of elsewhere(ctx, key)) if (mayCompare(ctx, other, there)) records.push(...(await alike(ctx, other, there, value)))
  return records.length > 0 ? problemsOf(key.fields, warns(key) ? 'possibleDuplicate' : 'duplicate', records.slice(0, shown)) : []
}

/** Who may not read what a rule looks at is shown no record by it. */
export const mayCompare = (ctx: Context, { entity }: Table, { reads }: UniqueKey) => [...reads].every((name) => mayName(ctx)(entity, name))

/** Where a rule looks besides its own kind of records. */
const elsewhere = ({ model }: Context, key: UniqueKey) => comparedIn(model.catalog, key).map((other) => ({ table: model.tables.get(other.entity.name)!, key: other.key }))

/**
 * Whether any record of another kind has the value. Two kinds may be held against each other: the sequence makes writers of one value
 * meet, also in stores whose transactions would not see each other's records.
 */
async function takenElsewhere(ctx: WriteContext, key: UniqueKey, value: string): Promise<boolean> {
  if (!key.rule.against) return false
  await ctx.tx.nextSequence(`unique.${fingerprint(value).slice(-2)}`)
  for (const { table, key: there } of elsewhere(ctx, key)) if ((await ctx.tx.count(table.collection, { where: { path: [there.column], op: 'eq', value } })) > 0) return true
  return false
}

interface Alike { entity: string; id: string; title: string | null }

async function alike(ctx: Context, table: Table, { column }: UniqueKey, value: string): Promise<Alike[]> {
  const where = both({ path: [column], op: 'eq', value }, whereFor(ctx, table, 'read'))!
  const ids = (await readerOf(ctx).find(table.collection, { where, limit: shown, columns: [] })).map((doc) => doc.id)
  const titles: Record<string, string> = {}
  await addTitles(ctx, table.entity.name, ids, titles)
  return ids.map((id) => ({ entity: table.entity.name, id, title: titles[id] ?? null }))
}

function problemsOf(fields: CompiledField[], code: 'duplicate' | 'possibleDuplicate', records?: Alike[]): Problem[] {
  const params = { fields: fields.map((f) => f.definition.label), ...(records && { records }) }
  return fields.map((f) => ({ path: `/${f.name}`, code, params }))
}

/** A violated unique index becomes a conflict that names the fields. */
export async function guardUnique<T>({ entity }: Table, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DUPLICATE') throw duplicate(fieldsBehind(entity, error.columns))
    if (error instanceof StoreError && error.code === 'CONFLICT') throw new AppError(409, 'staleRevision')
    throw error
  }
}

/** The fields that columns of a unique index stand for. */
export function fieldsBehind(entity: CompiledEntity, columns: string[]): CompiledField[] {
  const key = uniqueKeysOf(entity).find((k) => columns.includes(k.column))
  return key?.fields ?? columns.map((name) => entity.fields.get(name)).filter((f) => f !== undefined)
}

function duplicate(fields: CompiledField[]): AppError {
  const problems = problemsOf(fields, 'duplicate')
  return new AppError(409, 'duplicate', problems[0]?.params ?? {}, problems)
}
