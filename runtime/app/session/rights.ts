import type { CompiledEntity, CompiledField } from '../../engine/model'
import type { EntityRights, Me } from '../api'
import { useMe } from './SessionProvider'

const none: EntityRights = { create: false, read: false, update: false, delete: false, fields: {}, actions: [], flows: [] }

export const rightsOn = (me: Me, entity: string): EntityRights => me.rights[entity] ?? none

/** What to offer on the screen. The server decides again. */
export function useRights(entity: string): EntityRights {
  return rightsOn(useMe(), entity)
}

/** Fields this person may see on a screen, in the order of the definition. */
export function visibleFields(entity: CompiledEntity, rights: EntityRights): CompiledField[] {
  return entity.own.filter((field) => canSee(field, rights))
}

export function canSee(field: CompiledField, rights: EntityRights): boolean {
  return field.definition.hidden !== true && rights.fields[field.name] !== 'hidden'
}

/** Fields this person may find, sort and add up records by: what is masked tells nothing. */
export function canAsk(field: CompiledField, rights: EntityRights): boolean {
  return canSee(field, rights) && rights.fields[field.name] !== 'mask'
}
