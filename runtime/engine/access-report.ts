/** Rights as a list that can be shown and compared: what a role or a person may do, and what a change of definitions gives or takes. */
import { covers, fieldAccess, type Access, type EntityAccess, type Extent } from './access'
import { uidOf } from './changes/identity'
import type { Catalog, CompiledEntity } from './model'
import type { FieldAccess } from './write-record'

/** Verbs, actions and flows hold for extents of records, fields have an access: what of it counts beside the verbs. */
export type Right = { kind: 'verb' | 'action' | 'flow'; name: string; extents: Extent[] } | { kind: 'field'; name: string; access: FieldAccess }
export interface EntityRights { entity: string; rights: Right[] }

/** Entities without any right are left out. */
export function rightsIn(catalog: Catalog, access: Access): EntityRights[] {
  return [...catalog.entities.values()].flatMap((entity) => { const granted = access.entity(entity.name); return granted ? [{ entity: entity.name, rights: rightsOn(entity, granted) }] : [] })
}

function rightsOn(entity: CompiledEntity, access: EntityAccess, counts = counting(entity, access)): Right[] {
  return [
    ...Object.entries(access.verbs).map(([name, extents]): Right => ({ kind: 'verb', name, extents })),
    ...[...access.actions].map(([name, extents]): Right => ({ kind: 'action', name, extents })),
    ...[...access.flows].map(([name, extents]): Right => ({ kind: 'flow', name, extents })),
    ...entity.own.map(({ name }): Right => ({ kind: 'field', name, access: counts(name, fieldAccess(access, entity, name)) })),
  ]
}

/** Without a verb that writes nothing is written, and what the engine computes never is. */
function counting({ fields }: CompiledEntity, { verbs }: EntityAccess): (field: string, access: FieldAccess) => FieldAccess {
  const writes = verbs.create !== undefined || verbs.update !== undefined
  return (name, access) => (access === 'write' && (!writes || fields.get(name)!.computed) ? 'read' : access)
}

/** `changed`: neither more nor less, other records. A right that is not there is left out. */
export interface RightChange { kind: Right['kind']; name: string; effect: 'gained' | 'lost' | 'widened' | 'narrowed' | 'changed'; before?: Extent[] | FieldAccess; after?: Extent[] | FieldAccess }
export interface EntityChanges { entity: string; changes: RightChange[] }

/** What becomes of rights. Fields go by their identity; one that is new or gone is no matter of rights while its entity is open. */
export function changesOfRights(before: { catalog: Catalog; access: Access }, after: { catalog: Catalog; access: Access }): EntityChanges[] {
  const [old, next] = [before, after].map(heldIn)
  return [...new Set([...old!.keys(), ...next!.keys()])].flatMap((entity) => {
    const [was, is] = [old!.get(entity) ?? new Map<string, Held>(), next!.get(entity) ?? new Map<string, Held>()]
    const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => changeOf(was.get(key), is.get(key)) ?? [])
    return changes.length > 0 ? [{ entity, changes }] : []
  })
}

/** A right as roles say it, and what of it counts. */
interface Held { said: Right; right: Right }

function heldIn({ catalog, access }: { catalog: Catalog; access: Access }): Map<string, Map<string, Held>> {
  return new Map(rightsIn(catalog, access).map(({ entity: name, rights }) => {
    const entity = catalog.entities.get(name)!
    const said = rightsOn(entity, access.entity(name)!, (_, asSaid) => asSaid)
    return [name, new Map(rights.map((right, i) => [`${right.kind} ${right.kind === 'field' ? uidOf(entity.fields.get(right.name)!.definition) : right.name}`, { said: said[i]!, right }]))]
  }))
}

/** A field that can no longer be written because a verb went is no change of its own. */
function changeOf(before: Held | undefined, after: Held | undefined): RightChange | undefined {
  const { kind, name } = (after ?? before)!.right
  const value = (right: Right | undefined) => right && ('extents' in right ? right.extents : right.access)
  if (same(value(before?.said), value(after?.said))) return undefined
  const [was, is] = [value(before?.right), value(after?.right)]
  if (same(was, is)) return undefined
  if (was === undefined || is === undefined) return kind === 'field' ? undefined : { kind, name, effect: was === undefined ? 'gained' : 'lost', ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }
  return { kind, name, effect: typeof was === 'string' ? ofField(was, is as FieldAccess) : ofExtents(was, is as Extent[]), before: was, after: is }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const openness: FieldAccess[] = ['hidden', 'mask', 'read', 'write']
const ofField = (before: FieldAccess, after: FieldAccess) => (openness.indexOf(after) > openness.indexOf(before) ? 'widened' : 'narrowed')

function ofExtents(before: Extent[], after: Extent[]): RightChange['effect'] {
  const within = (some: Extent[], others: Extent[]) => some.every((e) => others.some((o) => covers(o, e) || JSON.stringify(o) === JSON.stringify(e)))
  return within(before, after) ? 'widened' : within(after, before) ? 'narrowed' : 'changed'
}
