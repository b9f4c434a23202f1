/** References moved from some records to another one, in every entity, and moved back. */
import { equalValues, type CompiledField, type WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { anyTable, type WriteContext } from '../use-cases/context'
import { inputOf } from './as-input'
import { loadRecord } from './load'
import { pointsAt } from './referring'
import { changeRecord } from './write'

/** One reference that was moved: the value of a field, or of a column in a row. */
export interface Move { entity: string; id: string; field: string; row?: string; column?: string; from: unknown; to: unknown }

/** Lets everything that refers to one of `ids` refer to `to`, in the bin too. A reference of `to` itself is emptied. */
export async function repoint(ctx: WriteContext, table: Table, ids: string[], to: string): Promise<Move[]> {
  const moves: Move[] = []
  for (const [follower, found] of await referringIds(ctx, table, ids)) {
    for (const [id, fields] of found) {
      const record = (await loadRecord(ctx, follower, id, true))!
      const own = [...fields].flatMap((field) => movesOf(table.entity.name, follower, record, field, ids, id === to ? null : to))
      await apply(ctx, follower, record, own.map((m) => ({ ...m, from: m.to, to: m.from })))
      moves.push(...own)
    }
  }
  return moves
}

/** Takes moves back where the value is still what the move made it. Returns those it left alone. */
export async function pointBack(ctx: WriteContext, moves: Move[]): Promise<Move[]> {
  const kept: Move[] = []
  for (const own of byRecord(moves)) {
    const table = anyTable(ctx, own[0]!.entity)
    const record = table && (await loadRecord(ctx, table, own[0]!.id, true))
    const still = record ? own.filter((m) => table.entity.fields.has(m.field) && equalValues(valueAt(record, m), m.to)) : []
    if (record) await apply(ctx, table, record, still)
    kept.push(...own.filter((m) => !still.includes(m)))
  }
  return kept
}

function byRecord(moves: Move[]): Iterable<Move[]> {
  const groups = new Map<string, Move[]>()
  for (const move of moves) groups.set(`${move.entity} ${move.id}`, [...(groups.get(`${move.entity} ${move.id}`) ?? []), move])
  return groups.values()
}

/** By table: the records that refer to one of the ids, and in which fields. */
async function referringIds(ctx: WriteContext, { entity: { name } }: Table, ids: string[]): Promise<Map<Table, Map<string, Set<CompiledField>>>> {
  const found = new Map<Table, Map<string, Set<CompiledField>>>()
  for (const { entity, field } of ctx.model.catalog.referrers.get(name) ?? []) {
    const follower = anyTable(ctx, entity)
    const records = found.get(follower) ?? new Map<string, Set<CompiledField>>()
    found.set(follower, records)
    for (const where of ids.flatMap((id) => pointsAt(field, name, id))) {
      for (const doc of await ctx.tx.find(follower.collection, { where, columns: [] })) {
        // What was merged keeps what it said.
        if (entity !== name || !ids.includes(doc.id)) records.set(doc.id, (records.get(doc.id) ?? new Set()).add(field))
      }
    }
  }
  return found
}

function movesOf(target: string, { entity }: Table, record: WireRecord, field: CompiledField, ids: string[], to: string | null): Move[] {
  const at = { entity: entity.name, id: record.id!, field: field.name }
  const hit = (value: unknown): value is string => typeof value === 'string' && ids.includes(value)
  const value = record[field.name]
  if (!field.rows) return [{ ...at, from: value, to: Array.isArray(value) ? [...new Set(value.map((id) => (hit(id) ? to : (id as string))))].filter((id) => id !== null) : to }]
  const columns = field.rows.filter((c) => c.refersTo === target)
  return ((value as WireRecord[] | null) ?? []).flatMap((row) => columns.filter((c) => hit(row[c.name])).map((c): Move => ({ ...at, row: row.id!, column: c.name, from: row[c.name], to })))
}

function valueAt(record: WireRecord, { field, row, column }: Move): unknown {
  return row === undefined ? record[field] : ((record[field] as WireRecord[] | null) ?? []).find((r) => r.id === row)?.[column!]
}

/** Writes `from` of each move. A record in the bin is nobody's concern: it only shall point right when it comes back. */
async function apply(ctx: WriteContext, table: Table, record: WireRecord, moves: Move[]) {
  if (moves.length === 0) return
  const patch: WireRecord = {}
  for (const { field, row, column, from } of moves) {
    patch[field] = row === undefined ? from : ((patch[field] ?? record[field]) as WireRecord[]).map((r) => (r.id === row ? { ...r, [column!]: from } : r))
  }
  if (record.deletedAt !== null) { await ctx.tx.update(table.collection, record.id!, undefined, table.encode({ ...record, ...patch }, Object.keys(patch)), { keepRev: true }); return }
  const input = Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, inputOf(table.entity, name, value)]))
  await changeRecord(ctx, table, record, input, { byPerson: false, follows: true })
}
