import { Link } from 'react-router'
import { EmptyState } from '../../../runtime/app/components'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import { definitionsOf, idOf, type Kind } from '../../editor/documents'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { linkTo } from '../../links'
import { usePanel } from '../../panels/PanelContext'
import { useDocuments } from '../../workspace/hooks'

/** Everything that belongs to the entity: its forms, views, actions, pipelines and flows. */
export function RelatedDefinitions() {
  const { document } = usePanel()
  const own = definitionsOf(useDocuments()).filter((d) => 'entity' in d && d.entity === document.name)
  const kinds = [...new Set(own.map((d) => d.kind))]
  const read = useLabel()
  const language = useLanguage()
  const t = useText()
  if (own.length === 0) return <EmptyState small title={t('entity.noneRelated')} />
  const list = (kind: Kind) => own.filter((d) => d.kind === kind).map((d) => <li key={d.name}><Link to={linkTo(idOf(d))}>{read(d.label)}</Link> <code className="fw-muted">{d.name}</code></li>)
  return (
    <div className="st-related">
      {kinds.map((kind) => <section key={kind} className="fw-panel st-pad"><h3>{choiceText('Definition', kind, language)}</h3><ul>{list(kind)}</ul></section>)}
    </div>
  )
}
