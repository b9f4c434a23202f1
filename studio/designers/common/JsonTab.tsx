import { Alert, Input } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { Definition } from '../../../schemas/generated/types'
import { idOf, type DocumentId } from '../../editor/documents'
import { same } from '../../editor/same'
import { useText } from '../../i18n'
import { usePanel } from '../../panels/PanelContext'
import { ProblemTable } from '../../release/ProblemTable'
import { useWorkspace } from '../../workspace/WorkspaceProvider'
import './json-tab.css'

/** Text that is no JSON yet; it waits here while another tab is looked at. */
const unfinished = new Map<DocumentId, string>()

/** The document as it stands in a file. What is written is taken over as soon as it is whole JSON. */
export function JsonTab() {
  const { id, document, problems } = usePanel()
  const workspace = useWorkspace()
  const t = useText()
  const [text, setText] = useState(() => unfinished.get(id))
  const read = useMemo(() => (text === undefined ? undefined : parse(text, id)), [text, id])
  // Changed from elsewhere (undo): the text follows.
  useEffect(() => { if (read?.definition && !same(read.definition, document)) setText(undefined) }, [read, document])
  const write = (next: string) => {
    const { definition } = parse(next, id)
    if (definition) unfinished.delete(id)
    else unfinished.set(id, next)
    if (definition) workspace.editOne(id, { key: 'do.json', params: { name: document.label } }, (d) => (same(d, definition) ? d : definition), `json ${id}`)
    setText(next)
  }
  const giveUp = () => { unfinished.delete(id); setText(undefined) }
  return (
    <div className="st-json">
      <Alert type={read?.error ? 'error' : 'info'} showIcon role="status" title={read?.error ? t(read.error.key, { text: read.error.text }) : t('json.note')}
        action={read?.error && <button type="button" className="st-link" onClick={giveUp}>{t('json.discard')}</button>} />
      <Input.TextArea aria-label="JSON" className="st-code" spellCheck={false} value={text ?? JSON.stringify(document, null, 2)} onChange={(e) => write(e.target.value)} />
      {problems.length > 0 && <ProblemTable problems={problems} />}
    </div>
  )
}

interface Parsed { definition?: Definition; error?: { key: 'json.syntax' | 'json.identity'; text: string } }

/** Kind and name identify a definition and stay. */
function parse(text: string, id: DocumentId): Parsed {
  try {
    const value = JSON.parse(text) as Definition | null
    if (typeof value !== 'object' || value === null || idOf(value) !== id) return { error: { key: 'json.identity', text: id } }
    return { definition: value }
  } catch (error) {
    return { error: { key: 'json.syntax', text: (error as Error).message } }
  }
}
