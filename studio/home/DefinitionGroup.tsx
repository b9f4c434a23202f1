import { Tag } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import type { Definition } from '../../schemas/generated/types'
import { documentId, idOf, type DocumentId, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { linkTo } from '../links'
import { ProblemMark } from '../panels/ProblemMark'
import { useDocuments, type DraftState } from '../workspace/hooks'
import { useProblems } from '../workspace/ProblemsProvider'
import { usePersonName } from '../workspace/use-people'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { extentOf } from './extent'

interface Props { kind: Kind; items: readonly Definition[]; drafts: ReadonlyMap<DocumentId, DraftState> }

/** The definitions of one kind, with the state of their drafts. A plain table: there is nothing to sort, page or choose. */
export function DefinitionGroup({ kind, items, drafts }: Props) {
  const language = useLanguage()
  const t = useText()
  const ofEntities = items.some((d) => 'entity' in d)
  return (
    <section className="st-group-of" aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`}>{choiceText('Definition', kind, language)} <span className="fw-muted">{items.length}</span></h2>
      <div className="fw-panel st-table-frame">
        <table className="st-table">
          <thead><tr><th scope="col">{t('home.label')}</th><th scope="col">{t('home.name')}</th>{ofEntities && <th scope="col">{t('home.entity')}</th>}<th scope="col">{t('home.extent')}</th><th scope="col">{t('home.draft')}</th></tr></thead>
          <tbody>{items.map((d) => <Row key={idOf(d)} definition={d} ofEntities={ofEntities} draft={drafts.get(idOf(d))} />)}</tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ definition, ofEntities, draft }: { definition: Definition; ofEntities: boolean; draft: DraftState }) {
  const t = useText()
  const read = useLabel()
  const documents = useDocuments()
  const entity = 'entity' in definition ? definition.entity : ''
  const { key, count } = extentOf(definition)
  return (
    <tr>
      <td><Name definition={definition} /></td>
      <td><code className="fw-muted">{definition.name}</code></td>
      {ofEntities && <td>{read(documents[documentId('entity', entity)]?.label) || entity}</td>}
      <td className="fw-muted">{t(key, { count })}</td>
      <td>{draft && <DraftCell id={idOf(definition)} state={draft} />}</td>
    </tr>
  )
}

function Name({ definition }: { definition: Definition }) {
  const read = useLabel()
  const { byDocument } = useProblems()
  const id = idOf(definition)
  return <><Link to={linkTo(id)}>{read(definition.label) || definition.name}</Link> <ProblemMark problems={byDocument.get(id) ?? []} /></>
}

function DraftCell({ id, state }: { id: DocumentId; state: NonNullable<DraftState> }) {
  const info = useWorkspaceState((s) => s.drafts[id])
  const nameOf = usePersonName()
  const t = useText()
  return <><Tag color="gold">{t(`draft.${state}`)}</Tag> {info && <span className="fw-muted">{nameOf(info.updatedBy)} · {dayjs(info.updatedAt).format('YYYY-MM-DD HH:mm')}</span>}</>
}
