import { adoptRelease } from '../../runtime/app/api'
import { fetchWrittenDefinitions } from '../../runtime/app/api/definitions'
import { fetchDrafts } from '../api/studio-api'
import type { ServerState, Workspace } from './workspace'

export async function fetchServerState(): Promise<ServerState> {
  const [{ release, definitions }, { drafts }] = await Promise.all([fetchWrittenDefinitions(), fetchDrafts()])
  adoptRelease(release)
  return { release, definitions, drafts }
}

/**
 * Takes over what the server has now. What was read while something was being saved may be older than that, and is read again:
 * otherwise an edit that was just saved would vanish from the screen.
 */
export async function reload(workspace: Workspace, own = false): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await workspace.flush().catch(() => undefined)
    const writes = workspace.writes()
    const server = await fetchServerState()
    if (workspace.writes() === writes) return workspace.refresh(server, own)
  }
}

/** After a draft that somebody else changed too: theirs instead of ours, or ours over theirs. */
export async function settleConflict(workspace: Workspace, keep: 'mine' | 'theirs'): Promise<void> {
  const server = await fetchServerState()
  if (keep === 'mine') await workspace.overwrite(server)
  else workspace.takeTheirs(server)
}
