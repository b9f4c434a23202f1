import type { Filter } from '../../schemas/generated/types'
import { matches, resolveFilter, Several, type FilterTarget, type Where } from '../../schemas/filters'
import type { CompiledEntity, CompiledField, RuleContext, WireRecord } from './model'

/** What a filter over the given fields may speak of; references are not walked. */
export function flatTarget(fields: Iterable<CompiledField>): FilterTarget {
  const byName = new Map([...fields].map((f) => [f.name, f]))
  return { field: (name) => byName.get(name)?.effective, walk: () => undefined }
}

/** What the condition of a right may speak of: what the record itself holds, so that one record can be judged without reading others. */
export const conditionTarget = (entity: CompiledEntity): FilterTarget => flatTarget([...entity.fields.values()].filter((f) => !f.volatile))

/** Evaluates a filter over rows or records in wire form. */
export function rowMatcher(filter: Filter, fields: CompiledField[], { me, today }: RuleContext): (row: WireRecord) => boolean {
  const { where } = resolveFilter(filter, flatTarget(fields), { me: me.id, departments: me.department === null ? [] : [me.department], today })
  return recordMatcher(where, fields)
}

/** Evaluates a condition in stored terms over rows or records in wire form. */
export function recordMatcher(where: Where, fields: Iterable<CompiledField>): (row: WireRecord) => boolean {
  const byName = new Map([...fields].map((f) => [f.name, f]))
  const stored = (field: CompiledField, row: WireRecord) => field.effectiveType.toStored(row[field.name] ?? null, field.effective)
  return (row) => matches(where, ([name, column]) => {
    const field = byName.get(name!)
    if (!field || column === undefined) return field ? stored(field, row) : row[name!]
    const inner = field.rows?.find((c) => c.name === column)
    return inner && new Several(((row[field.name] as WireRecord[] | null) ?? []).map((r) => stored(inner, r)))
  })
}
