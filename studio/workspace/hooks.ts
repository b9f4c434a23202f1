import { useDeferredValue, useMemo } from 'react'
import { compileCatalog } from '../../runtime/engine/catalog'
import type { Catalog } from '../../runtime/engine/model'
import { identified } from '../../runtime/engine/changes/identity'
import type { Definition, Entity } from '../../schemas/generated/types'
import { definitionsOf, idOf, type DocumentId, type Documents } from '../editor/documents'
import { same } from '../editor/same'
import { useWorkspaceState } from './WorkspaceProvider'

export const useDocuments = (): Documents => useWorkspaceState((s) => s.history.documents)
export const useDocument = (id: DocumentId): Definition | undefined => useWorkspaceState((s) => s.history.documents[id])
export const usePublished = (id: DocumentId): Definition | undefined => useWorkspaceState((s) => s.published[id])

export type DraftState = 'new' | 'changed' | 'removed' | undefined

/** Whether a definition differs from what is published. */
export function draftStateOf(published: Definition | undefined, now: Definition | undefined): DraftState {
  if (now === undefined || same(published, now)) return undefined
  return published === undefined ? 'new' : 'changed'
}

let lastWhole: Catalog | undefined

/**
 * The drafts, compiled. The compiler expects documents that satisfy their schema; while one is being written and does not, the
 * last whole catalog serves.
 */
function catalogOf(documents: Documents, published: Documents): Catalog {
  try {
    lastWhole = compileCatalog(definitionsOf(documents).map((d) => (d.kind === 'entity' ? identified(d, published[idOf(d)] as Entity | undefined) : d))).catalog
  } catch (error) {
    if (!lastWhole) throw error
  }
  return lastWhole
}

const compiled = new WeakMap<Documents, Catalog>()

export function useDraftCatalog(): Catalog {
  const documents = useDeferredValue(useDocuments())
  const published = useWorkspaceState((s) => s.published)
  return useMemo(() => {
    const catalog = compiled.get(documents) ?? catalogOf(documents, published)
    compiled.set(documents, catalog)
    return catalog
  }, [documents, published])
}
