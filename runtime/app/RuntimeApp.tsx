import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { BrowserRouter } from 'react-router'
import { ActionRunner } from './actions/ActionRunner'
import { CrashGuard, FailedState } from './components'
import { AppRoutes } from './routes'
import { DefinitionsProvider, queryClient, SessionProvider } from './session'
import { Shell } from './shell/Shell'
import { ShellSkeleton } from './shell/ShellSkeleton'
import { StageMover } from './stages/StageMover'
import { ThemeProvider } from './theme/ThemeProvider'

const SignIn = lazy(() => import('./login/SignIn'))
const failed = (error: Error, retry: () => void) => <FailedState error={error} onRetry={retry} />

export function RuntimeApp() {
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <CrashGuard fallback={failed}>
          <SessionProvider signIn={<Suspense><SignIn /></Suspense>} loading={<ShellSkeleton />} failed={failed}>
            <DefinitionsProvider loading={<ShellSkeleton />} failed={failed}>
              <BrowserRouter>
                <ActionRunner><StageMover><Shell><AppRoutes /></Shell></StageMover></ActionRunner>
              </BrowserRouter>
            </DefinitionsProvider>
          </SessionProvider>
        </CrashGuard>
      </ThemeProvider>
    </QueryClientProvider>
  )
}
