import type { Definition } from '../../schemas/generated/types'
import { keyOf } from '../../runtime/engine/model'

export type Kind = Definition['kind']
/** `kind/key`, as in the API's paths. */
export type DocumentId = `${Kind}/${string}`
/** Everything that can be edited. An id without a document does not exist (yet, or any more). */
export type Documents = { readonly [id: DocumentId]: Definition | undefined }

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
