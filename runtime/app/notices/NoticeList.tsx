import { Button, Empty, Switch } from 'antd'
import { Link } from 'react-router'
import { noticeAddress } from '../../../schemas/notices'
import type { Notice } from '../api/notices'
import { Ago } from '../format/Ago'
import { useText } from '../i18n'
import { useMe } from '../session'
import { usePreference } from '../session/preferences'
import { useNotices, useRead } from './use-notices'

export default function NoticeList({ onLeave }: { onLeave: () => void }) {
  const t = useText()
  const { data } = useNotices()
  const read = useRead()
  const items = data?.items ?? []
  return (
    <section className="fw-notices" aria-label={t('notices.title')}>
      <header className="fw-notices-head">
        <strong>{t('notices.title')}</strong>
        <Button type="link" size="small" disabled={!data || data.unread === 0} onClick={() => read()}>{t('notices.readAll')}</Button>
      </header>
      {items.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('notices.empty')} /> : <ul>{items.map((notice) => <NoticeLine key={notice.id} notice={notice} onOpen={() => { if (notice.readAt === null) read([notice.id]); onLeave() }} />)}</ul>}
      <MailSwitch />
    </section>
  )
}

function NoticeLine({ notice: { text, at, readAt, link }, onOpen }: { notice: Notice; onOpen: () => void }) {
  const t = useText()
  const words = <>{readAt === null && <span className="fw-notice-dot" role="img" aria-label={t('notices.unread')} />}<span className="fw-notice-text">{text}</span><Ago at={at} /></>
  const to = link && noticeAddress(link)
  return <li className={readAt === null ? 'fw-notice fw-notice-unread' : 'fw-notice'}>{to ? <Link to={to} onClick={onOpen}>{words}</Link> : <button type="button" onClick={onOpen}>{words}</button>}</li>
}

/** Only where the server sends mail at all. */
function MailSwitch() {
  const t = useText()
  const { mail } = useMe()
  const [when, setWhen] = usePreference<'immediately' | 'never'>('noticeMail')
  if (!mail) return null
  return <label className="fw-notices-foot"><Switch size="small" checked={when !== 'never'} onChange={(on) => setWhen(on ? 'immediately' : 'never')} /> {t('notices.mail')}</label>
}
