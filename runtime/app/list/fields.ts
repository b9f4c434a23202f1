import type { View } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import type { EntityRights } from '../api'
import { canAsk, canSee } from '../session'
import { viewOf } from '../field-views'

export interface ListColumn { field: CompiledField; width: number }

/** Columns a list has without a view that names them. */
const fewest = 8

/** Columns of a view that this person may see. */
export function columnsOf(entity: CompiledEntity, view: View | undefined, rights: EntityRights): ListColumn[] {
  const named = view?.columns?.map(({ field, width }) => ({ field: entity.fields.get(field), width })) ?? defaults(entity)
  return named.flatMap(({ field, width }) => (field && canSee(field, rights) ? [{ field, width: width ?? viewOf(field.effective).width }] : []))
}

function defaults(entity: CompiledEntity): { field: CompiledField; width: undefined }[] {
  const first = [entity.definition.subtitleField, entity.definition.titleField].flatMap((name) => (name ? [entity.fields.get(name)!] : []))
  const others = entity.own.filter((field) => !first.includes(field) && !field.rows)
  return [...first, ...others].slice(0, fewest).map((field) => ({ field, width: undefined }))
}

/** The store sorts what it keeps as one plain value; ids of other records have no order people know. */
export const isSortable = (field: CompiledField, rights: EntityRights): boolean =>
  canAsk(field, rights) && !field.volatile && field.refersTo === undefined && !['json', 'rows'].includes(field.effectiveType.storage)

/** Fields a filter can ask about. */
export function filterableFields(entity: CompiledEntity, rights: EntityRights): CompiledField[] {
  return [...entity.fields.values()].filter((field) => canAsk(field, rights) && !field.volatile && field.effectiveType.operators.length > 0)
}

export function quickFields(entity: CompiledEntity, view: View | undefined, rights: EntityRights): CompiledField[] {
  const fields = (view?.filters ?? []).flatMap((name) => entity.fields.get(name) ?? [])
  return fields.filter((field) => canAsk(field, rights) && !field.volatile && viewOf(field.effective).quick !== undefined)
}
