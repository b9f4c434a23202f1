import type { WireRecord } from '../../runtime/engine'
import type { Filter } from '../../schemas/generated/types'
import type { Actor } from '../../server/setup/actor'

/** The records that refer to another one, as far as the person may see them. */
export async function recordsOf<T extends WireRecord = WireRecord>(actor: Actor, entity: string, field: string, id: string, sort?: string): Promise<T[]> {
  const filter = { field, op: 'eq', value: id } as unknown as Filter
  return (await actor.list(entity, { filter, sort, limit: 500 })).items as T[]
}
