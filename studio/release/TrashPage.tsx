import { useQuery } from '@tanstack/react-query'
import { App, Button, Spin, Table, Tag, type TableProps } from 'antd'
import dayjs from 'dayjs'
import { EmptyState, FailedState, useDescribe } from '../../runtime/app/components'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { columnsOf, uidOf } from '../../runtime/engine/changes/identity'
import type { Entity, Field } from '../../schemas/generated/types'
import { fetchTrash, purge, restore, type Discarded } from '../api/studio-api'
import { useText } from '../i18n'
import { documentId } from '../editor/documents'
import { choiceText } from '../i18n/words'
import { useDocuments } from '../workspace/hooks'
import { reload } from '../workspace/reload'
import { usePersonName } from '../workspace/use-people'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** Fields and definitions that were taken away: kept with their values, to be brought back or forgotten for good. */
export default function TrashPage() {
  const t = useText()
  const trash = useQuery({ queryKey: ['studio-trash'], queryFn: fetchTrash, staleTime: 0 })
  const columns = useColumns(() => void trash.refetch())
  if (trash.error) return <FailedState error={trash.error} onRetry={() => void trash.refetch()} />
  return (
    <div className="st-page st-narrow">
      <header className="st-page-head"><h1>{t('trash.title')}</h1></header>
      {trash.isPending ? <Spin /> : trash.data.length === 0 ? <EmptyState title={t('trash.none')} hint={t('trash.hint')} /> : <Table size="small" className="fw-panel" rowKey="id" columns={columns} dataSource={trash.data} pagination={false} scroll={{ x: 'max-content' }} />}
    </div>
  )
}

function useColumns(refresh: () => void): TableProps<Discarded>['columns'] {
  const t = useText()
  const language = useLanguage()
  const read = useLabel()
  const nameOf = usePersonName()
  const lostOf = useLostColumns()
  return [
    { key: 'what', title: t('home.label'), render: (_, d) => <>{read(d.body?.label) || d.uid || d.key}{lostOf(d).map((c) => ` › ${read(c.label)}`).join(',')} {d.uid && <code className="fw-muted">{d.key}</code>}</> },
    { key: 'kind', title: t('changes.kind'), render: (_, d) => choiceText('Definition', d.kind, language) },
    { key: 'status', title: t('trash.status'), render: (_, d) => <Tag color={d.status === 'kept' ? 'gold' : undefined}>{choiceText('Trash', d.status, language)}</Tag> },
    { key: 'who', title: t('changes.who'), render: (_, d) => <span className="fw-muted">{nameOf(d.by)} · {dayjs(d.at).format('YYYY-MM-DD HH:mm')}</span> },
    { key: 'until', title: t('trash.until'), render: (_, d) => d.status === 'kept' && d.until },
    { key: 'do', title: <span className="fw-hidden">{t('trash.restore')}</span>, render: (_, d) => d.status === 'kept' && <Commands item={d} refresh={refresh} /> },
  ]
}

/** The columns that a sub-table lost and has not got back. */
function useLostColumns(): (item: Discarded) => Field[] {
  const documents = useDocuments()
  return ({ kind, key, body }) => {
    const entity = documents[documentId('entity', key)] as Entity | undefined
    const table = entity?.fields.find((f) => uidOf(f) === (body?.uid ?? body?.name))
    return kind === 'columns' && table ? (body?.fields ?? []).filter((c) => !columnsOf(table).some((p) => uidOf(p) === uidOf(c))) : []
  }
}

function Commands({ item, refresh }: { item: Discarded; refresh: () => void }) {
  const t = useText()
  const workspace = useWorkspace()
  const describe = useDescribe()
  const { modal, message } = App.useApp()
  const attempt = async (work: () => Promise<unknown>) => { try { await work(); refresh() } catch (error) { void message.error(describe(error)) } }
  const bringBack = () => attempt(async () => { await restore(item.id); await reload(workspace, true); void message.success(t('trash.restored')) })
  const forget = () => void modal.confirm({ title: t('trash.purgeTitle'), content: t('trash.purgeNote'), okText: t('trash.purge'), okButtonProps: { danger: true }, onOk: () => attempt(() => purge(item.id)) })
  return <span className="st-actions"><Button size="small" onClick={() => void bringBack()}>{t('trash.restore')}</Button><Button size="small" danger onClick={forget}>{t('trash.purge')}</Button></span>
}
