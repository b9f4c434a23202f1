/** Rights as a list that can be shown and compared: what a role or a person may do, and what a change of definitions gives or takes. */
import { covers, fieldAccess, type Access, type EntityAccess, type Extent } from './access'
import { uidOf } from './changes/identity'
import type { Catalog, CompiledEntity } from './model'
import type { FieldAccess } from './write-record'

/** Verbs, actions and flows hold for extents of records, fields have an access. */
export type Right = { kind: 'verb' | 'action' | 'flow'; name: string; extents: Extent[] } | { kind: 'field'; name: string; access: FieldAccess }
export interface EntityRights { entity: string; rights: Right[] }

/** Entities without any right are left out. */
export function rightsIn(catalog: Catalog, access: Access): EntityRights[] {
  return [...catalog.entities.values()].flatMap((entity) => { const granted = access.entity(entity.name); return granted ? [{ entity: entity.name, rights: rightsOn(entity, granted) }] : [] })
}

function rightsOn(entity: CompiledEntity, access: EntityAccess): Right[] {
  return [
    ...Object.entries(access.verbs).map(([name, extents]): Right => ({ kind: 'verb', name, extents })),
    ...[...access.actions].map(([name, extents]): Right => ({ kind: 'action', name, extents })),
    ...[...access.flows].map(([name, extents]): Right => ({ kind: 'flow', name, extents })),
    ...entity.own.map(({ name }): Right => ({ kind: 'field', name, access: fieldAccess(access, entity, name) })),
  ]
}

/** `changed`: neither more nor less, other records. A right that is not there is left out. */
export interface RightChange { kind: Right['kind']; name: string; effect: 'gained' | 'lost' | 'widened' | 'narrowed' | 'changed'; before?: Extent[] | FieldAccess; after?: Extent[] | FieldAccess }
export interface EntityChanges { entity: string; changes: RightChange[] }

/** What becomes of rights. Fields go by their identity; one that is new or gone is no matter of rights while its entity is open. */
export function changesOfRights(before: { catalog: Catalog; access: Access }, after: { catalog: Catalog; access: Access }): EntityChanges[] {
  const [old, next] = [before, after].map(({ catalog, access }) => new Map(rightsIn(catalog, access).map((e) => [e.entity, keyed(e, catalog)])))
  return [...new Set([...old!.keys(), ...next!.keys()])].flatMap((entity) => {
    const [was, is] = [old!.get(entity) ?? new Map<string, Right>(), next!.get(entity) ?? new Map<string, Right>()]
    const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => changeOf(was.get(key), is.get(key)) ?? [])
    return changes.length > 0 ? [{ entity, changes }] : []
  })
}

function keyed({ entity, rights }: EntityRights, catalog: Catalog): Map<string, Right> {
  const { fields } = catalog.entities.get(entity)!
  return new Map(rights.map((right) => [`${right.kind} ${right.kind === 'field' ? uidOf(fields.get(right.name)!.definition) : right.name}`, right]))
}

function changeOf(before: Right | undefined, after: Right | undefined): RightChange | undefined {
  const { kind, name } = (after ?? before)!
  const [was, is] = [before, after].map((r) => r && ('extents' in r ? r.extents : r.access))
  if (JSON.stringify(was) === JSON.stringify(is)) return undefined
  if (was === undefined || is === undefined) return kind === 'field' ? undefined : { kind, name, effect: was === undefined ? 'gained' : 'lost', ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }
  return { kind, name, effect: typeof was === 'string' ? ofField(was, is as FieldAccess) : ofExtents(was, is as Extent[]), before: was, after: is }
}

const openness: FieldAccess[] = ['hidden', 'mask', 'read', 'write']
const ofField = (before: FieldAccess, after: FieldAccess) => (openness.indexOf(after) > openness.indexOf(before) ? 'widened' : 'narrowed')

function ofExtents(before: Extent[], after: Extent[]): RightChange['effect'] {
  const within = (some: Extent[], others: Extent[]) => some.every((e) => others.some((o) => covers(o, e) || JSON.stringify(o) === JSON.stringify(e)))
  return within(before, after) ? 'widened' : within(after, before) ? 'narrowed' : 'changed'
}
