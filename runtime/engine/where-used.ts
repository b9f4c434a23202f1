/** Which places of a set of definitions rely on one of them, or on a field. */
import type { Compiled } from './catalog'
import { columnNamed, fieldOf, targetOf, type CompiledEntity, type Use } from './model'

export type UsePlace = Omit<Use, 'target'>

/** Of a definition or (named) one of the fields of an entity, or a column (`lines.qty`). What stands inside of it does not count. */
export function placesUsing({ uses, catalog }: Pick<Compiled, 'uses' | 'catalog'>, kind: Use['kind'], key: string, field?: string): UsePlace[] {
  const entity = catalog.entities.get(key)
  const name = field === undefined ? undefined : presentName(entity, field)
  const target = name === undefined ? targetOf.definition(kind, key) : targetOf.field(key, name)
  const own = name === undefined ? undefined : ownPath(entity, name)
  const places = uses.filter((u) => u.target === target && !(u.kind === kind && u.key === key && (own === undefined || u.path.startsWith(`${own}/`))))
  return [...new Map(places.map(({ target: _, ...place }) => [`${place.kind} ${place.key} ${place.path} ${place.version ?? ''}`, place])).values()]
}

function presentName(entity: CompiledEntity | undefined, given: string): string {
  const [name, column] = given.split('.') as [string, string?]
  const field = entity && fieldOf(entity, name)
  return [field?.name ?? name, ...(column === undefined ? [] : [(field && columnNamed(field, column)?.name) ?? column])].join('.')
}

function ownPath(entity: CompiledEntity | undefined, given: string): string {
  const [name, column] = given.split('.')
  const at = entity?.own.findIndex((f) => f.name === name) ?? -1
  return `/fields/${at}${column === undefined ? '' : `/fields/${entity?.own[at]?.rows?.findIndex((c) => c.name === column)}`}`
}
