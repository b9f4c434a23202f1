/** Records that are the same thing become one: values chosen, everything that refers to the others moved, the others in the bin. Can be undone. */
import { equalValues, newProblems, validationProblems, type CompiledEntity, type WireRecord } from '../../runtime/engine'
import { AppError, invalid, type Problem } from '../../schemas/errors'
import { systemEntities } from '../../schemas/system'
import { touchesWatched } from '../flows/hold-change'
import { holderOfDeletion } from '../flows/hold-deletion'
import { guardChange, releaseForDeletion } from '../flows/lock'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import type { Stored, StoredDoc } from '../ports/store'
import { inputOf } from '../records/as-input'
import { rebuildRecords } from '../records/derived'
import { namedAsSeen } from '../records/expand'
import { changesBetween, type FieldChange } from '../records/history'
import { loadRecord, relatedContext, visibleRecord } from '../records/load'
import { movePointers, movePointersBack, type Pointer } from '../records/pointers'
import { pointBack, repoint, type Move } from '../records/repoint'
import { pointsAt } from '../records/referring'
import { rewrite } from '../records/rewrite'
import { mayUse, notDeleted, whereFor } from '../records/visibility'
import { changeRecord, checkChange } from '../records/write'
import { both, either } from '../../schemas/filters'
import { anyTable, asEngine, inTransaction, tableOf, type Context, type WriteContext } from './context'
import { writableRecord, holderOfChanges, present } from './update-record'

export interface MergeRequest {
  /** The record that stays. */
  into: string
  /** Those that go into it. */
  from: string[]
  /** Whose value a field takes; the others keep that of the record that stays. */
  fields?: { [field: string]: string }
  /** Revisions the choice is based on. */
  revs?: { [id: string]: number }
}
export interface Merged { record: WireRecord; merge: string; moved: number }
export interface Unmerged {
  record: WireRecord
  restored: string[]
  moved: number
  /** What was changed since the merge and stays as it is. */
  kept: { entity: string; id: string; field: string; title: string }[]
}

const asMerged = { byPerson: true, duplicatesSeen: true }

interface MergeDoc { id: string; winner: string; at: string; losers: string[]; changes: FieldChange[]; moves: Move[]; pointers: Pointer[] }

/** In one transaction. Needs the right to change the record that stays and to delete the others. 409 while an approval holds what would change, or keeps one that goes; other approvals of these end. */
export async function mergeRecords(ctx: Context, entity: string, { into, from, fields = {}, revs = {} }: MergeRequest): Promise<Merged> {
  return inTransaction({ ...ctx, path: 'merge' as const }, async (tx) => {
    const { table, records: [winner, ...losers] } = await mergeable(tx, entity, into, from, revs)
    const merge = tx.newId()
    const at = tx.clock.now()
    const patch = chosenValues(table.entity, fields, [winner!, ...losers])
    for (const loser of losers) await rewrite(tx, table, loser, { ...loser, deletedAt: at }, 'deleted', { mergedInto: into, merge })
    const before = (await loadRecord(tx, table, into))!
    await refuseHeld(tx, table, before, () => checkChange(tx, table, before, patch, asMerged))
    const after = await changeRecord(tx, table, before, patch, { ...asMerged, kind: 'merged', data: { merge, merged: from } })
    if (after.owner !== before.owner && !(await mayUse(tx, table.entity, after, 'update'))) throw new AppError(403, 'forbidden')
    const moves = await repoint(asEngine(tx, 'merge'), table, from, into)
    const pointers = await movePointers(tx, from, into)
    const kept = { winner: into, at, losers: from, changes: withDepartment(table.entity, before, after), moves, pointers }
    await tx.tx.insert(collections.merge, [{ id: merge, rev: 1, entity, by: tx.me.id, status: 'done', undoneAt: null, undoneBy: null, ...(kept as unknown as { [k: string]: Stored }) }])
    return { record: present(tx, table, (await loadRecord(tx, table, into))!), merge, moved: new Set(moves.map((m) => m.id)).size }
  })
}

/** Undoes the last merge into a record, as long as the others are in the bin: what was not changed since is as it was before. */
export async function unmergeRecords(ctx: Context, entity: string, id: string): Promise<Unmerged> {
  return inTransaction({ ...ctx, path: 'unmerge' as const }, async (tx) => {
    const { table, record } = await writableRecord(tx, entity, id, 'update')
    const merge = await lastMerge(tx, id)
    const engine = asEngine(tx, 'unmerge')
    const losers = await binned(tx, table, merge)
    const back = merge.changes.filter((c) => table.entity.fields.has(c.field) && equalValues(record[c.field], c.to))
    const asBefore = (now: WireRecord) => ({ ...now, ...Object.fromEntries(back.map((c) => [c.field, c.from])) })
    await refuseHeld(tx, table, record, () => asBefore(record))
    const winner = (await guardChange(tx, record, back.map((c) => c.field))) ? (await loadRecord(tx, table, id))! : record
    const former = asBefore(winner)
    await rewrite(engine, table, winner, former, 'unmerged', { merge: merge.id, merged: merge.losers })
    for (const loser of losers) await rewrite(engine, table, loser, { ...loser, deletedAt: null }, 'restored', { merge: merge.id })
    // With nothing moved back yet, rules over totals may be broken for a moment; they are asked at the end.
    await rebuildRecords(engine, table, [id, ...merge.losers])
    const left = await pointBack(engine, merge.moves)
    await movePointersBack(engine, merge.pointers, id)
    await refuseBroken(engine, table, winner)
    await tx.tx.update(collections.merge, merge.id, undefined, { status: 'undone', undoneAt: tx.clock.now(), undoneBy: tx.me.id })
    const kept = [...merge.changes.filter((c) => !back.includes(c)).map(({ field }) => ({ entity, id, field })), ...left.map((m) => ({ entity: m.entity, id: m.id, field: m.field }))]
    return {
      record: present(tx, table, (await loadRecord(tx, table, id))!), restored: merge.losers, moved: new Set(merge.moves.filter((m) => !left.includes(m)).map((m) => m.id)).size,
      kept: await namedAsSeen(tx, kept.filter((k) => tx.access.entity(k.entity)).map((k) => ({ ...k, title: '' }))),
    }
  })
}

/** How many records that this person may see would be moved, by entity. */
export async function mergePreview(ctx: Context, entity: string, from: string[]): Promise<{ items: { entity: string; count: number }[] }> {
  for (const id of from) await visibleRecord(ctx, entity, id)
  const conditions = new Map<string, Parameters<typeof both>[0][]>()
  for (const { entity: follower, field } of ctx.model.catalog.referrers.get(entity) ?? []) conditions.set(follower, [...(conditions.get(follower) ?? []), ...from.flatMap((id) => pointsAt(field, entity, id))])
  const items = await Promise.all([...conditions].filter(([name]) => ctx.access.entity(name)).map(async ([name, list]) => {
    const table = anyTable(ctx, name)
    return { entity: name, count: await ctx.store.count(table.collection, { where: both(either(...(list as never[])), notDeleted, whereFor(ctx, table, 'read')) }) }
  }))
  return { items: items.filter((i) => i.count > 0) }
}

async function mergeable(ctx: WriteContext, entity: string, into: string, from: string[], revs: { [id: string]: number }): Promise<{ table: Table; records: WireRecord[] }> {
  const { entity: { name } } = tableOf(ctx, entity)
  if (Object.values<string>(systemEntities).includes(name)) throw new AppError(409, 'notMergeable')
  if (new Set([into, ...from]).size !== from.length + 1) throw invalid([{ path: '/from', code: 'duplicateItems', params: { label: 'from' } }])
  const { table, record } = await writableRecord(ctx, entity, into, 'update', revs[into])
  const records = [record]
  for (const id of from) records.push(await leaving(ctx, entity, id, revs[id]))
  return { table, records }
}

/** A record that goes into another. */
async function leaving(ctx: WriteContext, entity: string, id: string, rev?: number): Promise<WireRecord> {
  const { table, record } = await writableRecord(ctx, entity, id, 'delete', rev)
  if (await holderOfDeletion(ctx, table, record)) throw new AppError(409, 'deletionHeld')
  return releaseForDeletion(ctx, record)
}

/** 409 where a flow has to approve this change: a merge cannot wait for it. */
async function refuseHeld(ctx: WriteContext, table: Table, before: WireRecord, after: () => WireRecord | Promise<WireRecord>) {
  const flow = holderOfChanges(ctx, table, before)
  if (flow && touchesWatched(table, flow, before, await after())) throw new AppError(409, 'changeHeld')
}

/** The chosen values as input: rows as new ones, and no reference to what is merged. */
function chosenValues(entity: CompiledEntity, fields: { [field: string]: string }, records: WireRecord[]): WireRecord {
  const patch: WireRecord = {}
  const problems: Problem[] = []
  const ids = records.map((r) => r.id)
  const free = (value: unknown): unknown => (ids.includes(value as string) ? null : value)
  for (const [given, id] of Object.entries(fields)) {
    const name = entity.aliases.get(given) ?? given
    const source = records.find((r) => r.id === id)
    const field = entity.fields.get(name)
    if (!field) problems.push({ path: `/fields/${given}`, code: 'unknownField', params: { name: given } })
    else if (!source) problems.push({ path: `/fields/${given}`, code: 'noSuchRecord', params: { label: field.definition.label } })
    else if (source !== records[0]) patch[name] = newValue(inputOf(entity, name, source[name]), field.rows !== undefined, free)
  }
  if (problems.length > 0) throw invalid(problems)
  return patch
}

function newValue(value: unknown, rows: boolean, free: (value: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return free(value)
  if (!rows) return value.map(free).filter((v) => v !== null)
  return (value as WireRecord[]).map(({ id: _id, ...row }) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, free(cell)])))
}

/** The department of the owner is no field that people write, but it has to come back with the owner. */
function withDepartment(entity: CompiledEntity, before: WireRecord, after: WireRecord): FieldChange[] {
  const changes = changesBetween(entity, before, after)
  return equalValues(before.ownerDept, after.ownerDept) ? changes : [...changes, { field: 'ownerDept', from: before.ownerDept ?? null, to: after.ownerDept ?? null }]
}

async function lastMerge(ctx: WriteContext, winner: string): Promise<MergeDoc> {
  const where = both({ path: ['winner'], op: 'eq', value: winner }, { path: ['status'], op: 'eq', value: 'done' })!
  const [doc] = await ctx.tx.find(collections.merge, { where, sort: [{ column: 'at', descending: true }], limit: 1 })
  if (!doc) throw new AppError(409, 'nothingToUnmerge')
  return doc as StoredDoc as unknown as MergeDoc
}

async function binned(ctx: WriteContext, table: Table, { losers, at }: MergeDoc): Promise<WireRecord[]> {
  const found: WireRecord[] = []
  for (const id of losers) {
    const loser = await loadRecord(ctx, table, id, true)
    if (loser?.deletedAt !== at) throw new AppError(409, 'mergeGone')
    if (!(await mayUse(ctx, table.entity, loser, 'delete'))) throw new AppError(403, 'forbidden')
    found.push(loser)
  }
  return found
}

async function refuseBroken(ctx: WriteContext, table: Table, before: WireRecord) {
  const record = (await loadRecord(ctx, table, before.id!))!
  const problems = async (of: WireRecord) => validationProblems(table.entity, of, await relatedContext(ctx, table, of, table.entity.rulesRead), ctx.model.catalog)
  const broken = newProblems(await problems(record), await problems(before))
  if (broken.length > 0) throw invalid(broken)
}
