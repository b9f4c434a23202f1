import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchDataChanges, fetchDrafts, fetchReleases, publish, type Coming, type Decisions, type Release } from '../api/studio-api'
import { useProblems } from '../workspace/ProblemsProvider'
import { reload } from '../workspace/reload'
import { useWorkspace } from '../workspace/WorkspaceProvider'
import { impactKey } from './use-impact'

/** Saves what is unsaved, then publishes exactly the drafts that are there; what was refused is shown by the check that follows. */
export function usePublish() {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { check } = useProblems()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [release, setRelease] = useState<Release>()
  const [watched, setWatched] = useState<readonly string[]>([])
  const start = async (decisions: Decisions) => {
    setBusy(true)
    setError(undefined)
    setRelease(undefined)
    try {
      await workspace.flush()
      const answer = await publish((await fetchDrafts()).hash, decisions)
      setWatched('pending' in answer ? [answer.pending] : (answer.dataChanges ?? []))
      void client.invalidateQueries({ queryKey: ['studio-data-changes'] })
      setRelease('pending' in answer ? await comes(answer) : answer)
      await reload(workspace, true)
      void client.invalidateQueries({ queryKey: ['studio-releases'] })
    } catch (problem) {
      setError(problem)
      void client.invalidateQueries({ queryKey: [impactKey] })
      await check().catch(() => undefined)
    } finally {
      setBusy(false)
    }
  }
  return { start, busy, error, release, watched }
}

const pause = 1000

/** The release once values have another form; undefined when it was refused, which the data change tells. */
export async function comes({ pending }: Coming): Promise<Release | undefined> {
  for (;;) {
    const change = (await fetchDataChanges()).items.find((c) => c.id === pending)
    if (change?.status !== 'running') return change?.status === 'done' ? (await fetchReleases()).find((r) => r.number === change.release) : undefined
    await new Promise((resolve) => { setTimeout(resolve, pause) })
  }
}
