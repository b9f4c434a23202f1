import { Alert, App, Button, Space } from 'antd'
import { useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import type { FieldAccess } from '../../engine/write-record'
import { isProblem, type RecordDoc, type Values } from '../api'
import { useAfterWrite } from '../api/queries'
import { Page } from '../components'
import { useLabel, useText } from '../i18n'
import { useMoment } from '../format/moments'
import { formFor } from '../layout/layout'
import { useCatalog } from '../session'
import { useShortcut } from '../shortcuts/use-shortcut'
import { HintsContext } from './AlikeHint'
import { AlikeRecords } from './AlikeRecords'
import { FormProblems, useProblemsAt } from './FormProblems'
import { RecordForm, type RecordFormHandle } from './RecordForm'
import { inputValues } from './input-values'
import { useAlike } from './use-alike'
import { useDraft, type DraftKeeper } from './use-draft'
import './editor.css'

/** `duplicatesSeen`: the person has been shown the records alike. */
export interface SaveOptions { duplicatesSeen: boolean }

interface Props {
  entity: CompiledEntity
  title: string
  initial: Values
  stored?: RecordDoc
  access: (field: string) => FieldAccess
  save: (value: Values, options: SaveOptions) => Promise<RecordDoc>
}

/** The page of a form: keeps a draft, saves, says what is wrong. */
export function RecordEditor({ entity, title, initial, stored, access, save }: Props) {
  const label = useLabel()
  const forms = useCatalog().forms.get(entity.name)
  const form = useRef<RecordFormHandle>(null)
  const draft = useDraft(entity, stored?.id, stored ?? initial)
  const [start, setStart] = useState(() => ({ values: { ...initial, ...draft.kept?.changes }, from: draft.kept, version: 0 }))
  const { run, ignoreAlike, busy, error } = useSaving(entity, save, draft)
  const { atFields, elsewhere } = useProblemsAt(error, entity)
  const alike = useAlike(entity, stored, (value) => inputValues(entity, value, stored, access))
  const note = (value: Values) => { draft.note(value); alike.note(value) }
  const submit = () => form.current?.submit()
  const saveAnyway = () => { ignoreAlike(); submit() }
  const cancel = useCancel(entity, stored, draft)
  const startOver = () => { draft.clear(); setStart(({ version }) => ({ values: stored ?? initial, from: undefined, version: version + 1 })) }
  useShortcut('mod+s', 'keys.save', submit)
  useShortcut('mod+enter', 'keys.save', submit)
  return (
    <Page title={title} subtitle={label(entity.definition.label)}>
      {start.from && <Restored at={start.from.at} onDiscard={startOver} />}
      <AlikeRecords entity={entity.name} error={error} onSaveAnyway={saveAnyway} />
      <FormProblems error={isProblem(error, 412) ? undefined : error} problems={elsewhere} />
      <div className="fw-panel fw-editor">
        <HintsContext value={alike.hints}>
          <RecordForm key={start.version} entity={entity} form={formFor(forms, 'edit')} initial={start.values} stored={stored} access={access} problems={atFields} onChange={note} onSubmit={run} handle={form} />
        </HintsContext>
      </div>
      <SaveBar busy={busy} onSave={submit} onCancel={cancel} />
    </Page>
  )
}

function SaveBar({ busy, onSave, onCancel }: { busy: boolean; onSave: () => void; onCancel: () => void }) {
  const t = useText()
  return (
    <div className="fw-save-bar">
      <Button type="primary" loading={busy} onClick={onSave}>{t('common.save')}</Button>
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
      <span className="fw-muted fw-hide-phone"><kbd className="fw-kbd">Ctrl</kbd> <kbd className="fw-kbd">S</kbd></span>
    </div>
  )
}

function Restored({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const t = useText()
  const moment = useMoment()
  return <Alert type="info" showIcon title={t('form.restored', { at: moment(at) })} action={<Button size="small" onClick={onDiscard}>{t('form.discard')}</Button>} />
}

function useSaving(entity: CompiledEntity, save: Props['save'], draft: DraftKeeper) {
  const t = useText()
  const { message } = App.useApp()
  const refresh = useAfterWrite()
  const leave = useLeave()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const duplicatesSeen = useRef(false)
  const run = async (value: Values) => {
    setBusy(true)
    setError(undefined)
    try {
      const record = await save(value, { duplicatesSeen: duplicatesSeen.current })
      draft.clear()
      void refresh()
      void message.success(t(record.pendingChange === undefined ? 'form.saved' : 'form.held'))
      leave(`/${entity.name}/${record.id}`)
    } catch (problem) {
      setError(problem)
      setBusy(false)
    } finally {
      duplicatesSeen.current = false
    }
  }
  return { run: (value: Values) => void run(value), ignoreAlike: () => { duplicatesSeen.current = true }, busy, error }
}

/** Back to where the form was opened from, if that was said. */
function useLeave(): (otherwise: string) => void {
  const go = useNavigate()
  const back = (useLocation().state as { back?: string } | null)?.back
  return (otherwise) => void go(back ?? otherwise, { replace: true })
}

/** Leaves without saving; what was typed can be had back from the message. */
function useCancel(entity: CompiledEntity, stored: RecordDoc | undefined, draft: DraftKeeper): () => void {
  const t = useText()
  const { message } = App.useApp()
  const go = useNavigate()
  const leave = useLeave()
  const { pathname, search, state } = useLocation()
  return () => {
    const kept = draft.current()
    draft.clear()
    leave(stored ? `/${entity.name}/${stored.id}` : `/${entity.name}`)
    if (!kept) return
    const undo = () => { draft.keepAgain(kept); message.destroy('draft'); void go(pathname + search, { state: state as unknown }) }
    void message.info({ key: 'draft', duration: 8, content: <Space>{t('form.discarded')}<Button type="link" size="small" onClick={undo}>{t('common.undo')}</Button></Space> })
  }
}
