import type { Definition } from '../../schemas/generated/types'

export type Kind = Definition['kind']
/** `kind/key`, as in the API's paths. */
export type DocumentId = `${Kind}/${string}`
/** Everything that can be edited. An id without a document does not exist (yet, or any more). */
export type Documents = { readonly [id: DocumentId]: Definition | undefined }

/** Which kinds carry names that are only unique within their entity. */
const namedWithin: Record<Kind, boolean> = {
  action: true, entity: false, flow: false, form: false, pipeline: false, role: false, template: false, view: false,
}

/** The API's key of a definition: its name; `entity.name` where names belong to their entity. */
export function keyOf(definition: Definition): string {
  return namedWithin[definition.kind] && 'entity' in definition ? `${definition.entity}.${definition.name}` : definition.name
}
export const idOf = (definition: Definition): DocumentId => `${definition.kind}/${keyOf(definition)}`
export const documentId = (kind: Kind, key: string): DocumentId => `${kind}/${key}`

export function partsOf(id: DocumentId): { kind: Kind; key: string } {
  const slash = id.indexOf('/')
  return { kind: id.slice(0, slash) as Kind, key: id.slice(slash + 1) }
}

export const definitionsOf = (documents: Documents): Definition[] => Object.values(documents).filter((d) => d !== undefined)

export function ofKind<K extends Kind>(documents: Documents, kind: K): Extract<Definition, { kind: K }>[] {
  return definitionsOf(documents).filter((d): d is Extract<Definition, { kind: K }> => d.kind === kind)
}
