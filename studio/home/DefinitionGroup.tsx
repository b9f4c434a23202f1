import { Table, Tag, type TableProps } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import type { Definition } from '../../schemas/generated/types'
import { documentId, idOf, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { linkTo } from '../links'
import { extentOf } from './extent'
import { ProblemMark } from '../panels/ProblemMark'
import { useDocuments } from '../workspace/hooks'
import { useProblems } from '../workspace/ProblemsProvider'
import { useDraftStates } from '../workspace/use-drafts'
import { usePersonName } from '../workspace/use-people'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'

/** The definitions of one kind, with the state of their drafts. */
export function DefinitionGroup({ kind, items }: { kind: Kind; items: readonly Definition[] }) {
  const language = useLanguage()
  const columns = useColumns(items.some((d) => 'entity' in d))
  return (
    <section className="st-group-of" aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`}>{choiceText('Definition', kind, language)} <span className="fw-muted">{items.length}</span></h2>
      <Table size="small" rowKey={idOf} columns={columns} dataSource={[...items]} pagination={false} scroll={{ x: 'max-content' }} />
    </section>
  )
}

function useColumns(ofEntities: boolean): TableProps<Definition>['columns'] {
  const t = useText()
  const read = useLabel()
  const documents = useDocuments()
  const entityOf = (d: Definition) => ('entity' in d ? read(documents[documentId('entity', d.entity)]?.label) || d.entity : '')
  const extent = (d: Definition) => { const { key, count } = extentOf(d); return t(key, { count }) }
  return [
    { key: 'label', title: t('home.label'), width: 260, render: (_, d) => <Name definition={d} /> },
    { key: 'name', title: t('home.name'), width: 220, render: (_, d) => <code className="fw-muted">{d.name}</code> },
    ...(ofEntities ? [{ key: 'entity', title: t('home.entity'), width: 160, render: (_: unknown, d: Definition) => entityOf(d) }] : []),
    { key: 'extent', title: t('home.extent'), width: 120, render: (_, d) => <span className="fw-muted">{extent(d)}</span> },
    { key: 'draft', title: t('home.draft'), render: (_, d) => <DraftCell definition={d} /> },
  ]
}

function Name({ definition }: { definition: Definition }) {
  const read = useLabel()
  const { byDocument } = useProblems()
  const id = idOf(definition)
  return <><Link to={linkTo(id)}>{read(definition.label) || definition.name}</Link> <ProblemMark problems={byDocument.get(id) ?? []} /></>
}

function DraftCell({ definition }: { definition: Definition }) {
  const id = idOf(definition)
  const state = useDraftStates().get(id)
  const info = useWorkspaceState((s) => s.drafts[id])
  const nameOf = usePersonName()
  const t = useText()
  if (!state) return null
  return <><Tag color="gold">{t(`draft.${state}`)}</Tag> {info && <span className="fw-muted">{nameOf(info.updatedBy)} · {dayjs(info.updatedAt).format('YYYY-MM-DD HH:mm')}</span>}</>
}
