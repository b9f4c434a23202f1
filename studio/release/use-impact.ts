import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { fetchImpact, type Impact } from '../api/studio-api'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'

/** What publishing the drafts would mean for records; asked anew each time they have been saved, the former answer standing meanwhile. */
export function useImpact(): UseQueryResult<Impact> {
  const saved = useWorkspaceState((s) => s.saving.kind === 'saved')
  const drafts = useWorkspaceState((s) => s.drafts)
  return useQuery({ queryKey: [impactKey, drafts], queryFn: fetchImpact, enabled: saved, gcTime: 0, placeholderData: (last) => last })
}

export const impactKey = 'studio-impact'
