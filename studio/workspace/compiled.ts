import { compileCatalog, type Compiled } from '../../runtime/engine/catalog'
import { identified } from '../../runtime/engine/changes/identity'
import type { Entity } from '../../schemas/generated/types'
import { definitionsOf, idOf, type Documents } from '../editor/documents'

let lastWhole: Compiled | undefined

/**
 * Documents as they would be published. The compiler expects documents that satisfy their schema; while one is being written and does not, the
 * last whole set serves: what is published, when the page was opened on such a draft.
 */
export function compiledOf(documents: Documents, published: Documents): Compiled {
  try {
    lastWhole = compileCatalog(definitionsOf(documents).map((d) => (d.kind === 'entity' ? identified(d, published[idOf(d)] as Entity | undefined) : d)))
  } catch {
    lastWhole ??= compileCatalog(definitionsOf(published))
  }
  return lastWhole
}
