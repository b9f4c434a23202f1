import { useMemo } from 'react'
import type { DocumentId } from '../editor/documents'
import { draftStateOf, useDocuments, type DraftState } from './hooks'
import { useWorkspaceState } from './WorkspaceProvider'

/** Every definition that differs from what is published. */
export function useDraftStates(): ReadonlyMap<DocumentId, DraftState> {
  const documents = useDocuments()
  const published = useWorkspaceState((s) => s.published)
  const drafts = useWorkspaceState((s) => s.drafts)
  return useMemo(() => new Map((Object.keys(documents) as DocumentId[])
    .filter((id) => documents[id] !== published[id] || drafts[id]?.removal)
    .map((id) => [id, drafts[id]?.removal ? 'removed' : draftStateOf(published[id], documents[id])] as const)
    .filter(([, state]) => state !== undefined)), [documents, published, drafts])
}

export const useDraftIds = (): DocumentId[] => [...useDraftStates().keys()]
