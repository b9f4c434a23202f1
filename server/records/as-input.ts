import type { CompiledEntity, WireRecord } from '../../runtime/engine'

/** A kept value as input: rows without what is computed in them, and without columns that are gone. */
export function inputOf(entity: CompiledEntity, name: string, value: unknown): unknown {
  const columns = entity.fields.get(name)?.rows?.filter((c) => !c.computed)
  if (!columns || !Array.isArray(value)) return value ?? null
  return (value as WireRecord[]).map((row) => ({ id: row.id, ...Object.fromEntries(columns.filter((c) => row[c.name] !== undefined).map((c) => [c.name, row[c.name]])) }))
}
