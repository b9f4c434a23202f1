import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Spin, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { ErrorAlert } from '../../runtime/app/components'
import { useLanguage } from '../../runtime/app/i18n'
import { draftVersion, fetchDifferences, fetchVersions, type Version } from '../api/studio-api'
import type { DocumentId } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { reload } from '../workspace/reload'
import { usePersonName } from '../workspace/use-people'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** Every version of a definition: what it changed, and the way back to it. */
export function VersionsDrawer({ id, onClose }: { id: DocumentId; onClose: () => void }) {
  const t = useText()
  const versions = useQuery({ queryKey: ['studio-versions', id], queryFn: () => fetchVersions(id), staleTime: 0 })
  return (
    <Drawer open onClose={onClose} title={t('versions.title')} size={560} styles={{ wrapper: { maxWidth: '100%' } }}>
      <ErrorAlert error={versions.error ?? undefined} />
      {versions.isPending ? <Spin /> : versions.data?.map((v) => <Entry key={v.version} id={id} version={v} onDone={onClose} />)}
    </Drawer>
  )
}

function Entry({ id, version, onDone }: { id: DocumentId; version: Version; onDone: () => void }) {
  const t = useText()
  const nameOf = usePersonName()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<unknown>()
  const bringBack = async () => {
    try {
      await workspace.flush()
      await draftVersion(id, version.version)
      await reload(workspace, true)
      void client.invalidateQueries({ queryKey: ['studio-versions'] })
      onDone()
    } catch (problem) { setError(problem) }
  }
  return (
    <section className="st-version">
      <div className="st-version-head">
        <strong>v{version.version}</strong> {version.current && <Tag color="green">{t('versions.current')}</Tag>}
        <span className="fw-muted">{t('releases.number', { number: version.release })} · {version.at && dayjs(version.at).format('YYYY-MM-DD HH:mm')} {version.by && `· ${nameOf(version.by)}`}</span>
        <span className="st-actions">
          {version.version > 1 && <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('versions.diff')}</Button>}
          {!version.current && <Button size="small" onClick={() => void bringBack()}>{t('versions.back')}</Button>}
        </span>
      </div>
      <ErrorAlert error={error} />
      {open && <Differences id={id} from={version.version - 1} to={version.version} />}
    </section>
  )
}

function Differences({ id, from, to }: { id: DocumentId; from: number; to: number }) {
  const language = useLanguage()
  const changes = useQuery({ queryKey: ['studio-differences', id, from, to], queryFn: () => fetchDifferences(id, from, to), staleTime: Infinity })
  if (changes.isPending) return <Spin size="small" />
  return <ul className="st-differences">{changes.data?.map((c) => <li key={`${c.op} ${c.path}`}><Tag>{choiceText('Difference', c.op, language)}</Tag><code>{c.path}</code> {c.before !== undefined && <del>{shown(c.before)}</del>} {c.after !== undefined && <ins>{shown(c.after)}</ins>}</li>)}</ul>
}

const longest = 300
const shown = (value: unknown) => { const text = typeof value === 'string' ? value : JSON.stringify(value); return text.length > longest ? `${text.slice(0, longest)}…` : text }
