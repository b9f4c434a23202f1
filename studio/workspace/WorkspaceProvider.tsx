import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { fetchDefinitions } from '../../runtime/app/api/definitions'
import { adoptRelease } from '../../runtime/app/api'
import { useMe } from '../../runtime/app/session'
import { fetchDrafts } from '../api/studio-api'
import { createWorkspace, type ServerState, type Workspace, type WorkspaceState } from './workspace'

const WorkspaceContext = createContext<Workspace | undefined>(undefined)

interface Props {
  children: ReactNode
  loading: ReactNode
  failed: (error: Error, retry: () => void) => ReactNode
}

export async function fetchServerState(): Promise<ServerState> {
  const [{ release, definitions }, { drafts }] = await Promise.all([fetchDefinitions(), fetchDrafts()])
  adoptRelease(release)
  return { release, definitions, drafts }
}

/** Loads what there is and keeps the one workspace; what others change is taken over whenever the window is looked at again. */
export function WorkspaceProvider({ children, loading, failed }: Props) {
  const me = useMe().user.id
  const server = useQuery({ queryKey: ['studio'], queryFn: fetchServerState, staleTime: 0, refetchOnWindowFocus: true })
  const [workspace, setWorkspace] = useState<Workspace>()
  const { data } = server
  useEffect(() => {
    if (!data) return
    if (workspace) workspace.refresh(data)
    else setWorkspace(createWorkspace(data, me))
  }, [data, workspace, me])
  useEffect(() => () => workspace?.stop(), [workspace])
  useWarnBeforeLeaving(workspace)
  if (workspace) return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
  return server.error ? failed(server.error, () => void server.refetch()) : loading
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
