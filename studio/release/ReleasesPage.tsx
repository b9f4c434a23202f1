import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Spin, Timeline } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { FailedState, useDescribe } from '../../runtime/app/components'
import { useLabel } from '../../runtime/app/i18n'
import { fetchReleases, rollBack, type Release, type ReleaseItem } from '../api/studio-api'
import { documentId } from '../editor/documents'
import { useText } from '../i18n'
import { linkTo } from '../links'
import { useDocuments } from '../workspace/hooks'
import { DataChanges } from './DataChanges'
import { reload } from '../workspace/reload'
import { useWorkspace } from '../workspace/WorkspaceProvider'
import { usePersonName } from '../workspace/use-people'

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

/** A new release in which everything is as it was before this one. */
function UndoRelease({ number }: { number: number }) {
  const t = useText()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const describe = useDescribe()
  const { modal, message } = App.useApp()
  const undo = async () => {
    try {
      await rollBack(number)
      await reload(workspace, true)
      await client.invalidateQueries({ queryKey: ['studio-releases'] })
    } catch (error) { void message.error(describe(error)) }
  }
  const ask = () => void modal.confirm({ title: t('releases.undoTitle', { number }), content: t('releases.undoNote'), okText: t('releases.undo'), onOk: undo })
  return <Button size="small" type="text" onClick={ask}>{t('releases.undo')}</Button>
}
