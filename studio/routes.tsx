import { Spin } from 'antd'
import { Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { NotFound } from '../runtime/app/components'
import { DesignerPage } from './designers/DesignerPage'
import { HomePage } from './home/HomePage'
import { ChangesPage } from './release/ChangesPage'
import { ReleasesPage } from './release/ReleasesPage'

export function StudioRoutes() {
  return (
    <Suspense fallback={<div className="st-loading"><Spin /></div>}>
      <Routes>
        <Route index element={<HomePage />} />
        <Route path="changes" element={<ChangesPage />} />
        <Route path="releases" element={<ReleasesPage />} />
        <Route path=":kind/:key" element={<DesignerPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  )
}
