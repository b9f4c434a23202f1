import { useQuery } from '@tanstack/react-query'
import { Spin, Timeline } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { FailedState } from '../../runtime/app/components'
import { useLabel } from '../../runtime/app/i18n'
import { fetchReleases, type Release, type ReleaseItem } from '../api/studio-api'
import { documentId } from '../editor/documents'
import { useText } from '../i18n'
import { linkTo } from '../links'
import { useDocuments } from '../workspace/hooks'
import { DataChanges } from './DataChanges'
import { usePersonName } from '../workspace/use-people'
import { UndoRelease } from './UndoRelease'

/** What was published, newest first. */
export default function ReleasesPage() {
  const t = useText()
  const releases = useQuery({ queryKey: ['studio-releases'], queryFn: fetchReleases })
  if (releases.error) return <FailedState error={releases.error} onRetry={() => void releases.refetch()} />
  const sorted = (releases.data ?? []).toSorted((a, b) => b.number - a.number)
  return (
    <div className="st-page st-narrow">
      <header className="st-page-head"><h1>{t('releases.title')}</h1><span className="st-actions"><Link to="/access">{t('access.title')}</Link><Link to="/template">{t('template.title')}</Link><Link to="/trash">{t('trash.title')}</Link></span></header>
      <DataChanges />
      {releases.isPending ? <Spin /> : <div className="fw-panel st-pad"><Timeline items={sorted.map((r) => ({ key: r.number, content: <ReleaseEntry release={r} /> }))} /></div>}
    </div>
  )
}

/** Definitions shown before the rest is folded into a number. */
const most = 30

function ReleaseEntry({ release }: { release: Release }) {
  const t = useText()
  const nameOf = usePersonName()
  const rest = release.items.length - most
  return (
    <div>
      <strong>{t('releases.number', { number: release.number })}</strong> <span className="fw-muted">{dayjs(release.at).format('YYYY-MM-DD HH:mm')} {release.by && `· ${nameOf(release.by)}`}</span> {release.number > 1 && <UndoRelease number={release.number} />}
      <div className="st-release-items">
        {release.items.slice(0, most).map((item) => <Item key={`${item.kind}/${item.key}`} item={item} />)}
        {rest > 0 && <span className="fw-muted">{t('releases.more', { count: rest })}</span>}
      </div>
    </div>
  )
}

function Item({ item }: { item: ReleaseItem }) {
  const id = documentId(item.kind, item.key)
  const document = useDocuments()[id]
  const read = useLabel()
  return <span><Link to={linkTo(id)}>{read(document?.label) || item.key}</Link> <span className="fw-muted">v{item.version}</span></span>
}
