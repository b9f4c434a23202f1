import { Table, Tag, type TableProps } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import type { Definition } from '../../schemas/generated/types'
import type { ImpactItem } from '../api/studio-api'
import { documentId, partsOf, type DocumentId } from '../editor/documents'
import { useText } from '../i18n'
import { Findings } from './Findings'
import { choiceText } from '../i18n/words'
import { linkTo } from '../links'
import { useDocuments } from '../workspace/hooks'
import { useDraftStates } from '../workspace/use-drafts'
import { usePersonName } from '../workspace/use-people'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { useImpact } from './use-impact'

/** The drafts, each with what publishing it touches. */
export function DraftTable({ ids }: { ids: readonly DocumentId[] }) {
  const t = useText()
  const impact = useItems()
  const columns = useColumns(impact)
  const telling = (id: DocumentId) => { const item = impact.get(id); return item?.findings !== undefined || item?.lost !== undefined }
  const expandable = { rowExpandable: telling, expandedRowRender: (id: DocumentId) => <Findings item={impact.get(id)!} />, showExpandColumn: ids.some(telling) }
  return <Table expandable={expandable} size="small" className="fw-panel" rowKey={(id) => id} columns={columns} dataSource={[...ids]} pagination={false} scroll={{ x: 'max-content' }} caption={<span className="fw-hidden">{t('changes.title')}</span>} />
}

function useColumns(impact: Map<DocumentId, ImpactItem>): TableProps<DocumentId>['columns'] {
  const t = useText()
  const language = useLanguage()
  return [
    { key: 'label', title: t('home.label'), render: (_, id) => <Title id={id} /> },
    { key: 'kind', title: t('changes.kind'), render: (_, id) => choiceText('Definition', partsOf(id).kind, language) },
    { key: 'state', title: t('home.draft'), render: (_, id) => <State id={id} /> },
    { key: 'impact', title: t('changes.impact'), render: (_, id) => <Impact id={id} item={impact.get(id)} /> },
    { key: 'who', title: t('changes.who'), render: (_, id) => <Who id={id} /> },
  ]
}

function useItems(): Map<DocumentId, ImpactItem> {
  const { data } = useImpact()
  return new Map((data?.items ?? []).map((item) => [documentId(item.kind, item.key), item]))
}

function Title({ id }: { id: DocumentId }) {
  const document = useDocuments()[id]
  const read = useLabel()
  return <Link to={linkTo(id)}>{read(document?.label) || partsOf(id).key}</Link>
}

function State({ id }: { id: DocumentId }) {
  const t = useText()
  const state = useDraftStates().get(id)
  return state ? <Tag color={stateColors[state]}>{t(`draft.${state}`)}</Tag> : null
}

const stateColors = { new: 'green', changed: 'gold', removed: 'red' }

function Impact({ id, item }: { id: DocumentId; item: ImpactItem | undefined }) {
  const t = useText()
  const fieldLabel = useFieldLabels(useDocuments()[id])
  const { added = [], changed = [] } = item?.fields ?? {}
  const parts = [
    item?.records !== undefined && item.records > 0 && t('impact.records', { count: item.records }),
    item?.staying !== undefined && t('impact.staying', { count: item.staying }),
    added.length > 0 && t('impact.added', { names: added.map(fieldLabel).join(', ') }),
    (item?.findings?.length ?? 0) + (item?.lost?.length ?? 0) > 0 && t('impact.findings'),
    changed.length > 0 && t('impact.changed', { names: changed.map(fieldLabel).join(', ') }),
  ]
  return <span className="fw-muted">{parts.filter(Boolean).join(' · ') || '–'}</span>
}

function useFieldLabels(document: Definition | undefined): (name: string) => string {
  const read = useLabel()
  const fields = document && 'fields' in document ? document.fields : []
  return (name) => read(fields.find((f) => f.name === name)?.label) || name
}

function Who({ id }: { id: DocumentId }) {
  const info = useWorkspaceState((s) => s.drafts[id])
  const nameOf = usePersonName()
  return info ? <span className="fw-muted">{nameOf(info.updatedBy)} · {dayjs(info.updatedAt).format('MM-DD HH:mm')}</span> : null
}
