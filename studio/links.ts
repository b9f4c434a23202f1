import { partsOf, type DocumentId } from './editor/documents'

/** Address of a definition in the studio; `pointer` leads to a place in it. */
export function linkTo(id: DocumentId, pointer?: string): string {
  const { kind, key } = partsOf(id)
  return `/${kind}/${encodeURIComponent(key)}${pointer ? `?at=${encodeURIComponent(pointer)}` : ''}`
}
