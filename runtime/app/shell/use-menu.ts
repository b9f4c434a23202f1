import type { Label } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { rightsOn, useCatalog, useMe } from '../session'

export interface MenuGroup { id: string; label: Label; entities: CompiledEntity[] }

/** Groups of the template's menu with what this person may read; empty groups are left out. */
export function useMenu(): MenuGroup[] {
  const { template, entities } = useCatalog()
  const me = useMe()
  return (template?.menu ?? [])
    .map((group) => ({ ...group, entities: group.entities.flatMap((name) => (rightsOn(me, name).read ? (entities.get(name) ?? []) : [])) }))
    .filter((group) => group.entities.length > 0)
}
