import { useDeferredValue, useMemo } from 'react'
import type { Compiled } from '../../runtime/engine/catalog'
import type { Catalog } from '../../runtime/engine/model'
import type { Definition } from '../../schemas/generated/types'
import type { DocumentId, Documents } from '../editor/documents'
import { same } from '../editor/same'
import { compiledOf } from './compiled'
import { useWorkspaceState } from './WorkspaceProvider'

export const useDocuments = (): Documents => useWorkspaceState((s) => s.history.documents)
export const useDocument = (id: DocumentId): Definition | undefined => useWorkspaceState((s) => s.history.documents[id])
export const usePublished = (id: DocumentId): Definition | undefined => useWorkspaceState((s) => s.published[id])

/** The documents there will be once the drafts are published. */
export function useRemaining(): Documents {
  const documents = useDocuments()
  const drafts = useWorkspaceState((s) => s.drafts)
  return useMemo(() => Object.fromEntries(Object.entries(documents).filter(([id]) => !drafts[id as DocumentId]?.removal)), [documents, drafts])
}

export type DraftState = 'new' | 'changed' | 'removed' | undefined

/** Whether a definition differs from what is published. */
export function draftStateOf(published: Definition | undefined, now: Definition | undefined): DraftState {
  if (now === undefined || same(published, now)) return undefined
  return published === undefined ? 'new' : 'changed'
}

const compiled = new WeakMap<Documents, Compiled>()

export function useDraftCatalog(): Catalog {
  const documents = useDeferredValue(useDocuments())
  const published = useWorkspaceState((s) => s.published)
  return useMemo(() => {
    const found = compiled.get(documents) ?? compiledOf(documents, published)
    compiled.set(documents, found)
    return found.catalog
  }, [documents, published])
}
