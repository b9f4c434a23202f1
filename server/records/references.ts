/** Every reference must lead to a record that exists and that the writer may see; both failures look the same. */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import { both, type Where } from '../../schemas/filters'
import type { Problem } from '../../schemas/errors'
import { systemEntities } from '../../schemas/system'
import { anyTable, readerOf, type Context } from '../use-cases/context'
import { notDeleted, whereFor } from './visibility'

interface Found { path: string; field: CompiledField; id: string }

export async function referenceProblems(ctx: Context, entity: CompiledEntity, record: WireRecord, stored: WireRecord | undefined, byPerson: boolean): Promise<Problem[]> {
  const given = [...entity.own, entity.fields.get('owner')].flatMap((field) => (field ? newReferences(field, record, stored) : []))
  const problems: Problem[] = []
  for (const [target, references] of group(given)) {
    const existing = await existingIds(ctx, target, [...new Set(references.map((r) => r.id))], byPerson)
    problems.push(...references.filter((r) => !existing.has(r.id)).map((r): Problem => ({ path: r.path, code: 'noSuchRecord', params: { label: r.field.definition.label } })))
  }
  return problems
}

/** References that were not there before; what was accepted once is not asked again. */
function newReferences(field: CompiledField, record: WireRecord, stored: WireRecord | undefined): Found[] {
  if (field.rows) {
    const known = new Set(((stored?.[field.name] as WireRecord[] | null | undefined) ?? []).flatMap((row) => field.rows!.map((c) => row[c.name])))
    return ((record[field.name] as WireRecord[] | null) ?? []).flatMap((row, i) => field.rows!.flatMap((column) => idsOf(column, row[column.name], `/${field.name}/${i}/${column.name}`))).filter((r) => !known.has(r.id))
  }
  const before = new Set(idsOf(field, stored?.[field.name], '').map((r) => r.id))
  return idsOf(field, record[field.name], `/${field.name}`).filter((r) => !before.has(r.id))
}

function idsOf(field: CompiledField, value: unknown, path: string): Found[] {
  if (!field.refersTo || value === null || value === undefined) return []
  return Array.isArray(value) ? value.map((id: string, i) => ({ path: `${path}/${i}`, field, id })) : [{ path, field, id: value as string }]
}

function group(references: Found[]): Map<string, Found[]> {
  const groups = new Map<string, Found[]>()
  for (const r of references) groups.set(r.field.refersTo!, [...(groups.get(r.field.refersTo!) ?? []), r])
  return groups
}

async function existingIds(ctx: Context, entity: string, ids: string[], byPerson: boolean): Promise<Set<string>> {
  const { directory } = ctx.model
  if (entity === systemEntities.user) {
    const unknown = ids.filter((id) => !directory.person(id) && id !== ctx.me.id)
    if (unknown.length === 0) return new Set(ids)
  }
  const table = anyTable(ctx, entity)
  const listed: Where = { path: ['id'], op: 'in', value: ids }
  const docs = await readerOf(ctx).find(table.collection, { where: both(listed, notDeleted, byPerson ? whereFor(ctx, table, 'read') : undefined)!, columns: [] })
  return new Set(docs.map((d) => d.id))
}
