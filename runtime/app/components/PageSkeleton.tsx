import { Skeleton } from 'antd'

/** Keeps the places of heading and body while a screen loads. */
export function PageSkeleton() {
  return (
    <div className="fw-page" aria-busy="true">
      <div className="fw-page-head"><Skeleton.Input active style={{ width: 220, height: 26 }} /></div>
      <div className="fw-panel fw-page-skeleton"><Skeleton active paragraph={{ rows: 10 }} title={false} /></div>
    </div>
  )
}

/** Keeps the place of a list or board. */
export function PanelSkeleton() {
  return <div className="fw-panel fw-page-skeleton" aria-busy="true"><Skeleton active paragraph={{ rows: 12 }} title={false} /></div>
}
