import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchDrafts, publish, type Decisions, type Release } from '../api/studio-api'
import { useProblems } from '../workspace/ProblemsProvider'
import { reload } from '../workspace/reload'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** Saves what is unsaved, then publishes exactly the drafts that are there; what was refused is shown by the check that follows. */
export function usePublish() {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { check } = useProblems()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [release, setRelease] = useState<Release>()
  const start = async (decisions: Decisions) => {
    setBusy(true)
    setError(undefined)
    setRelease(undefined)
    try {
      await workspace.flush()
      setRelease(await publish((await fetchDrafts()).hash, decisions))
      await reload(workspace, true)
      void client.invalidateQueries({ queryKey: ['studio-releases'] })
    } catch (problem) {
      setError(problem)
      await check().catch(() => undefined)
    } finally {
      setBusy(false)
    }
  }
  return { start, busy, error, release }
}
