import { App } from 'antd'
import { useEffect, type ReactNode } from 'react'
import { CrashGuard, FailedState } from '../../runtime/app/components'
import { useText } from '../i18n'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { TopBar } from './TopBar'
import { useUndoKeys } from './use-undo'

export function Shell({ children }: { children: ReactNode }) {
  useUndoKeys()
  useTakenOverNote()
  return (
    <div className="st-shell">
      <TopBar />
      <main className="st-main">
        <CrashGuard fallback={(error, retry) => <FailedState error={error} onRetry={retry} />}>{children}</CrashGuard>
      </main>
    </div>
  )
}

/** Other people's changes do not come unannounced. */
function useTakenOverNote(): void {
  const times = useWorkspaceState((s) => s.takenOver)
  const { message } = App.useApp()
  const t = useText()
  useEffect(() => { if (times > 0) void message.info(t('save.takenOver')) }, [times, message, t])
}
