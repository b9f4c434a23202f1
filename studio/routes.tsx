import { Spin } from 'antd'
import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { NotFound } from '../runtime/app/components'
import { DesignerPage } from './designers/DesignerPage'
import { HomePage } from './home/HomePage'

const AccessPage = lazy(() => import('./access/AccessPage'))
const ChangesPage = lazy(() => import('./release/ChangesPage'))
const OperationsPage = lazy(() => import('./operations/OperationsPage'))
const ReleasesPage = lazy(() => import('./release/ReleasesPage'))
const TemplatePage = lazy(() => import('./release/TemplatePage'))
const TrashPage = lazy(() => import('./release/TrashPage'))

export function StudioRoutes() {
  return (
    <Suspense fallback={<div className="st-loading"><Spin /></div>}>
      <Routes>
        <Route index element={<HomePage />} />
        <Route path="access" element={<AccessPage />} />
        <Route path="changes" element={<ChangesPage />} />
        <Route path="operations" element={<OperationsPage />} />
        <Route path="releases" element={<ReleasesPage />} />
        <Route path="template" element={<TemplatePage />} />
        <Route path="trash" element={<TrashPage />} />
        <Route path=":kind/:key" element={<DesignerPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  )
}
