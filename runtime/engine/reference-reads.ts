/**
 * What an entity's expressions read of other records: `project.customers` needs the record behind `project`, and a stored formula
 * that reads it must follow when that record changes.
 */
import { reads } from '../../schemas/expressions'
import type { FormulaField } from '../../schemas/generated/types'
import type { Catalog, CompiledEntity, CompiledField } from './model'

/** References to walk, then the member that is read: project → primaryCustomer → region is {path: [project, primaryCustomer], member: region}. */
export interface ReferenceRead { path: string[]; member: string }

/** The references an expression walks, from the fields of an entity or the columns of one of its sub-tables. Each step counts as a read too. */
export function referenceReads(source: string, entity: CompiledEntity, catalog: Catalog, table?: CompiledField): ReferenceRead[] {
  return reads(source).flatMap((read) => {
    const names = read.split('.')
    const column = table?.rows?.find((c) => c.name === names[0])
    return column ? walk([table!.name], column, names, catalog) : walk([], entity.fields.get(names[0]!), names, catalog)
  })
}

function walk(prefix: string[], first: CompiledField | undefined, names: string[], catalog: Catalog): ReferenceRead[] {
  const found: ReferenceRead[] = []
  let field = first
  for (let i = 0; field?.refersTo !== undefined && i + 1 < names.length; i++) {
    found.push({ path: [...prefix, ...names.slice(0, i + 1)], member: names[i + 1]! })
    field = catalog.entities.get(field.refersTo)?.fields.get(names[i + 1]!)
  }
  return found
}

/** What the stored formulas of an entity read of other records. */
export function formulaReads(entity: CompiledEntity, catalog: Catalog): ReferenceRead[] {
  return entity.own.flatMap((field) => {
    const columns = field.rows?.filter((c) => c.computed) ?? []
    const own = (field.definition as FormulaField).formula
    return [...columns.flatMap((c) => referenceReads((c.definition as FormulaField).formula, entity, catalog, field)), ...(own === undefined ? [] : referenceReads(own, entity, catalog))]
  })
}

/** The entity a path of references ends at. */
export function entityAt(entity: CompiledEntity, path: string[], catalog: Catalog): CompiledEntity | undefined {
  let at: CompiledEntity | undefined = entity
  let fields: Map<string, CompiledField> = entity.fields
  for (const name of path) {
    const field = fields.get(name)
    if (field?.rows) { fields = new Map(field.rows.map((c) => [c.name, c])); continue }
    at = field?.refersTo === undefined ? undefined : catalog.entities.get(field.refersTo)
    if (!at) return undefined
    fields = at.fields
  }
  return at
}
