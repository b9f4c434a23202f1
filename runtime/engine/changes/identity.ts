/** What stays of a field through its versions: its uid, and the names it had. */
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Entity, Field } from '../../../schemas/generated/types'

export const uidOf = (field: Field) => field.uid ?? field.name
/** The columns of a sub-table; of other fields none. */
export const columnsOf = (field: Field): Field[] => fieldTypeOf(field).rows?.(field) ?? []
/** Where its values are kept. */
export const columnOf = (field: Field) => field.column ?? uidOf(field)

/**
 * A new version with its fields, and the columns of its sub-tables, identified. A field without a uid is the published one of that name, or a new one; `taken`: columns that
 * hold values of something else, which only a field that names one gets back. A field with another name than before keeps the former one as an alias; aliases stay unless a list without
 * them is given.
 */
export const identified = (after: Entity, before: Entity | undefined, taken: ReadonlySet<string> = new Set()): Entity => ({ ...after, fields: identifiedFields(after.fields, before?.fields, taken) })

function identifiedFields(after: Field[], before: Field[] = [], taken: ReadonlySet<string>): Field[] {
  const byName = new Map(before.map((f) => [f.name, uidOf(f)]))
  const byUid = new Map(before.map((f) => [uidOf(f), f]))
  const used = new Set([...after.map((f) => f.uid).filter((uid) => uid !== undefined), ...before.map(columnOf)])
  const columns = new Set(taken)
  return after.map((field) => {
    const uid = field.uid ?? byName.get(field.name) ?? free(field.name, new Set([...taken, ...used, ...byUid.keys()].map((one) => one.toLowerCase())))
    const known = byUid.get(uid)
    return withColumns(withAliases(keptIn({ ...field, uid }, known ? known.column : field.column !== undefined && columns.delete(field.column) ? field.column : undefined), known), known)
  })
}

/** A sub-table that loses a column gets a new table, so that no former column is in the way of a new one. */
function withColumns(field: Field, before: Field | undefined): Field {
  const columns = columnsOf(field)
  return columns.length === 0 ? field : ({ ...field, fields: identifiedFields(columns, before && columnsOf(before), new Set()) } as Field)
}

function keptIn({ column: _, ...field }: Field, column: string | undefined): Field {
  return (column === undefined ? field : { ...field, column }) as Field
}

/** Databases take no notice of capitals. `taken`: in small letters. */
function free(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2, uid = name; ; uid = `${name}_${n++}`) if (!taken.has(uid.toLowerCase())) return uid
}

function withAliases(field: Field, before: Field | undefined): Field {
  const former = before && before.name !== field.name ? [before.name] : []
  const aliases = [...new Set([...(field.aliases ?? before?.aliases ?? []), ...former])].filter((alias) => alias !== field.name)
  const { aliases: _, ...rest } = field
  return (aliases.length > 0 ? { ...rest, aliases } : rest) as Field
}
