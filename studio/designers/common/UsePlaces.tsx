import { useNavigate } from 'react-router'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { UsePlace } from '../../../runtime/engine/where-used'
import { documentId } from '../../editor/documents'
import { labelsTo } from '../../editor/labels-to'
import { useText } from '../../i18n'
import { choiceText, memberText } from '../../i18n/words'
import { linkTo } from '../../links'
import { useDocuments } from '../../workspace/hooks'

const most = 20

/** Places that rely on something, each with a link to it. */
export function UsePlaces({ places, onOpen }: { places: readonly UsePlace[]; onOpen: () => void }) {
  const t = useText()
  return (
    <ul className="st-differences">
      {places.slice(0, most).map((p) => <li key={`${p.kind} ${p.key} ${p.path}`}><Place place={p} onOpen={onOpen} /></li>)}
      {places.length > most && <li className="fw-muted">{t('remove.more', { count: places.length - most })}</li>}
    </ul>
  )
}

function Place({ place: { kind, key, path }, onOpen }: { place: UsePlace; onOpen: () => void }) {
  const navigate = useNavigate()
  const language = useLanguage()
  const read = useLabel()
  const id = documentId(kind, key)
  const document = useDocuments()[id]
  const { labels, member } = labelsTo(document, path)
  const way = [...labels.map(read), ...(member === undefined ? [] : [memberText(member, language)])]
  return (
    <>
      <button type="button" className="st-link" onClick={() => { onOpen(); void navigate(linkTo(id, path)) }}>{choiceText('Definition', kind, language)} {read(document?.label) || key}</button>
      <span className="fw-muted"> {way.join(' › ')}</span>
    </>
  )
}
