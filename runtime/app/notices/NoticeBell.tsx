import { BellOutlined } from '@ant-design/icons'
import { App, Badge, Button, Popover, Tooltip } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useText } from '../i18n'
import { useLiveQueries, useNotices } from './use-notices'
import './notices.css'

const NoticeList = lazy(() => import('./NoticeList'))

/** How much is unread, and the list behind it. */
export function NoticeBell() {
  const t = useText()
  const [open, setOpen] = useState(false)
  const { data } = useNotices()
  const unread = data?.unread ?? 0
  useLiveQueries()
  useNewsToast()
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" arrow={false} align={{ overflow: { shiftX: true, adjustY: true } }} content={<Suspense><NoticeList onLeave={() => setOpen(false)} /></Suspense>}>
      <Tooltip title={open ? '' : t('notices.title')}>
        <Button type="text" className="fw-bell" aria-label={t('notices.count', { count: unread })} aria-expanded={open} icon={<Badge count={unread} size="small" overflowCount={99} offset={[2, 0]}><BellOutlined className="fw-header-icon" aria-hidden /></Badge>} />
      </Tooltip>
    </Popover>
  )
}

/** Says the newest when something unread comes in while one works. */
function useNewsToast(): void {
  const { message } = App.useApp()
  const { data } = useNotices()
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (!data) return
    const fresh = known.current && data.items.filter((n) => n.readAt === null && !known.current!.has(n.id))
    if (fresh?.[0]) void message.info(fresh[0].text)
    known.current = new Set(data.items.map((n) => n.id))
  }, [data, message])
}
