import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, Spin, type ThemeConfig } from 'antd'
import { lazy, Suspense, type ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { CrashGuard, FailedState, Forbidden } from '../runtime/app/components'
import { queryClient, SessionProvider, useMe } from '../runtime/app/session'
import { ThemeProvider } from '../runtime/app/theme/ThemeProvider'
import { StudioRoutes } from './routes'
import { Shell } from './shell/Shell'
import { ProblemsProvider } from './workspace/ProblemsProvider'
import { WorkspaceProvider } from './workspace/WorkspaceProvider'
import './studio.css'

const SignIn = lazy(() => import('../runtime/app/login/SignIn'))
const failed = (error: Error, retry: () => void) => <FailedState error={error} onRetry={retry} />
/** antd mixes muddy grounds for messages out of our dark accents. */
const tints: ThemeConfig = { token: { colorSuccessBg: '#ecf8f1', colorSuccessBorder: '#b4dfc4' } }
const loading = <div className="st-loading"><Spin size="large" /></div>

export function StudioApp() {
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <CrashGuard fallback={failed}>
          <ConfigProvider theme={tints}>
          <SessionProvider signIn={<Suspense><SignIn /></Suspense>} loading={loading} failed={failed}>
            <OnlyBuilders>
              <WorkspaceProvider loading={loading} failed={failed}>
                <ProblemsProvider>
                  <BrowserRouter basename="/studio">
                    <Shell><StudioRoutes /></Shell>
                  </BrowserRouter>
                </ProblemsProvider>
              </WorkspaceProvider>
            </OnlyBuilders>
          </SessionProvider>
          </ConfigProvider>
        </CrashGuard>
      </ThemeProvider>
    </QueryClientProvider>
  )
}

/** The server refuses the others anyway; they are told why. */
function OnlyBuilders({ children }: { children: ReactNode }) {
  return useMe().capabilities.includes('studio') ? children : <Forbidden />
}
