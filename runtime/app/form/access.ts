import type { FieldAccess } from '../../engine/write-record'
import type { Commands, EntityRights } from '../api'

/** What a person may do with each field now: by role, and by the state of the record. */
export const accessBy = (rights: EntityRights, commands?: Commands) => (field: string): FieldAccess => {
  const right = rights.fields[field]
  return right ?? (commands?.fields[field] ? 'read' : 'write')
}
