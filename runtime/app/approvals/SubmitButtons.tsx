import { SendOutlined } from '@ant-design/icons'
import { App, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import type { Commands, Id, RecordDoc } from '../api'
import { submitFlow } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useLabel, useText } from '../i18n'
import { useCatalog } from '../session'
import { PeopleInput } from './PeopleInput'
import { WillAsk } from './WillAsk'

interface Props { entity: CompiledEntity; record: RecordDoc; commands: Commands | undefined }

/** A button for each approval this person can start now. */
export function SubmitButtons({ entity, record, commands }: Props) {
  const flows = useCatalog().flows.get(entity.name) ?? []
  const ready = flows.filter((flow) => commands?.flows.some(({ name, available }) => name === flow.name && available))
  return ready.map((flow) => <SubmitButton key={flow.name} flow={flow} entity={entity} record={record} />)
}

function SubmitButton({ flow, entity, record }: { flow: Flow; entity: CompiledEntity; record: RecordDoc }) {
  const t = useText()
  const label = useLabel()
  const { submit, busy } = useSubmit(flow, entity, record)
  const [open, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  const [people, setPeople] = useState<Record<string, Id[]>>({})
  const toChoose = flow.nodes.filter((node) => 'assignees' in node && node.assignees?.some((a) => a.kind === 'initiatorSelect'))
  const send = () => void submit(comment.trim(), people).then(() => setOpen(false))
  const content = (
    <div className="fw-submit">
      <Input.TextArea autoFocus value={comment} onChange={(event) => setComment(event.target.value)} className="fw-text-area" rows={2} placeholder={`${t('common.comment')} (${t('common.optional')})`} aria-label={t('common.comment')} />
      {toChoose.map(({ id, label: name }) => (
        <PeopleInput key={id} id={`${flow.name}-${id}`} value={people[id] ?? []} onChange={(ids) => setPeople({ ...people, [id]: ids })} label={t('approval.chooseFor', { node: label(name) || id })} multiple />
      ))}
      <WillAsk flow={flow} entity={entity} record={record} />
      <Button type="primary" loading={busy} disabled={toChoose.some(({ id }) => !people[id]?.length)} onClick={send}>{t('approval.submit')}</Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottom" open={open} onOpenChange={setOpen} title={label(flow.label)} content={content} destroyOnHidden>
      <Button type="primary" ghost block icon={<SendOutlined aria-hidden />} className="fw-submit-button">{t('approval.submitTo', { flow: label(flow.label) })}</Button>
    </Popover>
  )
}

function useSubmit(flow: Flow, entity: CompiledEntity, record: RecordDoc) {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const [busy, setBusy] = useState(false)
  const submit = async (comment: string, people: Record<string, Id[]>) => {
    setBusy(true)
    try {
      await submitFlow(entity.name, record.id, flow.name, comment, people)
      void message.success(t('approval.submitted'))
    } catch (error) {
      void message.error(describe(error))
    } finally {
      setBusy(false)
      void refresh()
    }
  }
  return { submit, busy }
}
