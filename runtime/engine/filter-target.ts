import { idField, type FilterTarget } from '../../schemas/filters'
import { fieldOf, type Catalog, type CompiledEntity } from './model'

/** Which fields of an entity the reader may name; the same rule decides on every step through references. */
export type MayName = (entity: CompiledEntity, field: string) => boolean

/** What a filter over an entity may speak of: its stored fields, and through references those of others. */
export function idTarget(entity: CompiledEntity, catalog: Catalog, mayName: MayName = () => true): FilterTarget {
  return {
    field: (name) => {
      if (name === 'id') return idField
      const field = fieldOf(entity, name)
      return field && !field.volatile && mayName(entity, field.name) ? field.effective : undefined
    },
    present: (name) => entity.aliases.get(name) ?? name,
    walk: (name) => { const target = catalog.entities.get(name); return target && idTarget(target, catalog, mayName) },
  }
}
