import type { ReactNode } from 'react'
import { CrashGuard, FailedState } from '../../runtime/app/components'
import { TopBar } from './TopBar'
import { useUndoKeys } from './use-undo'

export function Shell({ children }: { children: ReactNode }) {
  useUndoKeys()
  return (
    <div className="st-shell">
      <TopBar />
      <main className="st-main">
        <CrashGuard fallback={(error, retry) => <FailedState error={error} onRetry={retry} />}>{children}</CrashGuard>
      </main>
    </div>
  )
}
