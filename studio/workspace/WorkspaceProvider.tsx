import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { releaseSeen } from '../../runtime/app/api'
import { useMe } from '../../runtime/app/session'
import { fetchServerState, reload } from './reload'
import { createWorkspace, type Workspace, type WorkspaceState } from './workspace'

const WorkspaceContext = createContext<Workspace | undefined>(undefined)

interface Props {
  children: ReactNode
  loading: ReactNode
  failed: (error: Error, retry: () => void) => ReactNode
}

/** Loads what there is and keeps the one workspace. */
export function WorkspaceProvider({ children, loading, failed }: Props) {
  const me = useMe().user.id
  const server = useQuery({ queryKey: ['studio'], queryFn: fetchServerState, staleTime: Infinity, gcTime: Infinity })
  const [workspace, setWorkspace] = useState<Workspace>()
  const { data } = server
  useEffect(() => { if (data && !workspace) setWorkspace(createWorkspace(data, me)) }, [data, workspace, me])
  useEffect(() => () => workspace?.stop(), [workspace])
  useWarnBeforeLeaving(workspace)
  useFollowOthers(workspace)
  if (workspace) return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
  return server.error ? failed(server.error, () => void server.refetch()) : loading
}

/** What others change is taken over when the window is looked at again, and when a release is seen. */
function useFollowOthers(workspace: Workspace | undefined): void {
  useEffect(() => {
    if (!workspace) return undefined
    // Without an answer nothing is lost: it is asked for again the next time.
    const follow = () => { if (document.visibilityState === 'visible') reload(workspace).catch(() => undefined) }
    document.addEventListener('visibilitychange', follow)
    const unsubscribe = releaseSeen.subscribe(follow)
    return () => { document.removeEventListener('visibilitychange', follow); unsubscribe() }
  }, [workspace])
}

function useWarnBeforeLeaving(workspace: Workspace | undefined): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!workspace || workspace.unsaved().length === 0) return
      void workspace.flush().catch(() => undefined)
      event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [workspace])
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace needs a WorkspaceProvider above it')
  return workspace
}

export function useWorkspaceState<T>(select: (state: WorkspaceState) => T): T {
  return useStore(useWorkspace(), select)
}
