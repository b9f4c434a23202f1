import { lazy, Suspense, useEffect } from 'react'
import { Route, Routes, useLocation, useParams } from 'react-router'
import { CrashGuard, FailedState, Forbidden, NotFound } from './components'
import { PageSkeleton } from './components/PageSkeleton'
import { fetchScreensWhenIdle, screens } from './screens'
import { useEntity, useRights } from './session'

const StartPage = lazy(screens.start)
const ListPage = lazy(screens.list)
const DetailPage = lazy(screens.detail)
const RecordFormPage = lazy(screens.form)
const BinPage = lazy(screens.bin)
const DuplicatesPage = lazy(screens.duplicates)
const InboxPage = lazy(screens.inbox)

/** The address is all a screen starts from: it can be sent to a colleague. */
export function AppRoutes() {
  const { pathname } = useLocation()
  useEffect(fetchScreensWhenIdle, [])
  return (
    <CrashGuard resetKey={pathname} fallback={(error, retry) => <FailedState error={error} onRetry={retry} />}>
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route index element={<StartPage />} />
          <Route path="login" element={<StartPage />} />
          <Route path="inbox/:task?" element={<InboxPage />} />
          <Route path=":entity" element={<Known screen={ListPage} />} />
          <Route path=":entity/new" element={<Known screen={RecordFormPage} />} />
          <Route path=":entity/bin" element={<Known screen={BinPage} />} />
          <Route path=":entity/duplicates" element={<Known screen={DuplicatesPage} />} />
          <Route path=":entity/:id" element={<Known screen={DetailPage} />} />
          <Route path=":entity/:id/edit" element={<Known screen={RecordFormPage} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </CrashGuard>
  )
}

/** Screens are drawn for entities that exist and that the person may read; another record is another screen. */
function Known({ screen: Screen }: { screen: React.ComponentType<{ entity: string }> }) {
  const { entity = '', id = '' } = useParams()
  const known = useEntity(entity)
  const rights = useRights(entity)
  if (!known) return <NotFound />
  if (!rights.read) return <Forbidden />
  return <Screen key={`${entity}/${id}`} entity={entity} />
}
