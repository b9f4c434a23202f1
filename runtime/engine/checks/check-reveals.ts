/** Fields that a role sees masked or not at all, and learns all the same from what is computed from them. */
import { accessOf, fieldAccess, type Access } from '../access'
import type { Catalog, DefinitionProblem } from '../model'
import { shortened } from './check-cycles'

const most = 200

/** One warning for every such field and every computed field the role may read. `path`: where the right stands that is got round. */
export function findRevealed(catalog: Catalog, graph: Map<string, string[]>): DefinitionProblem[] {
  const readers = reversed(graph)
  const found: DefinitionProblem[] = []
  for (const role of catalog.roles.values()) {
    const access = accessOf(catalog, { roles: [role.name], username: '', departments: [], today: '' })
    role.grants.forEach((grant, i) => {
      for (const field of Object.keys(grant.fields ?? {})) {
        if (found.length >= most || !isKept(access, catalog, grant.entity, field) || isRepeated(role.grants, i, field)) continue
        for (const way of waysFrom(`${grant.entity}.${field}`, readers)) if (isOpen(access, catalog, way.at(-1)!)) found.push(warning(catalog, role.name, `/grants/${i}/fields/${field}`, way))
      }
    })
  }
  return found.slice(0, most)
}

/** Of every field those that are computed from it. */
function reversed(graph: Map<string, string[]>): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const [field, reads] of graph) for (const read of new Set(reads)) { const list = readers.get(read); if (list) list.push(field); else readers.set(read, [field]) }
  return readers
}

function isKept(access: Access, catalog: Catalog, name: string, field: string): boolean {
  const entity = catalog.entities.get(name)
  const right = entity?.fields.has(field) ? fieldAccess(access.entity(name), entity, field) : 'read'
  return right === 'hidden' || right === 'mask'
}

const isRepeated = (grants: { entity: string; fields?: { [field: string]: unknown } }[], i: number, field: string) =>
  grants.slice(0, i).some((g) => g.entity === grants[i]!.entity && g.fields?.[field] !== undefined)

/** The shortest way from a field to each that is computed from it, directly or through others. */
function waysFrom(start: string, readers: Map<string, string[]>): string[][] {
  const ways = new Map([[start, [start]]])
  for (const [at, way] of ways) for (const next of readers.get(at) ?? []) if (!ways.has(next)) ways.set(next, [...way, next])
  return [...ways.values()].slice(1)
}

function isOpen(access: Access, catalog: Catalog, id: string): boolean {
  const [name, field, column] = id.split('.')
  const entity = catalog.entities.get(name!)
  if (!entity || column !== undefined || !access.entity(name!)?.verbs.read) return false
  return ['read', 'write'].includes(fieldAccess(access.entity(name!), entity, field!))
}

function warning(catalog: Catalog, role: string, path: string, way: string[]): DefinitionProblem {
  const labelOf = (id: string) => { const [entity, field] = id.split('.'); return catalog.entities.get(entity!)?.fields.get(field!)?.definition.label ?? id }
  return { kind: 'role', key: role, path, code: 'revealed', params: { role: catalog.roles.get(role)!.label, field: labelOf(way[0]!), by: labelOf(way.at(-1)!), path: shortened(way).join(' → '), fields: way } }
}
